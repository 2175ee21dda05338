"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Staff accounts are made by the administrator; residents report without one."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
