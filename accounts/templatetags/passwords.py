"""The requirements of a password, for the pages on which one is typed."""

from django import template

from accounts.passwords import password_requirements

register = template.Library()
register.simple_tag(password_requirements)
