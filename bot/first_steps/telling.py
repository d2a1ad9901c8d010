"""What the notices of the first steps say: a step when its time comes, or again as somebody asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.core.first_steps import FirstStep
from bot.core.say import Button, Message, label, say
from bot.first_steps.showing import about, answers
from bot.store import first_steps

if TYPE_CHECKING:  # it imports us
    from bot.telling import Tell, Telling


async def first_step(telling: Telling) -> Message | None:
    """One step, when it begins to matter."""
    step = await _still_open(telling)
    if step is None:
        return None
    return Message(about(step), (*answers(step), (Button(label("🧭 First steps"), "s"),)))


async def first_step_asked(telling: Telling) -> Message | None:
    """One step again, as the reader asked."""
    step = await _still_open(telling)
    if step is None:
        return None
    return Message((say("⏰ <b>You asked me to remind you</b>"), *about(step)), answers(step))


async def _still_open(telling: Telling) -> FirstStep | None:
    """The step, unless it is gone, done, or the reader wants no more of them."""
    beginning = await first_steps.beginning_of(telling.tx, telling.guide.community.id, telling.person.id)
    name = telling.content["step"]
    if beginning is None or name in beginning.done:
        return None
    return next((each for each in telling.guide.first_steps if each.id == name), None)


KINDS: Mapping[str, Tell] = {"first_step": first_step, "first_step_asked": first_step_asked}
