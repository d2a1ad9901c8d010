"""The rule of the fixed meetings, changed by taps: which weekday of which months, and from when to when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.core.meetings.dates import AHEAD, lacking, rule_days, span_of
from bot.core.meetings.model import Rule
from bot.core.model import Reader
from bot.core.say import Button, Message, Span, Text, label, say
from bot.core.schedule import local_day
from bot.editing.reading import hours_in
from bot.meetings.asking import answered, ask
from bot.meetings.words import home, runs
from bot.services import Services
from bot.store import charters, communities

NTHS = (1, 2, 3, 4, 5, -1)
SHOWN = 4


def coded(rule: Rule) -> str:
    """A rule in a button: which, weekday, months as bits, from, to."""
    bits = sum(1 << month for month in rule.months)
    return f"{rule.nth}:{rule.weekday}:{bits}:{rule.start:%H%M}:{rule.end:%H%M}"


def months_of(bits: int) -> tuple[int, ...]:
    return tuple(month for month in range(1, 13) if bits >> month & 1)


def _nth_name(nth: int) -> Text:
    return {
        # NOTE: Of the Tuesdays of a month the first.
        1: say("first"),
        # NOTE: Of the Tuesdays of a month the second.
        2: say("second"),
        # NOTE: Of the Tuesdays of a month the third.
        3: say("third"),
        # NOTE: Of the Tuesdays of a month the fourth.
        4: say("fourth"),
        # NOTE: Of the Tuesdays of a month the fifth, which some months lack.
        5: say("fifth"),
        # NOTE: Of the Tuesdays of a month the last.
        -1: say("last"),
    }[nth]


def weekday_name(weekday: int) -> Text:
    return (
        # NOTE: A weekday by itself.
        say("Monday"),
        say("Tuesday"),
        say("Wednesday"),
        say("Thursday"),
        say("Friday"),
        say("Saturday"),
        say("Sunday"),
    )[weekday]


async def show(
    services: Services, reader: Reader, now: datetime, rule: Rule | None = None, note: Text | None = None
) -> Message:
    """The rule with the days that it gives, and a tap for each change. Nothing counts before “use it”."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    assert services.guide.charter is not None
    kept = services.guide.charter.rule
    rule = rule or kept
    today = local_day(now)
    lines: list[Text | str] = [
        *((note, "") if note else ()),
        # NOTE: Head: when the fixed meetings of the network are held.
        say("📆 <b>The fixed meetings</b>"),
        # NOTE: When fixed meetings are held: {weekday} "Tuesday", {which} "second"; the months are on the buttons.
        say("Day: {weekday}, the {which} of the month.", which=_nth_name(rule.nth), weekday=weekday_name(rule.weekday)),
        # NOTE: The months of the fixed meetings by number: {months} "2, 5, 8, 11".
        say("Months: {months}", months=", ".join(str(month) for month in rule.months) or "–"),
        *_given(rule, today),
    ]
    rows = [
        tuple(Button(_ticked(_nth_name(each), each == rule.nth), _to(replace(rule, nth=each))) for each in part)
        for part in (NTHS[:3], NTHS[3:])
    ]
    days = [Button(_ticked(weekday_name(at), at == rule.weekday), _to(replace(rule, weekday=at))) for at in range(7)]
    rows += [tuple(days[:2]), tuple(days[2:4]), tuple(days[4:])]
    months = [Button(_ticked(str(month), month in rule.months), _to(_toggled(rule, month))) for month in range(1, 13)]
    rows += [tuple(months[at : at + 4]) for at in range(0, 12, 4)]
    # NOTE: “🕐 Hours”: asks from when to when. “✅ This rule”: fixed meetings follow it from now on.
    is_new = rule != kept and refused(rule, today) is None
    use = (Button(label("✅ This rule"), f"MR:{coded(rule)}", style="yes"),) if is_new else ()
    return Message(lines, (*rows, (Button(label("🕐 Hours"), f"MH:{coded(rule)}"), *use), (home(),)))


def _ticked(name: Text | str, on: bool) -> Text:  # a tick is on or not
    # NOTE: Button, one of several to choose: {name} "second", "Tuesday", "2" (February); ticked.
    return label("✅ {name}", name=name) if on else label("{name}", name=name)


def _to(rule: Rule) -> str:
    return f"Mr:{coded(rule)}"


def _toggled(rule: Rule, month: int) -> Rule:
    return replace(rule, months=tuple(sorted({*rule.months} ^ {month})))


def _given(rule: Rule, today: date) -> list[Text]:
    """The next days of the rule, or why it gives none."""
    wrong = refused(rule, today)
    if wrong is not None:
        return [wrong]
    coming = rule_days(rule, today, today + AHEAD)[:SHOWN]
    return [say("📅 {when}", when=Span(*span_of(rule, day))) for day in coming]


def refused(rule: Rule, today: date) -> Text | None:
    """Why fixed meetings cannot follow this rule; None where they can."""
    if not rule.months:
        # NOTE: To who sets the rule of the fixed meetings.
        return say("⚠️ Without a month there is no date. Tap at least one.")
    missing = lacking(rule, today)
    if missing is not None:
        # NOTE: To who sets the rule of the fixed meetings: {month} "2", {year} "2027" has no fifth Tuesday.
        return say(
            "⚠️ Month {month} of {year} has no such day. Choose the fourth or the last.",
            month=missing.month,
            year=str(missing.year),
        )
    return None


async def ask_hours(services: Services, reader: Reader, rule: Rule, note: Text | None = None) -> Message:
    """From when to when? The next text is the answer."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    lines = [
        *((note, "") if note else ()),
        say("🕐 <b>From when to when?</b>"),
        say("Write it, such as: 17.30-20."),
    ]
    # NOTE: Button, back to the rule of the fixed meetings.
    back = Button(label("📆 Fixed days"), _to(rule))
    return await ask(services, reader, f"hours:{coded(rule)}", 0, lines, back)


async def hours_typed(services: Services, reader: Reader, rule: Rule, text: str, now: datetime) -> Message:
    found = [(start, end) for start, end in hours_in(services, reader, text, now) if end is not None and start < end]
    if not found:
        return await ask_hours(services, reader, rule, say("⚠️ I do not know that time. Write it such as: 17.30-20."))
    async with services.database.write() as tx:
        await answered(tx, services, reader)
    start, end = found[0]
    return await show(services, reader, now, replace(rule, start=start, end=end))


async def use(services: Services, reader: Reader, rule: Rule, now: datetime) -> Message:
    """Fixed meetings follow the rule from now on; the next tick plans them, and who was asked to one is told once."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    if refused(rule, local_day(now)) is not None or rule.start >= rule.end:
        return await show(services, reader, now, rule)
    async with services.database.write() as tx:
        await charters.change_rule(tx, services.community, rule)
        await communities.touch(tx, services.community)
    await services.current.refresh(now)
    # NOTE: After the rule of the fixed meetings was changed.
    note = say("✅ The fixed meetings follow this rule now. What you moved by hand stays.")
    return await show(services, reader, now, note=note)
