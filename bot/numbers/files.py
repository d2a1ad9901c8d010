"""Figures as files: a picture for the chat, the report on paper, a sheet; all from the same sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.hiding import LEAST
from bot.core.periods import Period
from bot.core.say import Text, say
from bot.i18n import Catalogues, Names, clean, say_plain
from bot.numbers.words import Section, name_of
from bot.paper import Form, typeset
from bot.sheets.writing import Row, as_xlsx

RIGHT_TO_LEFT = frozenset({"ar"})
PAPER = "da"
"""The language of the report on paper: it is for the municipality."""

HEADINGS: tuple[Text, ...] = (
    # NOTE: Heading of a column of figures: what was measured.
    say("Figure"),
    # NOTE: Heading of a column of figures: which organisation, topic, group.
    say("For"),
    # NOTE: Heading of a column of figures: how many.
    say("Number"),
    # NOTE: Heading of a column of figures: out of how many.
    say("Of"),
    # NOTE: Heading of a column of figures: the median number of days.
    say("Days"),
    # NOTE: Heading of a column of figures: the figure in words.
    say("In words"),
)


class Speech:
    """Says texts in one language, as they stand on paper."""

    def __init__(self, language: str, catalogues: Catalogues, names: Names) -> None:
        self.language = language
        self._catalogues, self._names = catalogues, names

    def __call__(self, text: Text) -> str:
        return say_plain(text, self.language, self._catalogues, self._names)


def nothing() -> Text:
    # NOTE: In the place of a figure that is hidden.
    return say("Too few people to show it.")


def notes() -> tuple[Text, ...]:
    """What a reader of the figures has to know."""
    return (
        # NOTE: Under figures: {least} "5".
        say("Counts under {least} are hidden, and so is whatever they could be reckoned from.", least=LEAST),
        # NOTE: Under figures. “Days” and “still meeting” come only from people who said yes to statistics.
        say("Days and pairs: only of people who said yes to statistics. All else is counted without persons."),
        # NOTE: Under figures: what a median is.
        say("The median is the one in the middle: half took less, half took more."),
    )


def page(
    speech: Speech, period: Period, community: str, sections: Sequence[Section], lead: Sequence[Text], form: Form
) -> bytes:
    """A picture (`png`) or the pages of a report (`pdf`). It takes some tenths of a second: not in the loop."""
    values = {
        "language": speech.language,
        "rtl": speech.language in RIGHT_TO_LEFT,
        "paper": form == "pdf",
        "head": speech(name_of(period)),
        "below": community,
        "lead": [speech(each) for each in lead],
        "sections": [_section(speech, each, MOST_ROWS[form]) for each in sections],
        "notes": [speech(each) for each in notes()],
    }
    return typeset("numbers", values, form)


def report(speech: Speech, community: str, period: Period, sections: Sequence[Section]) -> bytes:
    """The pages of the report."""
    lead = (
        # NOTE: On the first page of the report: what it is about.
        say("What became of it: how soon people found something to take part in, and what was missing."),
    )
    return page(speech, period, community, sections, lead, "pdf")


MOST_ROWS: Mapping[Form, int] = {"png": 6, "pdf": 15}
"""Bars of one section: few in a picture, which is read on a phone; the sheet has all."""


def _section(speech: Speech, section: Section, most: int) -> dict[str, Any]:
    more = len(section.rows) - most
    return {
        "head": speech(section.head),
        "nothing": speech(nothing()),
        # NOTE: Under the bars of a figure: {count} rows are only in the sheet.
        "more": speech(say("More in the sheet: {count}", count=more)) if more > 0 else "",
        "rows": [
            {"label": speech(row.label), "said": speech(row.said), "part": row.part} for row in section.rows[:most]
        ],
    }


def sheet(speech: Speech, period: Period, sections: Sequence[Section]) -> bytes:
    """The same figures as a book with one sheet; a figure that is hidden has its words and no number."""
    rows: list[Row] = [tuple(speech(each) for each in HEADINGS)]
    for section in sections:
        head = clean(speech(section.head))
        if not section.rows:
            rows.append((head, None, None, None, None, clean(speech(nothing()))))
        for row in section.rows:
            words = clean(speech(row.label)), clean(speech(row.said))
            rows.append((head, words[0], row.number, row.of, row.days, words[1]))
    rows += [(clean(speech(each)),) for each in notes()]
    return as_xlsx({clean(speech(name_of(period))): rows}, rtl=speech.language in RIGHT_TO_LEFT)
