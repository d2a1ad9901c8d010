"""Every refusal of the Bot API on loopback, in Telegram's own words, and the refusals of its control interface."""

from __future__ import annotations

from typing import Any


class RefusedError(Exception):
    """A request is answered with an error: HTTP status and `error_code`, description, and perhaps parameters.

    `note` is the short word the demo's list of calls shows ("blocked", "retry_after 2"); the description by default.
    """

    def __init__(self, code: int, description: str, *, note: str = "", **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.note = note or description
        self.parameters = parameters

    def envelope(self) -> dict[str, Any]:
        """The body of the answer, as Telegram shapes it."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class ControlError(Exception):
    """A phone was asked to do what it cannot (no such button, no such person). The text is plain English."""


def bad(description: str, *, note: str = "") -> RefusedError:
    """400, with Telegram's prefix."""
    return RefusedError(400, f"Bad Request: {description}", note=note)


def forbidden(description: str, *, note: str = "") -> RefusedError:
    """403, with Telegram's prefix."""
    return RefusedError(403, f"Forbidden: {description}", note=note)


def too_many(seconds: int) -> RefusedError:
    """429: come back after so many whole seconds."""
    return RefusedError(
        429, f"Too Many Requests: retry after {seconds}", note=f"retry_after {seconds}", retry_after=seconds
    )


def moved(new_chat: int) -> RefusedError:
    """400 for a group that became a supergroup; the new id is in the parameters."""
    return RefusedError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        note="the group moved",
        migrate_to_chat_id=new_chat,
    )


UNAUTHORIZED = RefusedError(401, "Unauthorized")
NOT_FOUND = RefusedError(404, "Not Found", note="unknown method")
TERMINATED = RefusedError(
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    note="another poller",
)
WEBHOOK_IS_SET = RefusedError(
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    note="a webhook is set",
)
NOT_MODIFIED = bad(
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message",
    note="not modified",
)
QUERY_TOO_OLD = bad("query is too old and response timeout expired or query ID is invalid", note="query too old")
BLOCKED = forbidden("bot was blocked by the user", note="blocked")
DEACTIVATED = forbidden("user is deactivated", note="deactivated")
NEVER_STARTED = forbidden("bot can't initiate conversation with a user", note="never started the bot")
