"""What a coordinator has to see to of the interpreters, for /today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.say import Button, Span, label, say
from bot.core.schedule import local_day
from bot.core.today import Found, Todo
from bot.store import interpreters, interpreting

if TYPE_CHECKING:  # it imports us
    from bot.today import Look


async def interpreters_wanted(look: Look) -> Found:
    """Who would like to interpret and was not spoken with, and what nobody has said yes to."""
    everyone = await interpreters.list_all(look.tx, look.community, look.guide.point, local_day(look.now))
    rows = [
        # NOTE: In the list of what needs a coordinator today: {number} "7".
        Todo(each.since, say("🆕 New interpreter no. {number}", number=each.person), _to(f"Iw:{each.person}"))
        for each in everyone
        if each.state == "new"
    ]
    rows += [
        Todo(
            each.task.made,
            # NOTE: In the list of what needs a coordinator today: {when} "Thursday 26/11 17:30–20:00".
            say("😔 No interpreter so far: {when}", when=Span(each.task.start, each.task.end)),
            _to(f"It:{each.task.id}"),
        )
        for each in await interpreting.open_tasks(look.tx, look.community)
        if each.task.told and each.task.state != "found"
    ]
    # NOTE: In the list of what needs a coordinator today.
    return Found(say("🗣 Interpreters"), rows)


def _to(data: str) -> Button:
    """The way to a row; its number in the list is its label."""
    return Button(label("{number}", number=0), data)
