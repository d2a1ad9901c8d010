"""What somebody interprets, for a phone's calendar: what is moved or called off follows by UID and SEQUENCE."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.core.feed import OURS
from bot.core.interpreting.model import Task
from bot.core.model import Reader
from bot.core.say import Document, Message, say
from bot.i18n import say_plain
from bot.interpreting.words import closed
from bot.services import Services
from bot.store import interpreting

if TYPE_CHECKING:
    from bot.calendar_file import Appointment

FILE = "brobot-interpreting.ics"


def appointments(services: Services, tasks: Sequence[Task], language: str, *, theirs: bool = True) -> list[Appointment]:
    """Tasks as a calendar keeps them; those that are not `theirs` any more are cancelled in it.

    Others see the phone: no name, and of a coordinator's conversation not the place either.
    """
    from bot.calendar_file import Appointment as Made  # noqa: PLC0415 # its library takes 0.15 s that a start is spared

    # NOTE: In the calendar of somebody who interprets; others see the phone.
    title = say_plain(say("Interpreting"), language, services.catalogues, services.names)
    return [
        Made(
            uid=f"{services.community}.interpreting.{each.id}{OURS}",
            sequence=each.sequence,
            title=title,
            start=each.start,
            end=each.end,
            venue=each.where if theirs and each.kind != "case" else "",
            cancelled=not theirs,
        )
        for each in tasks
    ]


async def calendar(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """The file of one task for who comes; for who was to come, the same as cancelled."""
    async with services.database.read() as tx:
        task = await interpreting.one_task(tx, services.community, number)
        asked = await interpreting.asked_for(tx, services.community, number)
    own = next((each for each in asked if reader.person and each.person == reader.person.id), None)
    if task is None or own is None:
        return closed()
    theirs = task.interpreter == own.person and task.state in ("found", "over")
    if not theirs and own.answer not in ("silent", "cannot"):
        return closed()
    from bot.calendar_file import MIME, calendar_file  # noqa: PLC0415 # as above

    found = appointments(services, [task], reader.language, theirs=theirs)
    content = calendar_file((), language=reader.language, now=now, appointments=found)
    # NOTE: With a calendar file, to an interpreter who need not or cannot come.
    gone = say("📅 Open this file, and it is taken out of your phone's calendar.")
    said = say("📅 Open this file, and your phone's calendar has it.") if theirs else gone
    return Message((said,), document=Document(FILE, content, MIME))
