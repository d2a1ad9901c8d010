"""Logs: one line an event, as JSON or for the eye, without personal data and never with a secret."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

REMOVED = "[removed]"


def set_up_logs(level: str, *, secrets: Sequence[str] = ()) -> None:
    """Everything at `level` and above goes to standard error; libraries only warn. Secrets are cut out."""
    hidden = [secret for secret in secrets if secret]

    def without_secrets(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
        for name, value in event.items():
            if isinstance(value, str):
                for secret in hidden:
                    value = value.replace(secret, REMOVED)  # noqa: PLW2901 # cut out one after another
                event[name] = value
        return event

    last: Processor = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level)),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=last, foreign_pre_chain=shared))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("bot").setLevel(getattr(logging, level))
    # The scheduler tells of every tick, and its warnings of a tick left out are our design.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
