"""A coordinator says no to a volunteer: what they will read is shown first, the kind default or words of one's own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from bot.cases import not_yours
from bot.core.model import Reader
from bot.core.say import Button, Message, Text, label, say
from bot.network.matches import closed, leave
from bot.network.words import declined_lines
from bot.services import Services
from bot.store import network, network_log, notices, people
from bot.store.database import Tx
from bot.store.notices import NewNotice

Step = Literal["decline", "remove"]

LONGEST = 500
SOON = timedelta(minutes=30)
"""For how long a coordinator's next text is taken as words for the volunteer."""

STATES: dict[Step, str] = {"decline": "declined", "remove": "removed"}


async def preview(services: Services, reader: Reader, person: int, step: Step, now: datetime) -> Message:
    """What the volunteer would read, before anything is decided. Words of one's own are kept until they are sent."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    if person == reader.person.id:
        return not_about_yourself(person)
    async with services.database.read() as tx:
        found = await network.one_volunteer(tx, services.community, person, services.guide.point)
    if found is None or found.state == STATES[step]:
        return closed()
    return _preview(person, step, _own_words(reader, person, now))


def _preview(person: int, step: Step, own: str) -> Message:
    letter = step[0]
    # NOTE: Button: sends the kind words that are shown above to a volunteer.
    send = Button(label("✅ Send this"), f"NV:{person}:{letter}!", style="no")
    if own:
        send = Button(label("✅ Send this"), f"NV:{person}:{letter}+", style="no")
    head: list[Text | str] = [
        # NOTE: To a coordinator, before a volunteer is told no; {number} is the volunteer's.
        say("👀 <b>Volunteer no. {number} will read this:</b>", number=person),
        "",
        *declined_lines(own),
    ]
    if step == "remove":
        # NOTE: To a coordinator who is about to remove a volunteer.
        head += ["", say("⚠️ Their matches end. The other side hears no name.")]
    return Message(
        head,
        (
            (send,),
            (
                # NOTE: Button: a coordinator writes to the volunteer in their own words instead.
                Button(label("✍️ My own words"), f"Nd:{person}:{letter}"),
                Button(label("◀️ Back"), f"Nw:{person}"),
            ),
        ),
    )


async def begin(services: Services, reader: Reader, person: int, step: Step, now: datetime) -> Message:
    """The coordinator's next text is what the volunteer will read."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    kept = {"volunteer": person, "no": step, "since": now.isoformat()}
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, reader.person.id, kept)
    return Message(
        # NOTE: To a coordinator, who writes the no to a volunteer in their own words.
        (say("✍️ Write now what they will read. You see it once more before it is sent."),),
        ((Button(label("◀️ Back"), f"NV:{person}:{step[0]}"),),),
    )


def is_writing(reader: Reader, now: datetime) -> bool:
    """Whether the coordinator's next text is for a volunteer."""
    step = reader.person.step if reader.person else None
    return bool(step and "volunteer" in step and now - datetime.fromisoformat(str(step["since"])) <= SOON)


async def keep_words(services: Services, reader: Reader, text: str, now: datetime) -> Message:
    """Keeps the words and shows them as the volunteer would read them."""
    assert reader.person is not None
    step = reader.person.step or {}
    if not reader.coordinates:
        return not_yours()
    own = text.strip()[:LONGEST]
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, reader.person.id, {**step, "words": own})
    person, no = step["volunteer"], step["no"]
    assert isinstance(person, int)
    return _preview(person, "remove" if no == "remove" else "decline", own)


def _own_words(reader: Reader, person: int, now: datetime) -> str:
    step = reader.person.step if reader.person else None
    if not step or step.get("volunteer") != person or not is_writing(reader, now):
        return ""
    return str(step.get("words", ""))


async def say_no(
    services: Services, reader: Reader, person: int, step: Step, now: datetime, *, own: bool
) -> Message | None:
    """Declines or removes them; they are told as was shown, and what hung on it is undone. None where it is done.

    Where the words of one's own are not there any more, they are asked for again rather than sent without.
    """
    if not reader.coordinates or reader.person is None:
        return not_yours()
    if person == reader.person.id:
        return not_about_yourself(person)
    words = _own_words(reader, person, now) if own else ""
    async with services.database.write() as tx:
        found = await network.one_volunteer(tx, services.community, person, services.guide.point)
        if found is None:
            return closed()
        done = found.state == STATES[step]
        if not done and (words or not own):
            await _write(tx, services, reader.person.id, person, step, words, now)
            done = True
    services.hurry.set()
    return None if done else await begin(services, reader, person, step, now)


async def _write(tx: Tx, services: Services, by: int, person: int, step: Step, words: str, now: datetime) -> None:
    community = services.community
    await network.set_volunteer(tx, community, person, now, state=STATES[step])
    await network_log.note(tx, community, by, step, f"v{person}", now)
    await leave(tx, community, person, now, helps_no_more=True)
    key = f"v{person}/{step}/{int(now.timestamp())}"
    await notices.add(tx, community, [NewNotice(person, "net_declined", key, now, {"text": words})])
    await people.set_step(tx, community, by, None)
    await network_log.mark_changed(tx, community)


def not_about_yourself(person: int) -> Message:
    """Nobody decides about themselves."""
    return Message(
        # NOTE: To a coordinator who is a volunteer too, and taps on their own page.
        (say("Another coordinator decides about you."),),
        (
            (
                Button(label("👤 Volunteer no. {number}", number=person), f"Nw:{person}"),
                Button(label("🤝 Overview"), "N"),
            ),
        ),
    )
