"""People who log in."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.identity import email_key, username_key
from regulations.models import Version
from web.errors import PortalError

if TYPE_CHECKING:
    from units.models import Membership


class Role(models.TextChoices):
    """Staff roles; each is a Django group of the same name."""

    OPERATOR = "operator", _("operator ŁCKzM")
    GIS = "gis", _("pracownik GIS")
    EDITOR = "editor", _("redaktor")
    ADMINISTRATOR = "administrator", _("administrator")


class Notices(models.TextChoices):
    """How often a resident gets letters about changes of their reports."""

    EACH = "each", _("wiadomość po każdej zmianie statusu")
    DAILY = "daily", _("jedna wiadomość dziennie, jeżeli coś się zmieniło")


class AccountGone(PortalError):
    code = "account_gone"
    status = 409
    detail = _("To konto jest już zamknięte.")


class _UserQuerySet(models.QuerySet):
    def residents(self) -> "_UserQuerySet":
        """People who registered and confirmed their address, without those who are blocked."""
        return self.filter(is_active=True, rules_accepted__isnull=False)


class _UserManager(UserManager.from_queryset(_UserQuerySet)):  # type: ignore[misc]
    use_in_migrations = False


class User(AbstractUser):
    """A resident or a member of staff; roles are groups, unit membership lives in ``units``.

    ``username_key`` and ``email_key`` are equal for names and addresses that a reader takes for the
    same (see ``accounts.identity``); the database keeps them unique. ``rules_accepted``: the
    version of the rules that a resident accepted last. It is null for staff, who accept none, and
    until the address is confirmed. Personal data: the name, the address, the user name and the
    reason of a block. The row is deleted when the account is closed.
    """

    username_key = models.CharField(max_length=400, unique=True, editable=False)
    # Null and not empty, because several of the staff may have no address.
    email_key = models.CharField(  # noqa: DJ001
        max_length=320, unique=True, null=True, editable=False
    )
    language = models.CharField(max_length=8, default="pl")
    notices = models.CharField(max_length=8, choices=Notices, default=Notices.EACH)
    newsletter = models.BooleanField(default=False)
    rules_accepted = models.ForeignKey(
        Version, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    blocked_at = models.DateTimeField(null=True, blank=True)
    blocked_reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[_UserManager] = _UserManager()

    class Meta:
        verbose_name = _("użytkownik")
        verbose_name_plural = _("użytkownicy")

    def save(self, *args, update_fields: Iterable[str] | None = None, **kwargs) -> None:
        """Save with keys that match the name and the address.

        Raises ``AccountGone`` if the account was closed meanwhile, because a late write must not
        bring it back.
        """
        self.username_key, self.email_key = username_key(self.username), email_key(self.email)
        if update_fields is not None:
            update_fields = {*update_fields, "username_key", "email_key"}
        elif not self._state.adding:
            kwargs["force_update"] = True
        try:
            with transaction.atomic():
                super().save(*args, update_fields=update_fields, **kwargs)
        except IntegrityError:
            raise
        except DatabaseError as fault:
            if self._state.adding or User.objects.filter(pk=self.pk).exists():
                raise
            raise AccountGone from fault

    def clean(self) -> None:
        """Refuse a name or an address that looks like somebody else's."""
        super().clean()
        others, refused = User.objects.exclude(pk=self.pk), {}
        if others.filter(username_key=username_key(self.username)).exists():
            refused["username"] = _("Jest już użytkownik o takiej albo łudząco podobnej nazwie.")
        if self.email and others.filter(email_key=email_key(self.email)).exists():
            refused["email"] = _("Ten adres należy już do innego konta.")
        if refused:
            raise ValidationError(refused)

    @cached_property
    def roles(self) -> frozenset[str]:
        """Names of the staff roles held; empty for a resident."""
        names = self.groups.filter(name__in=Role.values).values_list("name", flat=True)
        return frozenset(names)

    @cached_property
    def is_staff_member(self) -> bool:
        """Whether the person has a role or works in a unit."""
        return bool(self.roles) or self.is_superuser or self.is_unit_member

    @cached_property
    def unit_memberships(self) -> tuple["Membership", ...]:
        """With their units, by name; read once."""
        return tuple(self.memberships.select_related("unit").order_by("unit__name"))

    @property
    def is_unit_member(self) -> bool:
        return bool(self.unit_memberships)

    @property
    def is_leader(self) -> bool:
        """Whether the person leads a unit."""
        return any(membership.is_leader for membership in self.unit_memberships)

    @property
    def is_operator(self) -> bool:
        return Role.OPERATOR in self.roles or self.is_administrator

    @property
    def is_gis(self) -> bool:
        return Role.GIS in self.roles or self.is_administrator

    @property
    def is_editor(self) -> bool:
        return Role.EDITOR in self.roles or self.is_administrator

    @property
    def is_administrator(self) -> bool:
        return self.is_superuser or Role.ADMINISTRATOR in self.roles
