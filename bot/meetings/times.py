"""Days and times of meetings as somebody types them: a day, or a day with its hours; read, never guessed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.core.model import Reader
from bot.core.pack import LONGEST
from bot.core.schedule import ZONE, local_day, moment
from bot.core.understanding import Question, understand
from bot.editing.moving import exists, without_date
from bot.editing.reading import hours_in
from bot.services import Services

Spans = list[tuple[datetime, datetime]]


def read_day(services: Services, reader: Reader, text: str, now: datetime) -> date | None:
    """The day that is meant; None where there is none in the text."""
    return understand(Question(text, reader.language, now), services.words, services.towns).start


def read_spans(
    services: Services, reader: Reader, text: str, now: datetime, held: tuple[datetime, datetime] | None = None
) -> Spans:
    """From when to when, likeliest first; none where the text says none that can be.

    What is not said is as it is `held` now; a meeting of which nothing is known lasts two hours.
    """
    frame = understand(Question(text, reader.language, now), services.words, services.towns)
    hours = hours_in(services, reader, without_date(text), now) if any(each.isdigit() for each in text) else ()
    if not hours and frame.time:
        hours = ((time.fromisoformat(frame.time), None),)
    if not hours and held is not None:
        hours = ((held[0].astimezone(ZONE).time(), None),)
    day = frame.start or (local_day(held[0]) if held is not None else None)
    if day is None:
        return []
    lasts = held[1] - held[0] if held is not None else timedelta(hours=2)
    return [
        span
        for start, end in hours
        if exists(day, start)
        for span in [_span(day, start, end, lasts)]
        if span[0] > now and timedelta(0) < span[1] - span[0] <= LONGEST
    ]


def _span(day: date, start: time, end: time | None, lasts: timedelta) -> tuple[datetime, datetime]:
    begins = moment(day, start)
    return begins, begins + lasts if end is None else moment(day, end)
