"""The catalogues' own phrases: how a date, a clock time, a distance, a price and a list are put together in a language.

Numbers are Latin digits and clocks have 24 hours in every language. No pattern comes from CLDR: its Tigrinya writes the
month before the day, a 12-hour clock and the past like the future.
"""

from __future__ import annotations

from typing import NamedTuple


class Phrase(NamedTuple):
    """A sentence that code looks up by itself, with its context, and its plural where it counts."""

    context: str
    msgid: str
    plural: str | None = None


def phrase(context: str, msgid: str) -> Phrase:
    """Extracted with its context."""
    return Phrase(context, msgid)


def phrase_many(context: str, singular: str, plural: str) -> Phrase:
    """Extracted with its context and plural."""
    return Phrase(context, singular, plural)


# NOTE: A weekday as it stands before a date: "Thursday 26/11".
MONDAY = phrase("date", "Monday")
# NOTE: A weekday as it stands before a date.
TUESDAY = phrase("date", "Tuesday")
# NOTE: A weekday as it stands before a date.
WEDNESDAY = phrase("date", "Wednesday")
# NOTE: A weekday as it stands before a date.
THURSDAY = phrase("date", "Thursday")
# NOTE: A weekday as it stands before a date.
FRIDAY = phrase("date", "Friday")
# NOTE: A weekday as it stands before a date.
SATURDAY = phrase("date", "Saturday")
# NOTE: A weekday as it stands before a date.
SUNDAY = phrase("date", "Sunday")
WEEKDAYS = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY)  # as date.weekday() counts

# NOTE: Where {part} is used: 05:00 to 11:59.
MORNING = phrase("date", "in the morning")
# NOTE: Where {part} is used: 12:00 to 17:59.
AFTERNOON = phrase("date", "in the afternoon")
# NOTE: Where {part} is used: 18:00 to 21:59.
EVENING = phrase("date", "in the evening")
# NOTE: Where {part} is used: 22:00 to 04:59.
NIGHT = phrase("date", "at night")

# NOTE: 26/11. Day before month, digits, in every language.
DATE = phrase("date", "{day}/{month}")
# NOTE: A day: {weekday} "Thursday", {date} "26/11".
DAY = phrase("date", "{weekday} {date}")
# NOTE: A point in time: {weekday} "Thursday", {date} "26/11", {hour} "17:30". {part} "in the afternoon" may be added.
MOMENT = phrase("date", "{weekday} {date} {hour}")
# NOTE: From one hour to another of a day: {hours} is "17:30–20:00"; {part} is that of its start.
SPAN = phrase("date", "{weekday} {date} {hours}")
# NOTE: From one point in time to another of a later day, each as "Thursday 26/11 17:30".
LONG_SPAN = phrase("date", "{start} – {end}")
# NOTE: A clock time by itself: "17:30". {part} "in the afternoon" may be added.
HOUR = phrase("date", "{hour}")

# NOTE: A decimal number of kilometres, as 2.3: {whole} is 2, {tenths} is 3.
DECIMAL = phrase("number", "{whole}.{tenths}")
# NOTE: A distance: {km} is "2.3" or "14".
KILOMETRES = phrase("distance", "{km} km")
# NOTE: A distance under one kilometre: {n} is 50, 100, … 950.
METRES = phrase_many("distance", "{n} metre", "{n} metres")
# NOTE: What it costs to take part: nothing.
FREE = phrase("price", "free")
# NOTE: What it costs to take part, in Danish kroner: "35 kroner".
KRONER = phrase_many("price", "{n} krone", "{n} kroner")
# NOTE: What stands between the things of a list, with its space: "Arabic, Danish".
JOINER = phrase("list", ", ")
