"""The coordinator's desk for announcements: the list, one announcement, its versions, and volunteers asked for them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from bot.announcing import words
from bot.announcing.reaching import reach
from bot.cases import not_yours
from bot.core.announcing.model import Announcement, Version
from bot.core.model import Reader
from bot.core.say import Button, Line, Message, Text, label, say
from bot.services import Services
from bot.store import announcements, people
from bot.store.database import Tx

AT_ONCE = 6
SHOWN = 160
"""Characters of a text on the desk."""

_TAG = re.compile(r"</?[a-z]+[^<>]*>")


P = ParamSpec("P")
Step = Callable[Concatenate[Services, Reader, P], Coroutine[Any, Any, Message]]


class GoneError(Exception):
    """It is no more, or has changed so that this cannot be done with it."""


def for_coordinators(step: Step[P]) -> Step[P]:
    """A use-case of coordinators: others are told that it is theirs, and of what is gone that it is."""

    @wraps(step)
    async def guarded(services: Services, reader: Reader, /, *args: P.args, **values: P.kwargs) -> Message:
        if not reader.coordinates:
            return not_yours()
        try:
            return await step(services, reader, *args, **values)
        except GoneError:
            return stale(reader)

    return guarded


async def one(tx: Tx, services: Services, number: int) -> Announcement:
    """An announcement. Raises GoneError."""
    found = await announcements.one(tx, services.community, number)
    if found is None:
        raise GoneError
    return found


async def open_one(tx: Tx, services: Services, number: int) -> Announcement:
    """One that nobody has yet. Raises GoneError."""
    found = await one(tx, services, number)
    if not found.is_open:
        raise GoneError
    return found


def opening(announcement: Announcement) -> str:
    """How it begins, in the language it was written in: its name on the desk."""
    version = announcement.versions.get(announcement.source) or next(iter(announcement.versions.values()), None)
    text = plain(version) if version else ""
    return text.split("\n")[0][:40] or "🎙"


def plain(version: Version) -> str:
    """Its text without marks."""
    return html.unescape(_TAG.sub("", "\n".join(version.texts)))


@for_coordinators
async def overview(services: Services, reader: Reader, page: int = 0) -> Message:
    """What was written, the newest first."""
    assert reader.person is not None
    async with services.database.write() as tx:
        if reader.person.step and "announce" in reader.person.step:
            await people.set_step(tx, services.community, reader.person.id, None)
        found = await announcements.listed(tx, services.community, AT_ONCE + 1, page * AT_ONCE)
    # NOTE: To a coordinator, above the messages to many.
    lines: list[Line] = [say("📣 <b>Announcements</b>")]
    if not found:
        lines.append(say("There is none yet."))
    for each in found[:AT_ONCE]:
        lines += ["", say("<b>{number}.</b> {text}", number=each.id, text=opening(each)), words.state(each)]
    buttons = [Button(label("{number}", number=each.id), f"Bo:{each.id}") for each in found[:AT_ONCE]]
    paging = (
        *((Button(label("◀️ Back"), f"B:{page - 1}"),) if page else ()),
        *((Button(label("▶️ More"), f"B:{page + 1}"),) if len(found) > AT_ONCE else ()),
    )
    # NOTE: Button of a coordinator: writes a new message to many.
    new = (Button(label("✍️ New announcement"), "Bn", style="yes"), Button(label("🗂 Coordinate"), "k"))
    rows = [tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3)]
    return Message(lines, tuple(row for row in (*rows, paging, new) if row))


def stale(reader: Reader) -> Message:
    """It is gone, or has changed so that this cannot be done any more."""
    if not reader.coordinates:
        return not_yours()
    return Message(
        # NOTE: To a coordinator: an announcement was deleted, sent or changed meanwhile.
        (say("That cannot be done with this announcement any more."),),
        ((Button(label("📣 Announcements"), "B"),),),
    )


@for_coordinators
async def page(
    services: Services, reader: Reader, number: int, now: datetime, *, notes: Sequence[Text] = (), tx: Tx | None = None
) -> Message:
    """One announcement: what it says, to whom, when, and what can be done with it now."""
    assert reader.person is not None
    if tx is None:
        async with services.database.write() as opened:
            step = reader.person.step
            if step and step.get("announce") == number:  # its writer has come back without a word
                await people.set_step(opened, services.community, reader.person.id, None)
            return await page(services, reader, number, now, notes=notes, tx=opened)
    found = await one(tx, services, number)
    lines: list[Line] = [*notes, *([""] if notes else [])]
    # NOTE: Head of one announcement: {number} "4".
    lines += [say("📣 <b>Announcement no. {number}</b>", number=number), words.state(found)]
    if found.versions:
        lines += ["", say("“{text}”", text=plain(_first(found))[:SHOWN])] if plain(_first(found)) else [""]
        lines += [words.version(language, found.versions.get(language)) for language in services.catalogues.languages]
    if found.is_open:
        how_many = await reach(tx, services, found, now)
        lines += [
            "",
            words.audience(services, found.audience),
            say("👥 People: {n}", n=how_many.persons),
            *words.options(services, found),
        ]
    return Message(lines, rows(found))


def _first(found: Announcement) -> Version:
    return found.versions.get(found.source) or next(iter(found.versions.values()))


def rows(found: Announcement) -> tuple[tuple[Button, ...], ...]:
    number = found.id
    back = Button(label("📣 Announcements"), "B")
    # NOTE: Button: the announcement in the other languages.
    languages = Button(label("🌍 Languages"), f"Bv:{number}")
    # NOTE: Button: shows an announcement as people will see it.
    see = Button(label("👁 Preview"), f"Bg:{number}")
    if found.is_open:
        return (
            # NOTE: Button: who gets an announcement.
            (languages, Button(label("👥 To whom"), f"Ba:{number}")),
            # NOTE: “🕐 When”: when an announcement is sent. “⚙️ How”: what happens without a translation, and more.
            (Button(label("🕐 When"), f"Bt:{number}"), Button(label("⚙️ How"), f"Bm:{number}")),
            # NOTE: Button: shows who gets which language, before sending.
            (see, Button(label("📋 Check and send"), f"Bs:{number}", style="yes")),
            # NOTE: Button of a coordinator: an announcement that is not sent is cancelled.
            (Button(label("🗑 Cancel it"), f"BX:{number}", style="no"), back),
        )
    if found.state == "cancelled":
        return ((see, back),)
    rows: list[tuple[Button, ...]] = [(Button(label("📊 Report"), f"Br:{number}"), languages)]
    if found.state == "sending":
        # NOTE: “▶️ Go on”: sends on after a pause. “⏸ Pause”: no more is sent until one goes on.
        pause = (
            Button(label("▶️ Go on"), f"BZ:{number}", style="yes")
            if found.paused
            else Button(label("⏸ Pause"), f"Bz:{number}")
        )
        # NOTE: Button of a coordinator: what is not sent of an announcement never will be.
        rows.append((pause, Button(label("⛔ Stop it"), f"BX:{number}", style="no")))
    return (*rows, (see, back))
