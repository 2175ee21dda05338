"""What a password must be, read from Django's own validators: the settings are the only source."""

from dataclasses import dataclass

from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError

from .models import User


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement in words. ``is_met`` is None as long as no password was typed."""

    text: str
    is_met: bool | None


def password_requirements(password: str = "", user: User | None = None) -> list[Requirement]:
    """Each requirement, in the order of the settings, and whether ``password`` meets it."""
    return [
        Requirement(str(validator.get_help_text()), _meets(validator, password, user))
        for validator in get_default_password_validators()
    ]


def _meets(validator, password: str, user: User | None) -> bool | None:
    if not password:
        return None
    try:
        validator.validate(password, user)
    except ValidationError:
        return False
    return True
