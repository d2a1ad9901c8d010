"""What a coordinator sees of the figures: which periods there are, one as a picture with a few words, its files."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from bot.cases import not_yours
from bot.core.model import Reader
from bot.core.numbers import Figures
from bot.core.periods import Period, last_ready, named, not_ready
from bot.core.rights import coordinates, may_organise, organisations
from bot.core.say import Button, Day, Document, Line, Message, Text, label, say
from bot.numbers import files, words
from bot.numbers.files import PAPER, Speech
from bot.numbers.reports import for_reader
from bot.numbers.words import Section
from bot.services import Services
from bot.sheets.writing import XLSX
from bot.store import reports

MOST_PERIODS = 12
IN_SHORT = ("days/activity", "days/meeting", "alive/3", "answered", "seats/audience")
"""What is said in words under the picture: a row of each."""


async def overview(services: Services, reader: Reader, now: datetime) -> Message:
    """The periods one can look at: those that are made, the last that is ready, and what is not ready yet."""
    if not may_organise(reader.person):
        return not_yours()
    made, waiting = await for_reader(services, now), not_ready(now)
    last = last_ready(now).id
    lines: list[Line] = [
        # NOTE: To a coordinator: head of the figures.
        say("📊 <b>Numbers</b>"),
        # NOTE: To a coordinator: which quarter or year the figures are of.
        say("Choose a quarter or a year."),
        _ready_on(waiting[0]),
    ]
    # NOTE: Button: a quarter "2026-Q4" whose figures are not made yet.
    buttons = [Button(label("⏳ {period}", period=each.id), f"ZN:{each.id}") for each in reversed(waiting)]
    # NOTE: Button: the figures of a quarter "2026-Q4" or a year "2026".
    buttons += [Button(label("📊 {period}", period=each), f"ZN:{each}") for each in _offered(made, last)]
    rows = [tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3)]
    return Message(lines, (*rows, (Button(label("📊 Not found"), "kn"), Button(label("◀️ Back"), "k"))))


def _offered(made: Sequence[str], last: str) -> tuple[str, ...]:
    return (*(() if last in made else (last,)), *made[:MOST_PERIODS])


def _ready_on(period: Period) -> Text:
    # NOTE: To a coordinator: {period} "Quarter 4 of 2026", {day} "Friday 08/01".
    return say("{period} is ready on {day}.", period=words.name_of(period), day=Day(period.ready_on))


async def _found(
    services: Services, reader: Reader, text: str, now: datetime
) -> tuple[Period, tuple[Section, ...]] | None:
    """What this reader may see of a period; None for one without figures. Of the last that is ready there always are
    some: where nothing was counted all of it is hidden, like everything under five."""
    period = named(text)
    if period is None:
        return None
    async with services.database.read() as tx:
        figures = await reports.figures(tx, services.community, text)
    if figures is None and text == last_ready(now).id:
        figures = Figures()
    return None if figures is None else (period, sections_for(services, reader, figures))


def _too_early(period: Period) -> Message:
    """A quarter that runs, or ended a few days ago."""
    return Message(
        (
            # NOTE: To a coordinator: head; the quarter is not over, or not ready yet.
            say("⏳ <b>{period}</b>", period=words.name_of(period)),
            _ready_on(period),
            # NOTE: To a coordinator: why the figures of a quarter that still runs are not shown.
            say("Until then all of it is hidden: who looks twice could see what one person did."),
        ),
        ((Button(label("📊 Not found"), "kn"), Button(label("◀️ Back"), "ZN")),),
    )


def sections_for(services: Services, reader: Reader, figures: Figures) -> tuple[Section, ...]:
    """Everything for a coordinator; for an organiser the seats of their own organisations' activities."""
    if coordinates(reader.person):
        return words.all_sections(services.guide, figures)
    return words.own_sections(services.guide, figures, organisations(reader.person))


async def show(services: Services, reader: Reader, text: str, now: datetime) -> Message:
    """The picture, and the most important figures in words."""
    if not may_organise(reader.person):
        return not_yours()
    waiting = next((each for each in not_ready(now) if each.id == text), None)
    if waiting is not None:
        return _too_early(waiting)
    await for_reader(services, now)
    found = await _found(services, reader, text, now)
    if found is None:
        return await overview(services, reader, now)
    period, sections = found
    speech = _speech(services, reader.language)
    picture = await asyncio.to_thread(files.page, speech, period, services.guide.community.name, sections, (), "png")
    lines: list[Line] = [say("📊 <b>{period}</b>", period=words.name_of(period)), *_in_short(sections)]
    if not any(each.rows for each in sections):
        # NOTE: To a coordinator, under a picture of figures in which each is hidden.
        lines.append(say("Everything is hidden: too few people."))
    # NOTE: To a coordinator, under a picture of figures.
    lines.append(say("Less than five is not shown."))
    # NOTE: Button: the same figures as a sheet for a spreadsheet program.
    rows: list[tuple[Button, ...]] = [
        (Button(label("📄 As a sheet"), f"ZX:{period.id}"), Button(label("◀️ Back"), "ZN"))
    ]
    if period.is_year and coordinates(reader.person):
        # NOTE: Button: the yearly report in Danish, as a PDF.
        rows.insert(0, (Button(label("📕 Report (Danish)"), f"ZP:{period.id}"),))
    return Message(lines, tuple(rows), document=Document(f"brobot-{period.id}.png", picture, "image/png"), protect=True)


def _in_short(sections: Sequence[Section]) -> list[Text]:
    """A line for the first row of each of the chosen sections."""
    own = [each for each in sections if each.name.startswith("seats/of/")]
    return [
        # NOTE: One figure in words: {figure} "Seats used", {who} "children", {said} "4 of 9".
        say("{figure} · {who}: {said}", figure=each.head, who=each.rows[0].label, said=each.rows[0].said)
        for each in [*(each for each in sections if each.name in IN_SHORT), *own[:3]]
        if each.rows
    ]


async def as_sheet(services: Services, reader: Reader, text: str, now: datetime) -> Message:
    """The same figures as a sheet."""
    if not may_organise(reader.person):
        return not_yours()
    found = await _found(services, reader, text, now)
    if found is None:
        return await overview(services, reader, now)
    content = await asyncio.to_thread(files.sheet, _speech(services, reader.language), *found)
    return Message(
        # NOTE: With a sheet of figures: {period} "Quarter 4 of 2026".
        (say("📄 The figures as a sheet: {period}", period=words.name_of(found[0])),),
        document=Document(f"brobot-{text}.xlsx", content, XLSX),
        protect=True,
    )


async def as_report(services: Services, reader: Reader, text: str, now: datetime) -> Message:
    """The yearly report in Danish as a PDF, for who coordinates the whole community."""
    if not coordinates(reader.person):
        return not_yours()
    found = await _found(services, reader, text, now)
    if found is None:
        return await overview(services, reader, now)
    content = await asyncio.to_thread(files.report, _speech(services, PAPER), services.guide.community.name, *found)
    return Message(
        # NOTE: With the yearly report, a PDF in Danish.
        (say("📕 The report in Danish: {period}", period=words.name_of(found[0])),),
        document=Document(f"brobot-{text}.pdf", content, "application/pdf"),
        protect=True,
    )


def _speech(services: Services, language: str) -> Speech:
    return Speech(language, services.catalogues, services.names)
