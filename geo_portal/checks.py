"""System checks: they refuse a production start with a missing or default setting."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import Error, Tags, register, run_checks
from django.db import DatabaseError

from .settings.env import env

_REQUIRED = (
    "SECRET_KEY",
    "CONSENT_HASH_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "DATABASE_URL",
    "REDIS_URL",
    "SMTP_HOST",
    "MAIL_FROM",
    "METRICS_TOKEN",
)
_MODES = ("demo", "test", "production")
_DEMO_NAMES = (
    "mieszkanka",
    "operator",
    "jednostka",
    "jednostka2",
    "jednostka3",
    "gis",
    "gis2",
    "redaktorka",
    "redaktorka2",
    "administrator",
)
# Of the 64 that stand before the "@" of an address at most.
_LONGEST_NAME = 20
_DEMO_PASSWORD = "demo-lodz-2026"  # noqa: S105 - public, and refused by the check below


@register(Tags.security)
def production_is_configured(app_configs, **kwargs) -> list[Error]:
    """Every setting that has no safe default is set."""
    if not settings.IS_PRODUCTION:
        return []
    return [
        Error(
            f"{name} is not set.",
            hint=f"Set {name} in the environment; .env.example says what it means.",
            id="portal.E001",
        )
        for name in _REQUIRED
        if not env.str(name, "")
    ]


@register(Tags.security)
def secrets_are_secret(app_configs, **kwargs) -> list[Error]:
    """Keys are long, are not those of the demo, and each key serves one purpose only."""
    if not settings.IS_PRODUCTION:
        return []
    keys = {"SECRET_KEY": settings.SECRET_KEY, "CONSENT_HASH_KEY": settings.CONSENT_HASH_KEY}
    errors = [
        Error(
            f"{name} is a default or too short.",
            hint="At least 40 random characters.",
            id="portal.E002",
        )
        for name, value in keys.items()
        if len(value) < 40
    ]
    if len(set(keys.values())) < len(keys):
        errors.append(Error("SECRET_KEY and CONSENT_HASH_KEY are the same.", id="portal.E003"))
    return errors


@register(Tags.security)
def limits_are_on(app_configs, **kwargs) -> list[Error]:
    if settings.IS_PRODUCTION and not settings.RATE_LIMITS_ENABLED:
        return [Error("RATE_LIMITS=off in production.", hint="Remove it.", id="portal.E004")]
    return []


@register(Tags.security)
def hosts_are_named(app_configs, **kwargs) -> list[Error]:
    if settings.IS_PRODUCTION and "*" in settings.ALLOWED_HOSTS:
        return [Error("ALLOWED_HOSTS lets any name in.", hint="Name them.", id="portal.E006")]
    return []


@register(Tags.security)
def mode_is_known(app_configs, **kwargs) -> list[Error]:
    """A slip in PORTAL_MODE must not open a server without the checks of production."""
    if settings.PORTAL_MODE in _MODES:
        return []
    hint = f"One of: {', '.join(_MODES)}."
    return [Error(f"PORTAL_MODE={settings.PORTAL_MODE} is unknown.", hint=hint, id="portal.E007")]


@register(Tags.security)
def replies_are_read(app_configs, **kwargs) -> list[Error]:
    """Letters invite replies only where these are read, and the address leaves room for a key."""
    local, _at, domain = settings.REPLIES_ADDRESS.partition("@")
    if bool(settings.REPLIES_ADDRESS) != bool(settings.IMAP_HOST):
        return [
            Error(
                "REPLIES_ADDRESS and IMAP_HOST belong together.",
                hint="Set both, or neither.",
                id="portal.E008",
            )
        ]
    if settings.REPLIES_ADDRESS and not (domain and 1 <= len(local) <= _LONGEST_NAME):
        hint = f"At most {_LONGEST_NAME} characters before its @; a key is added there."
        return [Error("REPLIES_ADDRESS cannot be replied to.", hint=hint, id="portal.E009")]
    return []


@register(Tags.database)
def demo_people_are_gone(app_configs, databases=None, **kwargs) -> list[Error]:
    """No demo log-in works, because their password is public."""
    if not settings.IS_PRODUCTION or not databases:
        return []
    try:
        return [
            Error(f"Demo log-in {name} works.", hint="Delete or block it.", id="portal.E005")
            for name in _demo_logins()
        ]
    except DatabaseError:
        # If there is no database yet, or it does not answer, nobody can log in either.
        return []


def _demo_logins() -> list[str]:
    people = get_user_model().objects.filter(username__in=_DEMO_NAMES, is_active=True)
    return [user.username for user in people if user.check_password(_DEMO_PASSWORD)]


def refuse_bad_start() -> None:
    """Raise ``SystemExit``, saying what to set, if the security checks find an error."""
    wrong = [error for error in run_checks(tags=[Tags.security]) if error.is_serious()]
    if wrong:
        raise SystemExit("\n".join(str(error) for error in wrong))
