"""Logs: one line an event, as JSON or for the eye, without personal data and never with a secret."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from types import TracebackType

import structlog
from structlog.typing import Processor

REMOVED = "[removed]"


class WithoutSecrets(structlog.stdlib.ProcessorFormatter):
    """Writes a line, and cuts secrets out of the whole of it: out of values, tracebacks and libraries' messages."""

    def __init__(self, secrets: Sequence[str], last: Processor, before: Sequence[Processor]) -> None:
        super().__init__(processor=last, foreign_pre_chain=before)
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, REMOVED)
        return line


def set_up_logs(level: str, *, secrets: Sequence[str] = ()) -> None:
    """Everything at `level` and above goes to standard error; libraries only warn. Secrets are cut out.

    What ends the program unforeseen is a line too, and Python's warnings are.
    """
    last: Processor = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level)),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WithoutSecrets(secrets, last, shared))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("bot").setLevel(getattr(logging, level))
    # The scheduler tells of every tick, and its warnings of a tick left out are our design.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_the_end


def _log_the_end(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    logging.getLogger("bot").critical("Brobot ended by a fault of its own", exc_info=(kind, error, traceback))
