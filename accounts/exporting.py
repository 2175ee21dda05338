"""'Everything about me': one ZIP that programs and people can read (RODO art. 15 and 20)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _

from outbox.forgetting import letters_to

from . import consents
from .models import User
from .signals import collecting

_STYLE = Path(__file__).with_name("export.css")


@dataclass(frozen=True, slots=True)
class _Section:
    """One table of the readable page: a title, names of columns, rows of texts."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(slots=True)
class Archive:
    """The ZIP while it is being written. ``data`` becomes ``dane.json``, ``sections`` become
    ``czytaj.html``.
    """

    zip: ZipFile
    data: dict[str, object] = field(default_factory=dict)
    sections: list[_Section] = field(default_factory=list)

    def add_json(self, name: str, value: object) -> None:
        text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        self.zip.writestr(name, text)

    def add_file(self, name: str, content: bytes) -> None:
        """Add a file that is compressed already, such as a photo."""
        self.zip.writestr(name, content, compress_type=ZIP_STORED)

    def add_table(
        self, title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
    ) -> None:
        """Add a table to the page that a person reads."""
        texts = [[str(localize(value)) for value in row] for row in rows]
        self.sections.append(_Section(title, columns, texts))


def write_export(user: User, target: IO[bytes]) -> None:
    """Write the ZIP of ``user`` into ``target``: ``dane.json``, what other apps add, and
    ``czytaj.html`` with its style sheet.
    """
    with ZipFile(target, "w", ZIP_DEFLATED) as packed:
        archive = Archive(packed)
        _add_account(user, archive)
        _add_consents(user, archive)
        _add_sessions(user, archive)
        _add_tokens(user, archive)
        _add_letters(user, archive)
        collecting.send(sender=User, user=user, archive=archive)
        archive.add_json("dane.json", archive.data)
        context = {
            "user": user,
            "sections": archive.sections,
            "generated_at": timezone.now(),
            "city": {"portal_name": settings.CITY_PORTAL_NAME},
        }
        packed.writestr("czytaj.html", render_to_string("accounts/export.html", context))
        packed.writestr("styl.css", _STYLE.read_bytes())


def _add_account(user: User, archive: Archive) -> None:
    rules = user.rules_accepted
    others = EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email)
    factors = Authenticator.objects.filter(user=user)
    archive.data["account"] = {
        "username": user.username,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "language": user.language,
        "notices": user.notices,
        "newsletter": user.newsletter,
        "rules_accepted": rules.number if rules else None,
        "joined_at": user.date_joined,
        "last_login": user.last_login,
        # Their kinds only: the secrets belong on the telephone.
        "second_factors": list(factors.values_list("type", flat=True)),
        "other_addresses": list(others.values_list("email", flat=True)),
        "blocked_at": user.blocked_at,
        "blocked_reason": user.blocked_reason,
        "told_of_rules": list(
            user.rules_notices.values("version__number", "accept_by", "told_at", "reminders")
        ),
    }
    rows = [
        (_("Nazwa użytkownika"), user.username),
        (_("Adres e-mail"), user.email),
        (_("Konto od"), timezone.localtime(user.date_joined)),
        (_("Regulamin"), rules.number if rules else "–"),
        (_("Wiadomości o zgłoszeniach"), user.get_notices_display()),
        (_("Biuletyn"), _("tak") if user.newsletter else _("nie")),
    ]
    archive.add_table(_("Konto"), [_("Co"), _("Treść")], rows)


def _add_consents(user: User, archive: Archive) -> None:
    entries = list(consents.history(user.email))
    archive.data["consents"] = [
        {
            "purpose": entry.purpose,
            "act": entry.act,
            "text": entry.version.kind,
            "version": entry.version.number,
            "at": entry.at,
            "how": entry.how,
            "report": entry.subject_reference,
        }
        for entry in entries
    ]
    rows = [
        (
            timezone.localtime(entry.at),
            entry.get_purpose_display(),
            entry.get_act_display(),
            entry.version,
        )
        for entry in entries
    ]
    archive.add_table(_("Zgody"), [_("Kiedy"), _("Na co"), _("Co się stało"), _("Wersja")], rows)


def _add_sessions(user: User, archive: Archive) -> None:
    sessions = UserSession.objects.filter(user=user).order_by("-last_seen_at")
    fields = ["created_at", "last_seen_at", "ip", "user_agent"]
    archive.data["sessions"] = list(sessions.values(*fields))
    rows = [(timezone.localtime(row.last_seen_at), row.ip, row.user_agent) for row in sessions]
    archive.add_table(_("Sesje"), [_("Ostatnio"), _("Adres IP"), _("Przeglądarka")], rows)


def _add_tokens(user: User, archive: Archive) -> None:
    fields = ["name", "created_at", "expires_on", "last_used_on", "revoked_at"]
    tokens = user.personal_tokens.all()
    archive.data["personal_tokens"] = list(tokens.values(*fields))
    if tokens:
        rows = [(row.name, timezone.localtime(row.created_at), row.expires_on) for row in tokens]
        columns = [_("Nazwa"), _("Kiedy"), _("Działa do")]
        archive.add_table(_("Tokeny osobiste"), columns, rows)


def _add_letters(user: User, archive: Archive) -> None:
    """Letters to the account's address that the outbox still keeps."""
    letters = list(letters_to(user.email))
    archive.data["letters"] = [
        {"subject": letter.subject, "at": letter.created_at, "state": letter.state}
        for letter in letters
    ]
    rows = [(timezone.localtime(letter.created_at), letter.subject) for letter in letters]
    archive.add_table(_("Wiadomości"), [_("Kiedy"), _("Temat")], rows)
