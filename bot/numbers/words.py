"""Figures in words: sections of rows, which the chat, the picture, the sheet and the report all show alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.activities import title, town
from bot.core.hiding import Share, Shown
from bot.core.numbers import ALIVE_AFTER, REST, Figures
from bot.core.periods import Period
from bot.core.say import Text, Word, say
from bot.guide import Guide


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: what it is for, its figure in words and as numbers (`number`, perhaps `of` so many, or `days`), and how
    long it is (0 to 1, of the longest of its section)."""

    label: Text
    said: Text
    part: float
    number: int | None = None
    of: int | None = None
    days: float | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A measure: its head and its rows; none where all of it is under five."""

    name: str
    head: Text
    rows: tuple[Row, ...]


def name_of(period: Period) -> Text:
    if period.is_year:
        # NOTE: Head of figures: {year} "2026".
        return say("The year {year}", year=period.id)
    year, _, number = period.id.partition("-Q")
    # NOTE: Head of figures: {number} "4", {year} "2026".
    return say("Quarter {number} of {year}", number=number, year=year)


def all_sections(guide: Guide, found: Figures) -> tuple[Section, ...]:
    """Everything, for those who coordinate the whole community."""
    return (
        # NOTE: Head of a figure: how long it took people from saying yes to the bot until they took part in something.
        _days(found, "activity", say("From first contact to first activity")),
        # NOTE: Head of a figure: Let's Network, from the request for a person to the first meeting of the two.
        _days(found, "meeting", say("From a request to the first meeting")),
        *(
            # NOTE: Head of a figure: Let's Network, how many pairs still meet. {months} "3".
            _shares(found, f"alive/{months}", say("Still meeting after {months} months", months=months))
            for months in ALIVE_AFTER
        ),
        # NOTE: Head of a figure: who asked for a person and got an answer within 24 hours.
        _shares(found, "answered", say("Answered by a person within a day")),
        # NOTE: Head of a figure: seats of activities that have a limit.
        _seats(guide, found, "seats/organisation", say("Seats used, by organisation")),
        # NOTE: Head of a figure: seats of activities for children, for young people, for others.
        _seats(guide, found, "seats/audience", say("Seats used, by whom they are for")),
        # NOTE: Head of a figure: what people looked for in vain.
        _counts(guide, found, "need/topic", say("Asked for and not found, by topic")),
        _counts(guide, found, "need/place", say("Asked for and not found, by town")),
        _counts(guide, found, "need/language", say("Asked for and not found, by language")),
    )


def own_sections(guide: Guide, found: Figures, organisations: Collection[str]) -> tuple[Section, ...]:
    """Only the seats of these organisations, for who looks after their activities."""
    hosts = _seats(guide, found, "seats/organisation", say("{name}", name="")).rows
    own = []
    for each in sorted(organisations):
        name = guide.organisations[each].name if each in guide.organisations else each
        # NOTE: Head of a figure: {organisation} "Ringe Boldklub".
        head = say("Seats used: {organisation}", organisation=name)
        label = _label(guide, "seats/organisation", each)
        rows = [row for row in hosts if row.label == label]
        own.append(Section(f"seats/of/{each}", head, (*rows, *_seats(guide, found, f"seats/of/{each}", head).rows)))
    return tuple(own)


def _rows(found: Figures, name: str) -> Iterator[tuple[str, int]]:
    """The rows of a list, and what is left of it together."""
    shown = found.lists.get(name, Shown())
    yield from shown.rows
    if shown.rest is not None:
        yield REST, shown.rest


def _least(found: Figures, name: str, said: Text) -> Text:
    # NOTE: A figure of a year of which some quarters are hidden: {figure} "12" or "12 of 40".
    return say("at least {figure}", figure=said) if found.lists.get(name, Shown()).at_least else said


def _days(found: Figures, measure: str, head: Text) -> Section:
    name = f"days/{measure}"
    medians = found.medians.get(name, {})
    longest = max(medians.values(), default=0) or 1
    rows = [
        Row(
            _group(row),
            # NOTE: A figure: {days} "12"; {count} people of whom half took less, half more.
            say("{days} days (median of {count})", days=int(medians[row] + 0.5), count=count),
            medians[row] / longest,
            count,
            days=medians[row],
        )
        for row, count in _rows(found, name)
        if row in medians
    ]
    return Section(name, head, tuple(rows))


def _shares(found: Figures, measure: str, head: Text) -> Section:
    name, shares = f"of/{measure}", found.shares.get(measure, {})
    rows = [_share_row(_group(row), shares.get(row, Share(count))) for row, count in _rows(found, name)]
    return Section(measure, head, tuple(rows))


def _share_row(label: Text, share: Share) -> Row:
    total, few = share.total or 0, 4
    if share.yes is not None:
        # NOTE: A figure: {yes} of {total} people.
        return Row(label, say("{yes} of {total}", yes=share.yes, total=total), share.yes / total, share.yes, total)
    if share.nearly == "all":
        # NOTE: A figure that is not told exactly: {yes} "36", {total} "40".
        said = say("at least {yes} of {total}", yes=total - few, total=total)
        return Row(label, said, (total - few) / total, None, total)
    if share.nearly == "none":
        # NOTE: A figure that is not told exactly: {most} "4", {total} "40".
        return Row(label, say("at most {most} of {total}", most=few, total=total), few / total, None, total)
    # NOTE: A figure: of {total} people it is not told how many.
    return Row(label, say("of {total}: hidden", total=total), 0.0, None, total)


def _seats(guide: Guide, found: Figures, name: str, head: Text) -> Section:
    rows = []
    capacity: Mapping[str, int] = found.capacity.get(name, {})
    for row, used in _rows(found, name):
        of = max(capacity.get(row, 0), used)
        said = _least(found, name, say("{yes} of {total}", yes=used, total=of))
        rows.append(Row(_label(guide, name, row), said, used / of, used, of))
    return Section(name, head, tuple(rows))


def _counts(guide: Guide, found: Figures, name: str, head: Text) -> Section:
    most = max((count for _, count in _rows(found, name)), default=1)
    rows = [
        Row(_label(guide, name, row), _least(found, name, say("{count}", count=count)), count / most, count)
        for row, count in _rows(found, name)
    ]
    return Section(name, head, tuple(rows))


def _group(row: str) -> Text:
    if row in ("children", "youth"):
        return say("{who}", who=Word("audience", row))
    if row == REST:
        # NOTE: A row of figures: whatever is not named above it, as it would be too few.
        return say("all others together")
    # NOTE: A row of figures: everybody who asked for a person.
    # NOTE: A row of figures: activities that are for neither children nor young people only.
    return say("all") if row == "all" else say("others")


def _label(guide: Guide, name: str, row: str) -> Text:
    """What a row of a list is called in the reader's language."""
    if row == REST or name == "seats/audience":
        return _group(row)
    if name == "need/place":
        place = guide.places.get(row)
        return say("{name}", name=town(place)) if place else say("anywhere")
    if name == "need/topic":
        known = row in guide.topics.ids("topic")
        return say("{name}", name=Word("topic", row)) if known else say("anything")
    if name == "need/language":
        return say("{name}", name=Word("language", row) if row in guide.topics.ids("language") else row)
    if name == "seats/organisation":
        return say("{name}", name=guide.organisations[row].name if row in guide.organisations else row)
    activity = guide.activities.get(int(row))
    # NOTE: A row of figures: an activity that has been removed since.
    return say("{name}", name=title(activity)) if activity else say("an activity that is gone")
