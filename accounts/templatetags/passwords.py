"""The requirements of a password, for the pages on which one is typed."""

from django import template

from accounts.passwords import Requirement, requirements

register = template.Library()


@register.simple_tag
def password_requirements() -> list[Requirement]:
    return requirements()
