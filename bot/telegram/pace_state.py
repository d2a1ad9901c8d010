"""Owns the arithmetic of Telegram's pace: when the next message may leave. No clock and no await; `now` is given.

Telegram says how much it takes (30 messages a second in all, 1 a second in a chat, 20 a minute in a group) but not
where its second begins, and the way there takes a changing time. So a message takes a place when it leaves and gives
it back a second after its *answer* came: no second at Telegram's end can then hold more messages than there are
places, whatever the network does. Of that second the shortest round trip of late is taken off: the answer was on its
way for a part of it, and the next message will be for the rest (docs/decisions/0021). Where Telegram turns out to take
less, the number of places falls at once by a part and grows back by steps.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.telegram.ways import Ways

Chat = int | str
"""A chat's id, or the @name of a group or channel."""

SECOND = 1.0
CHAT_SECONDS = 1.0
GROUP_MESSAGES = 20
GROUP_SECONDS = 60.0

_SLOWER = 0.85
"""What stays of the places when Telegram refuses one."""
_HALF = 0.5
"""A refusal never takes more than this part: one flooded chat must not silence the bot for all."""
_STEP = 0.03
"""The part of the rate that a step adds (at least one place)."""
_WINDOWS_TO_PROBE = 60
"""How many full windows are answered well before one place more than Telegram once refused is tried."""
NOTICES_APART = 0.5
"""Notices leave at least this part of a place's time apart, so that places fall free evenly and an answer to a person
finds one soon, instead of all being taken at one moment for a whole second."""
ANNOUNCEMENTS_APART = 1.0
"""The same for announcements. There are always more of them: what left in half a second would close the other half."""
_CATCH_UP, _UNEVEN = 0.015, 0.4
"""Seconds of that distance that may be caught up at once after a late timer, and the part of what a way takes more than
the shortest: places fall free as unevenly as the ways are. More would use the rate up to the last place, and let an
answer wait longer for one."""
_KEPT_FREE = 3
"""Places that lie free now and then while ways take a changing time: an answer finds one there."""
_HASTE, _LEAST_APART = 4.0, 0.8
"""Of what lies free beyond those, each part shortens the distance by so many such parts, down to this part of it: what
a busy machine has left unused is caught up."""
_CHATS_BEFORE_SWEEP = 1_024


def is_group(chat: Chat) -> bool:
    """Groups, supergroups and channels have negative ids or an @name; a private chat has a person's positive id."""
    return isinstance(chat, str) or chat < 0


@dataclass(slots=True)
class _Line:
    """What one chat was sent lately: the messages unanswered, and when the others were answered (monotonic s)."""

    unanswered: int = 0
    answered: deque[float] = field(default_factory=deque)


class Ticket(NamedTuple):
    """A place taken. `place` says the how many-th of the places it was when it was taken; `since` is when."""

    chat: Chat | None
    place: int
    since: float


class PaceState:
    """The places of one bot token, and each chat's own.

    Times are monotonic seconds, and never go backwards from call to call. `chat` None is a call that counts in the
    whole but not in its chat (an edit).
    """

    def __init__(self, rate: float, chat_seconds: float = CHAT_SECONDS) -> None:
        """`rate` is the messages a second that Telegram allows at most, 1 or more; `chat_seconds` lie between two
        messages in one chat (0 for a Bot API on loopback that does not mind).
        """
        if not rate >= 1:
            raise ValueError("The rate must be 1 message a second or more")
        self._rate = rate
        self._chat_seconds = chat_seconds
        self._places = float(rate)
        self._ceiling = float(rate)
        self._well_answered = 0
        self._slowed_at = -math.inf
        self._unanswered = 0
        self._answered: deque[float] = deque()
        self._spread_until = -math.inf
        self._ways = Ways(rate)
        self._chats: dict[Chat, _Line] = {}
        self._sweep_above = _CHATS_BEFORE_SWEEP
        self.paused_until = -math.inf

    @property
    def places(self) -> int:
        """How many messages may be unanswered or answered less than a second ago, at present."""
        return max(1, math.floor(self._places))

    @property
    def held(self) -> float:
        """Seconds for which a place stays taken after its answer came."""
        return SECOND - self._ways.least

    @property
    def chats_remembered(self) -> int:
        """How many chats take memory."""
        return len(self._chats)

    def free_places(self, now: float) -> int:
        """How many messages may leave now."""
        answered, held = self._answered, self.held
        while answered and answered[0] + held <= now:
            answered.popleft()
        return self.places - self._unanswered - len(answered) if self.paused_until <= now else 0

    def free_at(self, now: float) -> float:
        """When a place is free: `now`, a later time, or infinity where an answer must come first."""
        self.free_places(now)
        answered = self._answered
        too_many = self._unanswered + len(answered) + 1 - self.places
        if too_many <= 0:
            return max(now, self.paused_until)
        if too_many > len(answered):
            return math.inf
        return max(answered[too_many - 1] + self.held, self.paused_until)

    def spread_until(self) -> float:
        """When the next notice may leave, so that notices leave evenly. Answers to people need not heed it."""
        return self._spread_until

    def chat_free_at(self, chat: Chat | None, now: float) -> float:
        """When `chat` may be sent the next message: `now`, a later time, or infinity until an answer comes."""
        line = None if chat is None else self._chats.get(chat)
        if chat is None or line is None:
            return now
        if line.unanswered:
            return math.inf
        if not line.answered:
            return now
        free = line.answered[-1] + self._chat_seconds
        if len(line.answered) >= GROUP_MESSAGES and is_group(chat):
            free = max(free, line.answered[-GROUP_MESSAGES] + GROUP_SECONDS)
        return max(now, free)

    def ready_at(self, chat: Chat | None, now: float) -> float:
        """When a message to `chat` may leave, as far as is known now; infinity until an answer comes."""
        return max(self.free_at(now), self.chat_free_at(chat, now))

    def sent(self, chat: Chat | None, now: float, *, apart: float = 0.0) -> Ticket:
        """Takes a place for a message that leaves now; the next that leaves `apart` from others keeps that distance."""
        self._unanswered += 1
        if apart:
            late = _CATCH_UP + _UNEVEN * (self._ways.mean - self._ways.least)
            self._spread_until = max(self._spread_until, now - late) + self._distance(apart)
        if chat is not None:
            self._line(chat, now).unanswered += 1
        return Ticket(chat, self._unanswered + len(self._answered), now)

    def _distance(self, apart: float) -> float:
        """Seconds until the next that leaves `apart`: a place's whole time, shared by the places."""
        beyond = self.places - self._unanswered - len(self._answered) - _KEPT_FREE
        if beyond > 0 and apart > _LEAST_APART:
            apart = max(_LEAST_APART, apart - _HASTE * beyond / self._places)
        return apart * (self.held + self._ways.mean) / self._places

    def answered(self, ticket: Ticket, now: float) -> None:
        """The answer came, or will not come any more: the place is free a second from now."""
        self._leave(ticket, now)
        self._ways.took(now - ticket.since)
        self._well_answered += 1
        if self._places < self._rate:
            self._grow()

    def returned(self, ticket: Ticket) -> None:
        """The message never left: the place is free at once."""
        self._unanswered -= 1
        line = None if ticket.chat is None else self._chats.get(ticket.chat)
        if line is not None:
            line.unanswered -= 1

    def refused(self, ticket: Ticket, retry_after: float, now: float) -> None:
        """Telegram refused (429): nothing leaves for `retry_after` seconds, and fewer at once afterwards."""
        self._leave(ticket, now)
        self._ways.forget()
        self.pause(retry_after, now)
        if ticket.since <= self._slowed_at:
            return  # it left before we slowed down: the same refusal, told again
        self._slowed_at = now
        self._well_answered = 0
        # One that left later may have overtaken it: all places taken by now bound what Telegram had counted.
        allowed = min(self._places, max(ticket.place, self._unanswered + len(self._answered)) - 1)
        if allowed >= self._places * _HALF:
            self._ceiling = max(1.0, allowed)
        self._places = max(1.0, self._places * _HALF, allowed * _SLOWER)

    def pause(self, seconds: float, now: float) -> None:
        """Nothing leaves for `seconds` from now."""
        self.paused_until = max(self.paused_until, now + seconds)

    def _leave(self, ticket: Ticket, now: float) -> None:
        self._unanswered -= 1
        self._answered.append(now)
        if ticket.chat is None:
            return
        line = self._line(ticket.chat, now)
        line.unanswered -= 1
        line.answered.append(now)
        if len(line.answered) > (GROUP_MESSAGES if is_group(ticket.chat) else 1):
            line.answered.popleft()

    def _grow(self) -> None:
        """A step up after a window of good answers; beyond what was once refused, only after many windows."""
        probing = self._places >= self._ceiling
        if self._well_answered < self._places * (_WINDOWS_TO_PROBE if probing else 1):
            return
        self._well_answered = 0
        top = self._rate if probing else self._ceiling
        self._places = min(top, self._places + max(1.0, self._rate * _STEP))
        self._ceiling = max(self._ceiling, self._places)

    def _line(self, chat: Chat, now: float) -> _Line:
        line = self._chats.get(chat)
        if line is None:
            if len(self._chats) >= self._sweep_above:
                self._sweep(now)
            line = self._chats[chat] = _Line()
        return line

    def _sweep(self, now: float) -> None:
        """Forgets the chats that may be written to at once; the next sweep is due at twice what stays."""
        for chat in [chat for chat, line in self._chats.items() if self._is_idle(chat, line, now)]:
            del self._chats[chat]
        self._sweep_above = max(_CHATS_BEFORE_SWEEP, 2 * len(self._chats))

    @staticmethod
    def _is_idle(chat: Chat, line: _Line, now: float) -> bool:
        kept = GROUP_SECONDS if is_group(chat) else CHAT_SECONDS
        return not line.unanswered and (not line.answered or line.answered[-1] + kept <= now)
