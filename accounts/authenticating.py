"""Who somebody is who gives a name or an address with a password: as much work for everybody."""

from typing import cast

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from django.http import HttpRequest

from .models import User


class PersonBackend(AuthenticationBackend):
    """allauth's backend, which hashes the password exactly once.

    allauth looks for an address twice, and hashes the password each time that it finds somebody.
    The time that an answer takes then tells which mailboxes have an account.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: object) -> User | None:
        password = credentials.get("password")
        if not isinstance(password, str) or not password:
            return None
        user = find_person(credentials)
        if user is None:
            self._mitigate_timing_attack(password)
        elif user.check_password(password):
            if self.user_can_authenticate(user):
                return user
            # allauth then says that the account is not active.
            self._stash_user(user)
        return None


def find_person(credentials: dict[str, object]) -> User | None:
    """The person whom ``username`` or ``email`` names; either may hold a user name or an address.

    Of several people with one address, the one who has confirmed it, else whose own it is.
    """
    given = [str(credentials[name]) for name in ("username", "email") if credentials.get(name)]
    for login in dict.fromkeys(given):
        people = filter_users_by_email(login, prefer_verified=True, for_login=True)
        # Nobody has confirmed the address if several people have it.
        people.sort(key=lambda person: (person.email.casefold() != login.casefold(), person.pk))
        if person := (people[0] if people else get_user_by_username(login)):
            return cast("User", person)
    return None
