"""What each kind of notice says, made from how things stand at the moment of sending; None where it is true no more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot import roles
from bot.activities import facts, spot, understood
from bot.announcing import telling as announcing
from bot.cases import telling as case_telling
from bot.core.model import Occurrence, Person, SignUp
from bot.core.query import decode
from bot.core.rights import coordinates
from bot.core.say import Button, Message, Moment, Rows, Text, label, say
from bot.core.ways_on import PERSON
from bot.editing import telling as editing_telling
from bot.first_steps import telling as first_steps_telling
from bot.guide import Guide
from bot.interpreting import telling as interpreting_telling
from bot.knowledge import telling as knowledge_telling
from bot.meetings import telling as meetings_telling
from bot.network import telling as network_telling
from bot.network import telling_coordinators as to_coordinators
from bot.news import telling as news_telling
from bot.programmes import telling as programmes_telling
from bot.store import attendance, signups
from bot.store.database import Tx
from bot.store.notices import Notice


@dataclass(frozen=True, slots=True)
class Telling:
    """A notice about to be said, to whom, and what may be looked up for it."""

    tx: Tx
    guide: Guide
    notice: Notice
    person: Person
    now: datetime

    @property
    def content(self) -> Mapping[str, Any]:
        return self.notice.content

    @property
    def number(self) -> int:
        return int(self.content["activity"])

    @property
    def seat_day(self) -> date:
        return date.fromisoformat(self.content["day"])

    def occurrence(self) -> Occurrence | None:
        """The occurrence that the notice is about; for a course, the evening that it names."""
        return self.guide.occurrence(self.number, date.fromisoformat(self.content.get("on", self.content["day"])))

    async def seat(self) -> SignUp | None:
        return await signups.one(self.tx, self.guide.community.id, self.number, self.seat_day, self.person.id)

    async def has_seat(self, *states: str) -> bool:
        seat = await self.seat()
        return seat is not None and seat.state in states

    async def stayed_away(self, seat: SignUp, found: Occurrence) -> bool:
        """Whether somebody with a seat was ticked as not having come; for a course, on that day of it."""
        if self.guide.activities[self.number].sign_up != "course":
            return seat.came is False
        came = await attendance.of_day(self.tx, self.guide.community.id, self.number, found.day)
        return came.get(self.person.id) is False


Tell = Callable[[Telling], Awaitable[Message | None]]


async def day_before(telling: Telling) -> Message | None:
    # NOTE: Head of the reminder of the day before. Neutral: others see the phone.
    return await _reminder(telling, say("⏰ <b>Tomorrow</b>"))


async def two_hours(telling: Telling) -> Message | None:
    # NOTE: Head of the reminder two hours before. Neutral: others see the phone.
    return await _reminder(telling, say("⏰ <b>Soon</b>"), venue=True)


async def _reminder(telling: Telling, head: Text, *, venue: bool = False) -> Message | None:
    """With the two thumbs: down frees the seat. The nearer one carries the pin of the place."""
    found = telling.occurrence()
    if found is None or found.state == "cancelled" or not await telling.has_seat("going"):
        return None
    if not await programmes_telling.is_for(telling, found):
        return None
    where = spot(telling.number, found.day)
    pin = telling.guide.activities[telling.number].venue
    if telling.guide.activities[telling.number].programme:
        lines = (head, *facts(telling.guide, found), *programmes_telling.theme_line(telling, found))
        return Message(lines, programmes_telling.ways_on(found), venue=pin if venue and pin.exact else None)
    rows: Rows = (
        (
            # NOTE: Button under a reminder, keeps the seat.
            Button(label("👍 I will come"), f"a:{where}:y", style="yes"),
            # NOTE: Button under a reminder, gives the seat to the next person.
            Button(label("👎 I cannot"), f"a:{where}:n", style="no"),
        ),
        (Button(label("🗺 The way"), f"w:{where}"), PERSON),
    )
    return Message(
        (head, *facts(telling.guide, found)),
        rows,
        venue=pin if venue and pin.exact else None,
    )


async def follow_up(telling: Telling) -> Message | None:
    """The day after: how was it, will you come again, in one tap. Who stayed away is missed, not blamed."""
    found = telling.occurrence()
    seat = await telling.seat()
    if found is None or found.state == "cancelled" or seat is None or seat.state != "going":
        return None
    if telling.guide.activities[telling.number].programme:
        return await programmes_telling.after_session(telling, found)
    if await telling.stayed_away(seat, found):
        return await editing_telling.missed(telling, found)
    where = spot(telling.number, telling.seat_day)
    return Message(
        # NOTE: The day after an activity.
        (say("💬 <b>How was it?</b>"), *facts(telling.guide, found)[:2]),
        (
            # NOTE: Button under “How was it?”, signs up for the next time.
            (Button(label("👍 Good, I will come again"), f"g:{where}:again", style="yes"),),
            (
                # NOTE: Button under “How was it?”.
                Button(label("🙂 Good, but not again"), f"g:{where}:good"),
                # NOTE: Button under “How was it?”.
                Button(label("👎 Not for me"), f"g:{where}:no"),
            ),
        ),
    )


async def asked(telling: Telling) -> Message | None:
    """A reminder that was asked for on a card, with or without a seat."""
    found = telling.occurrence()
    if found is None or found.state == "cancelled":
        return None
    where = spot(telling.number, found.day)
    return Message(
        # NOTE: Head of a reminder that the reader asked for.
        (say("⏰ <b>You asked me to remind you</b>"), *facts(telling.guide, found)),
        # NOTE: “🔎 See it”: opens the activity. “🗺 The way”: sends the place as a pin on the map.
        ((Button(label("🔎 See it"), f"c:{where}"), Button(label("🗺 The way"), f"w:{where}")),),
    )


async def own(telling: Telling) -> Message | None:
    """A reminder in the person's own words."""
    return Message((say("⏰ <b>You asked me to remind you</b>"), say("“{text}”", text=str(telling.content["text"]))))


async def offer(telling: Telling) -> Message | None:
    """A seat is held for the next in line."""
    found = telling.occurrence()
    if found is None or found.state == "cancelled" or not await telling.has_seat("offered"):
        return None
    until = datetime.fromisoformat(telling.content["until"])
    where = spot(telling.number, found.day)
    lines: list[Text] = [
        # NOTE: To the next person on the waiting list.
        say("🎟 <b>A seat is free for you.</b>"),
        *facts(telling.guide, found),
        # NOTE: The free seat: {until} "Thursday 26/11 12:00".
        say("I hold it until {until}.", until=Moment(until)),
    ]
    return Message(
        lines,
        (
            (
                Button(label("✅ Yes, I will come"), f"o:{where}:y", style="yes"),
                Button(label("❌ No, thank you"), f"o:{where}:n", style="no"),
            ),
        ),
    )


async def offer_over(telling: Telling) -> Message | None:
    """The offer ran out, kindly."""
    found = telling.occurrence()
    if found is None:
        return None
    what = (
        # NOTE: After a held seat was not taken, and there was no answer before either.
        say("You are not in line any more. You can always come back.")
        if telling.content["left"]
        # NOTE: After a held seat was not taken in time.
        else say("You are still in line, at the end.")
    )
    return Message(
        # NOTE: After a held seat was not taken in time. No blame.
        (say("⌛ The seat went to the next person."), *facts(telling.guide, found)[:2], what),
        ((Button(label("🔎 See it"), f"c:{spot(telling.number, found.day)}"), PERSON),),
    )


async def moved(telling: Telling) -> Message | None:
    found = telling.occurrence()
    if found is None or found.state == "cancelled" or not await telling.has_seat("going", "waiting", "offered"):
        return None
    old = datetime.fromisoformat(telling.content["old"])
    if found.start == old or not await programmes_telling.is_for(telling, found):
        return None
    where = spot(telling.number, found.day)
    return Message(
        (
            # NOTE: Head: an activity was moved.
            say("📅 <b>New time</b>"),
            *facts(telling.guide, found),
            # NOTE: The old time of an activity that was moved: {when} "Thursday 26/11 17:30".
            say("Before it was {when}.", when=Moment(old)),
        ),
        (
            (
                Button(label("👍 I will come"), f"a:{where}:y", style="yes"),
                Button(label("👎 I cannot"), f"a:{where}:n", style="no"),
            ),
            (Button(label("📅 Calendar"), f"ics:{where}"), PERSON),
        ),
    )


async def cancelled(telling: Telling) -> Message | None:
    found = telling.occurrence()
    if found is None or not await telling.has_seat("going", "waiting", "offered"):
        return None
    if telling.guide.activities[telling.number].programme:
        theirs = await programmes_telling.is_for(telling, found)
        return await programmes_telling.session_cancelled(telling, found) if theirs else None
    return Message(
        (
            # NOTE: Head: an activity was cancelled by its organiser.
            say("❌ <b>Cancelled</b>"),
            *facts(telling.guide, found)[:2],
            # NOTE: After “Cancelled”; the button 🔎 is below.
            say("We are sorry. Here is what else there is:"),
        ),
        (
            (
                # NOTE: Button, lists what is near.
                Button(label("🔎 More activities"), "near"),
                # NOTE: Button, sends a file for the phone's calendar.
                Button(label("📅 Calendar"), f"ics:{spot(found.activity, found.day)}"),
            ),
        ),
    )


async def role_over(_telling: Telling) -> Message | None:
    """To somebody who coordinates no more."""
    return Message((roles.role_over(),))


async def wish_met(telling: Telling) -> Message | None:
    """What somebody wished for is there now."""
    text = str(telling.content["query"])
    query = decode(text, telling.guide.codes)
    return Message(
        # NOTE: “{what}”: What the reader wished for: {what} "football, Ringe". “🔔 <b>Now there is something for
        # you</b>”: Head: what the reader wished for is there now. Neutral: others see the phone.
        (say("🔔 <b>Now there is something for you</b>"), say("{what}", what=understood(telling.guide, query))),
        ((Button(label("🔎 See it"), f"f:{text}"), PERSON),),
    )


KINDS: Mapping[str, Tell] = {
    "day_before": day_before,
    "two_hours": two_hours,
    "follow_up": follow_up,
    "asked": asked,
    "own": own,
    "offer": offer,
    "offer_over": offer_over,
    "moved": moved,
    "cancelled": cancelled,
    "wish_met": wish_met,
    "role_over": role_over,
    **announcing.KINDS,
    **case_telling.KINDS,
    **editing_telling.KINDS,
    **meetings_telling.KINDS,
    **first_steps_telling.KINDS,
    **knowledge_telling.KINDS,
    **network_telling.KINDS,
    **news_telling.KINDS,
    **interpreting_telling.KINDS,
    **programmes_telling.KINDS,
}


FOR_COORDINATORS = frozenset({*interpreting_telling.FOR_COORDINATORS, *to_coordinators.KINDS})
"""What only a coordinator is told, also when it was queued while they were one."""


async def tell(telling: Telling) -> Message | None:
    """The message of a notice. A kind that nobody knows any more says nothing."""
    kind = KINDS.get(telling.notice.kind)
    if telling.notice.kind in FOR_COORDINATORS and not coordinates(telling.person):
        return None
    return None if kind is None else await kind(telling)
