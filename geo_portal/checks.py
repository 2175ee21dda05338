"""System checks: a production start with a missing or default setting is refused."""

from django.conf import settings
from django.core.checks import Error, Tags, register, run_checks

from .settings.env import env
from .settings.security import DEFAULT_SECRET

REQUIRED = (
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
DEMO_NAMES = (
    "mieszkanka",
    "operator",
    "jednostka",
    "gis",
    "gis2",
    "redaktorka",
    "administrator",
)


@register(Tags.security)
def production_is_configured(app_configs, **kwargs) -> list[Error]:
    """Every value that must not be left to chance is set."""
    if not settings.IS_PRODUCTION:
        return []
    return [
        Error(
            f"{name} is not set.",
            hint=f"Set {name} in the environment; .env.example says what it means.",
            id="portal.E001",
        )
        for name in REQUIRED
        if not env.str(name, "")
    ]


@register(Tags.security)
def secrets_are_secret(app_configs, **kwargs) -> list[Error]:
    """Keys are long and not the demo's; keys of two purposes are not one."""
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
        if value == DEFAULT_SECRET or len(value) < 40
    ]
    if len(set(keys.values())) < len(keys):
        errors.append(Error("SECRET_KEY and CONSENT_HASH_KEY are the same.", id="portal.E003"))
    return errors


@register(Tags.security)
def limits_are_on(app_configs, **kwargs) -> list[Error]:
    if settings.IS_PRODUCTION and not settings.RATE_LIMITS_ENABLED:
        return [Error("RATE_LIMITS=off in production.", hint="Remove it.", id="portal.E004")]
    return []


@register(Tags.database)
def demo_people_are_gone(app_configs, databases=None, **kwargs) -> list[Error]:
    """Demo log-ins have a public password."""
    from django.contrib.auth import get_user_model

    if not settings.IS_PRODUCTION or not databases:
        return []
    names = get_user_model().objects.filter(username__in=DEMO_NAMES, is_active=True)
    return [
        Error(f"Demo log-in {name} is active.", hint="Delete or block it.", id="portal.E005")
        for name in names.values_list("username", flat=True)
    ]


def refuse_bad_start() -> None:
    """``SystemExit`` with what to set, where the security checks find an error."""
    wrong = [error for error in run_checks(tags=[Tags.security]) if error.is_serious()]
    if wrong:
        raise SystemExit("\n".join(str(error) for error in wrong))
