"""Whose program asks: by a personal token as Bearer, or as the password of HTTP Basic, because some
versions of QGIS lose headers that people set themselves.
"""

import base64
import binascii

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.tokens import find_person
from web.errors import PortalError


class TokenRefused(PortalError):
    code = "token_refused"
    status = 401
    detail = _("Podaj ważny token osobisty: jako „Bearer” albo jako hasło.")
    headers = {"WWW-Authenticate": 'Basic realm="ogc", charset="UTF-8", Bearer'}


def person_of(request: HttpRequest) -> User | None:
    """The member of staff whose token came with ``request``, None without any; a session does not
    count here. Raises ``TokenRefused``.
    """
    header = request.headers.get("Authorization")
    if header is None:
        return None
    scheme, _space, words = header.partition(" ")
    token = words.strip()
    if scheme.lower() == "basic":
        token = _password_in(token)
    elif scheme.lower() != "bearer":
        raise TokenRefused
    person = find_person(token)
    if person is None:
        raise TokenRefused
    return person


def _password_in(words: str) -> str:
    try:
        text = base64.b64decode(words, validate=True).decode()
    except (binascii.Error, ValueError) as fault:
        raise TokenRefused from fault
    return text.partition(":")[2]
