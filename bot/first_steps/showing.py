"""How the first steps are shown: the month, one step at a time with its three answers, and where one stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.core.first_steps import Beginning, FirstStep, matter_now, months, still_to_come
from bot.core.query import Query, encode
from bot.core.say import Button, Content, Line, Message, Rows, Text, label, say, say_many
from bot.core.schedule import local_day
from bot.core.ways_on import FIND, PERSON
from bot.guide import Guide
from bot.people import main_menu

REMIND_IN = (1, 7, 30)
"""Days after which a step can be said again."""


def name_of(step: FirstStep) -> Content:
    return Content({language: said.title for language, said in step.texts.items()}, step.source)


def about(step: FirstStep) -> tuple[Text, Text]:
    """What a step is: its name, and what to know or do."""
    said = Content({language: text.about for language, text in step.texts.items()}, step.source)
    # NOTE: A first step in Denmark: {title} "The yellow card". “{about}”: what to know or do about it.
    return say("🧭 <b>{title}</b>", title=name_of(step)), say("{about}", about=said)


def none_written() -> Message:
    return Message(
        # NOTE: Where the municipality has not written what happens in the first time.
        (say("🧭 Nobody has written the first steps of this municipality yet. A person can help."),),
        main_menu(),
    )


def gone() -> Message:
    return Message(
        # NOTE: After a tap on a first step that is not there any more.
        (say("This step is not there any more."),),
        # NOTE: Button, opens what happens in the first time in Denmark.
        ((Button(label("🧭 First steps"), "s"), PERSON),),
    )


def ask_month(guide: Guide, today: date) -> Message:
    """When did you come? The month is enough."""
    buttons = [
        # NOTE: Button, a month in numbers: {month} "11/2026".
        Button(label("{month}", month=f"{each:%m/%Y}"), f"sm:{each:%Y%m}")
        for each in months(today)
    ]
    rows = [tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3)]
    return Message(
        (
            # NOTE: Head of the first steps: what happens in the first time, told one thing at a time.
            say("🧭 <b>First steps in {community}</b>", community=guide.community.name),
            say("I tell you what comes, one small thing at a time, when it matters."),
            "",
            # NOTE: Under it are months in numbers to choose from. “here” is the municipality.
            say("<b>When did you move here?</b> The month is enough. We ask nothing more."),
        ),
        (
            *rows,
            # NOTE: Buttons under “When did you move here?”. “🕰 Earlier”: longer than a year ago. “📦 Not yet”: the
            # reader has not moved here yet.
            (Button(label("🕰 Earlier"), "sm:0"), Button(label("📦 Not yet"), "sm:1")),
        ),
    )


def overview(guide: Guide, beginning: Beginning, now: datetime, notes: Sequence[Text] = ()) -> Message:
    """The step that matters now, or that none does; how many more do, and how many come later."""
    today = local_day(now)
    open_now = matter_now(guide.first_steps, beginning, today)
    if open_now:
        return one(guide, beginning, open_now[0], now, notes)
    later = still_to_come(guide.first_steps, beginning, today)
    lines: list[Line] = [*notes, *([""] if notes else [])]
    # NOTE: First steps: nothing waits for the reader at the moment.
    lines.append(say("🧭 <b>Nothing to do right now</b>"))
    lines += _later(beginning, later)
    return Message(lines, _ways_on(beginning))


def _later(beginning: Beginning, later: int) -> list[Line]:
    if beginning.came is None:
        # NOTE: First steps, to somebody who has not moved here yet. 🏠 is the button below.
        return [say("When you have moved here, tap 🏠. Then I tell you what comes.")]
    if later:
        # NOTE: First steps: {n} things come later; the bot writes by itself.
        return [say_many("{n} thing comes later. I write to you.", "{n} things come later. I write to you.", later)]
    # NOTE: First steps: all of them are behind the reader.
    return [say("You have come through all of them. Well done.")]


def _ways_on(beginning: Beginning) -> Rows:
    # NOTE: “🏠 I am here now”: Button of somebody who had not moved here yet. “📅 Another month”: to correct when one
    # moved here. “🗑 No more steps”: the bot tells no more first steps and forgets the month.
    here = ((Button(label("🏠 I am here now"), "sm:2", style="yes"),),) if beginning.came is None else ()
    month = Button(label("📅 Another month"), "sw")
    stop = Button(label("🗑 No more steps"), "sx")
    return (*here, (month, stop), (FIND, PERSON))


def one(guide: Guide, beginning: Beginning, step: FirstStep, now: datetime, notes: Sequence[Text] = ()) -> Message:
    """One step with its three answers, and the next one a tap away."""
    open_now = matter_now(guide.first_steps, beginning, local_day(now))
    lines: list[Line] = [*notes, *([""] if notes else []), *about(step)]
    at = next((number for number, each in enumerate(open_now) if each.id == step.id), None)
    if step.id in beginning.done:
        # NOTE: On a first step that the reader has ticked.
        lines += ["", say("✅ You have done this.")]
    elif at is not None and len(open_now) > 1:
        # NOTE: First steps that matter now: {number} "2" of {all} "5".
        lines += ["", say("{number} of {all} that matter now", number=at + 1, all=len(open_now))]
    paging = _paging(open_now, at) if at is not None else ()
    done = step.id in beginning.done
    return Message(lines, (*answers(step, done=done), *((paging,) if paging else ()), *_end(beginning, open_now, at)))


def _end(beginning: Beginning, open_now: Sequence[FirstStep], at: int | None) -> Rows:
    if at is not None and len(open_now) > 1:
        return ((Button(label("📅 Another month"), "sw"), Button(label("🗑 No more steps"), "sx")),)
    return _ways_on(beginning)[:-1] if at is not None else ((Button(label("🧭 First steps"), "s"),),)


def _paging(open_now: Sequence[FirstStep], at: int) -> tuple[Button, ...]:
    return (
        *((Button(label("◀️ Back"), f"ss:{open_now[at - 1].id}"),) if at else ()),
        # NOTE: Button, the next first step that matters now.
        *((Button(label("▶️ Next"), f"ss:{open_now[at + 1].id}"),) if at + 1 < len(open_now) else ()),
    )


def answers(step: FirstStep, *, done: bool = False) -> Rows:
    """I have done it, remind me, a person; and what there is that helps."""
    # NOTE: “✅ I have done it”: Button on a first step. “↩️ Not done yet”: takes that back.
    tick = (
        Button(label("↩️ Not done yet"), f"su:{step.id}")
        if done
        else Button(label("✅ I have done it"), f"sd:{step.id}", style="yes")
    )
    # NOTE: Button on a first step: a human being is asked to answer here, about this step.
    person = Button(label("🙋 I want a person"), f"sh:{step.id}")
    # NOTE: Button on a first step, lists activities that help with it.
    near = (Button(label("🔎 What there is"), f"f:{encode(Query(topics=step.topics[:2]))}"),) if step.topics else ()
    remind = () if done else (Button(label("⏰ Remind me"), f"sr:{step.id}"),)
    return ((tick,), (*remind, person), *((near,) if near else ()))


def ask_when(step: FirstStep) -> Message:
    """When shall I say it again?"""
    rows = (
        # NOTE: Button: the bot says a first step again tomorrow at 10:00.
        (Button(label("⏰ Tomorrow"), f"sR:{step.id}:1"),),
        # NOTE: Button: the bot says a first step again in seven days.
        (Button(label("⏰ In a week"), f"sR:{step.id}:7"),),
        # NOTE: Button: the bot says a first step again in thirty days.
        (Button(label("⏰ In a month"), f"sR:{step.id}:30"),),
        (Button(label("◀️ Back"), f"ss:{step.id}"),),
    )
    return Message((say("⏰ <b>When shall I remind you?</b>"), say("{title}", title=name_of(step))), rows)
