"""Structured logs (JSON lines) without personal data: no bodies, addresses or query strings."""

import re
from typing import Any

import structlog

# PostgreSQL quotes the refused values in this line of its message.
_DETAIL = re.compile(r"^DETAIL: .*$", re.MULTILINE)


def without_values(_logger, _method: str, event: dict) -> dict:
    """Remove the values that the database quotes from a traceback."""
    if isinstance(event.get("exception"), str):
        event["exception"] = _DETAIL.sub("DETAIL: –", event["exception"])
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
    "loggers": {"django.server": {"handlers": ["console"], "propagate": False}},
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
