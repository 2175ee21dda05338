"""Structured logs (JSON lines) without personal data: no bodies, addresses or query strings."""

import re
from typing import Any

import structlog

# PostgreSQL quotes the refused values in this part of its message; what people typed may have many
# lines. Celery writes the message once more in one line, where it goes on to the end.
_DETAIL = re.compile(
    r"DETAIL: .*?(?=\n(?:CONTEXT|HINT|QUERY): |\n\nThe above exception|\n\nDuring handling|\Z)",
    re.DOTALL,
)


def without_values(_logger, _method: str, event: dict) -> dict:
    """Remove the values that the database quotes, from tracebacks and from every other text."""
    for name, text in event.items():
        if isinstance(text, str) and "DETAIL: " in text:
            event[name] = _DETAIL.sub("DETAIL: –", text)
    return event


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.format_exc_info,
    without_values,
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
            "foreign_pre_chain": _SHARED,
        }
    },
    "filters": {"without_path": {"()": "web.request_log.WithoutPath"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["without_path"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": ["console"], "propagate": False},
        # The local mail server tells every command, with the addresses.
        "mail.log": {"level": "WARNING"},
    },
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        *_SHARED[1:],
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
