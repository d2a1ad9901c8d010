"""What Telegram's errors mean for a message: the texts are those of its own server."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from bot.telegram.errors import AnswerLost, NeverLeft, Outcome, OutcomeKind, sort_error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), "blocked"),
        (Forbidden("Forbidden: user is deactivated"), "blocked"),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), "blocked"),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), "blocked"),
        (BadRequest("Bad Request: chat not found"), "blocked"),
        (BadRequest("Bad Request: group chat was deactivated"), "blocked"),
        (BadRequest("Bad Request: not enough rights to send text messages to the chat"), "blocked"),
        (BadRequest("Bad Request: have no rights to send a message"), "blocked"),
        (BadRequest("Bad Request: message is not modified: specified new message content and …"), "delivered"),
        (BadRequest("Bad Request: message is too long"), "refused"),
        (BadRequest("Bad Request: can't parse entities: unsupported start tag"), "refused"),
        (BadRequest("Bad Request: message to edit not found"), "refused"),
        (NetworkError("Request Entity Too Large"), "refused"),
        (InvalidToken("Unauthorized"), "unauthorised"),
        (InvalidToken("Not Found"), "unauthorised"),
        (Conflict("Conflict: terminated by other getUpdates request"), "conflict"),
        (NeverLeft("ClientConnectorError: refused"), "never_left"),
        (AnswerLost("SocketTimeoutError"), "unsure"),
        (NetworkError("Gateway Timeout (504)"), "unsure"),
        (NetworkError("Bad Gateway"), "failing"),
        (NetworkError("Internal Server Error: restart"), "failing"),
    ],
)
def test_each_error_says_what_became_of_the_message(error: Exception, kind: OutcomeKind) -> None:
    assert sort_error(error).kind == kind


def test_a_flood_says_when_to_come_back() -> None:
    assert sort_error(RetryAfter(timedelta(seconds=17))).retry_after == 17.0


def test_a_flood_told_by_a_proxy_without_a_time_is_given_a_second() -> None:
    assert sort_error(NetworkError("Too Many Requests (429)")) == Outcome(
        "later", "Too Many Requests (429)", retry_after=1.0
    )


def test_a_group_that_moved_says_where_to() -> None:
    assert sort_error(ChatMigrated(-1001234)).new_chat == -1001234


def test_an_error_of_our_own_is_not_taken_for_telegrams() -> None:
    with pytest.raises(KeyError):
        sort_error(KeyError("name"))
