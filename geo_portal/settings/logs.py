"""Structured logs (JSON lines) without personal data: no bodies, addresses or query strings.

They are what bin/run prints, too.
"""

import re
from typing import Any

import structlog

# PostgreSQL quotes the refused values in this part of its message; what people typed may have many
# lines. Celery writes the message once more in one line, where it goes on to the end.
_DETAIL = re.compile(
    r"DETAIL: .*?(?=\n(?:CONTEXT|HINT|QUERY): |\n\nThe above exception|\n\nDuring handling|\Z)",
    re.DOTALL,
)
# What may be an e-mail address, whatever quotes it. Servers repeat addresses in their answers.
_ADDRESS = re.compile(r"[^\s@<>()\[\]\"',;:=]{1,64}@[^\s@<>()\[\]\"',;:=]{1,255}")


def without_values(_logger, _method: str, event: dict) -> dict:
    """Remove e-mail addresses, and the values that the database quotes, from every text."""
    return {
        # structlog keeps what it needs itself below names with an underscore.
        name: value if name.startswith("_") else _without_values(value)
        for name, value in event.items()
    }


def _without_values(value: Any) -> Any:
    if isinstance(value, dict):
        return {_without_values(key): _without_values(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set):
        return [_without_values(one) for one in value]
    if isinstance(value, int | float | bool | None):
        return value
    # Or such as an exception, of which the renderer would print the text.
    return _ADDRESS.sub("…@…", _DETAIL.sub("DETAIL: –", str(value)))


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
        "nowhere": {"class": "logging.NullHandler"},
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["without_path"],
        },
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": ["console"], "propagate": False},
        # uvicorn brings handlers of its own, whose lines would pass the rules above by.
        "uvicorn": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Its lines hold IP addresses and whole addresses of pages, with secret links. This file is
        # read after uvicorn's --no-access-log, which it would undo.
        "uvicorn.access": {"handlers": ["nowhere"], "propagate": False},
        # The mail server of the local run repeats every line of a conversation.
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
