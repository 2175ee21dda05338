"""The requirements of a password, for pages on which somebody types a new one."""

from django import template

from accounts.passwords import password_requirements

register = template.Library()
register.simple_tag(password_requirements)
