"""Owns what an error from Telegram, or from the way there, means for the message we wanted to send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

OutcomeKind = Literal[
    "delivered",
    "blocked",
    "moved",
    "later",
    "refused",
    "unsure",
    "failing",
    "never_left",
    "unauthorised",
    "conflict",
    "unwanted",
]

# Texts of Telegram's server (tdlib/telegram-bot-api), lower case. Telegram gives no machine-readable reason.
_NOTHING_CHANGED = "message is not modified"
_ANSWERED_TOO_LATE = ("query is too old", "query id is invalid")
_CHAT_IS_CLOSED_TO_US = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "chat_write_forbidden",
    "user_is_blocked",
    "input_user_deactivated",
    "group chat was deactivated",
    "have no rights to send a message",
    "not enough rights to send",
    "bot is not a member",
    "bot was kicked",
)


class NeverLeft(NetworkError):
    """The request never reached Telegram (no connection, no address, no free line): safe to repeat blindly."""


class NotWanted(TelegramError):
    """While the message waited for its turn, the person said stop: it was not sent."""


class AnswerLost(TimedOut):
    """The request went out and no whole answer came back: Telegram may have done what we asked, or not."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one call.

    - `delivered`: done, or nothing was left to do ("message is not modified").
    - `blocked`: this chat does not take messages from us: pause it until the person writes again.
    - `moved`: the group has the id `new_chat` now.
    - `later`: not before `retry_after` seconds from now.
    - `refused`: our fault (400); repeating it would be refused again.
    - `unsure`: no answer came back: it may have arrived, and repeating it may double it.
    - `failing`: Telegram, or a proxy before it, answered that it fails (5xx): as good as certainly nothing was done,
      so it is repeated, with patience and not for ever.
    - `never_left`: it did not arrive; repeating it is safe.
    - `unauthorised`: the token or the API address is wrong: stop everything and tell the operator.
    - `unwanted`: it was taken back before its turn came.
    - `conflict`: somebody else polls with this token, or a webhook is set (409).

    `reason` is Telegram's own text; it holds neither the token nor what the person wrote.
    """

    kind: OutcomeKind
    reason: str = ""
    new_chat: int | None = None
    retry_after: float | None = None


DELIVERED = Outcome("delivered")
"""What became of a call that raised nothing."""


def wait_asked_for(error: RetryAfter) -> float:
    """The seconds a 429 asks us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait


def changed_nothing(error: Exception) -> bool:
    """Whether Telegram refused an edit because the bubble already shows exactly this."""
    return isinstance(error, BadRequest) and _NOTHING_CHANGED in error.message.lower()


def answered_too_late(error: Exception) -> bool:
    """Whether Telegram refused to answer a tap because it is too old: nobody waits for that answer any more."""
    return isinstance(error, BadRequest) and any(text in error.message.lower() for text in _ANSWERED_TOO_LATE)


def sort_error(error: Exception) -> Outcome:
    """Says what `error`, raised by a call of the bot, means. An error that is not Telegram's is raised again.

    A 404 is sorted with the 401s: Telegram gives it for a malformed token, a wrong `API_URL` gives it for
    everything, and taking it for a refusal would throw away every message that waits.
    """
    reason = str(error)
    match error:
        case RetryAfter():
            outcome = Outcome("later", reason, retry_after=wait_asked_for(error))
        case ChatMigrated():
            outcome = Outcome("moved", reason, new_chat=error.new_chat_id)
        case Forbidden():
            outcome = Outcome("blocked", reason)
        case InvalidToken():
            outcome = Outcome("unauthorised", reason)
        case Conflict():
            outcome = Outcome("conflict", reason)
        case BadRequest():
            outcome = _sort_refusal(error)
        case NotWanted():
            outcome = Outcome("unwanted", reason)
        case NeverLeft():
            outcome = Outcome("never_left", reason)
        case TimedOut():
            outcome = Outcome("unsure", reason)
        case NetworkError():
            outcome = _sort_network_error(reason)
        case _:
            raise error
    return outcome


def _sort_refusal(error: BadRequest) -> Outcome:
    if changed_nothing(error):
        return Outcome("delivered", error.message)
    text = error.message.lower()
    if any(closed in text for closed in _CHAT_IS_CLOSED_TO_US):
        return Outcome("blocked", error.message)
    return Outcome("refused", error.message)


def _sort_network_error(reason: str) -> Outcome:
    """An answer with a status that python-telegram-bot has no class for."""
    text = reason.lower()
    if text.startswith("too many requests"):  # a 429 of a proxy before Telegram, without `retry_after`
        return Outcome("later", reason, retry_after=1.0)
    if text.startswith("request entity too large"):  # 413: the upload is too big, today and tomorrow
        return Outcome("refused", reason)
    if text.startswith("gateway timeout"):  # 504: a proxy that passed the request on and got no answer
        return Outcome("unsure", reason)
    return Outcome("failing", reason)
