"""What a person asked: understood, gone on from by a short text after it, or missed, once or twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.core.model import Person, Reader
from bot.core.understanding import Frame, Question, follow_up, understand
from bot.services import Services

GOES_ON = timedelta(minutes=30)
"""For how long a short text may be about the question before it."""


def heard(services: Services, reader: Reader, text: str, now: datetime) -> Frame:
    """What the text says, as a follow-up of the last question where it is one ("and on Sunday?").

    The same functions answer `python -m bot understand`.
    """
    home = services.guide.places.get(reader.place or "")
    asked = last_question(reader, now)
    question = Question(text, reader.language, now, home.name if home else None, asked)
    read = follow_up if asked else understand
    return read(question, services.words, services.towns)


def last_question(reader: Reader, now: datetime) -> Frame | None:
    """What the person asked last, if it is not too long ago to go on from."""
    kept = reader.person.asked if reader.person else None
    if not kept or "intent" not in kept or now - datetime.fromisoformat(str(kept["at"])) > GOES_ON:
        return None
    return Frame(
        intent=str(kept["intent"]),
        topics=_texts(kept["topics"]),
        audience=_texts(kept["audience"]),
        negated=_texts(kept["negated"]),
        start=_day(kept["start"]),
        end=_day(kept["end"]),
        part=_text(kept["part"]),
        time=_text(kept["time"]),
        place=_text(kept["place"]),
        outside=_text(kept["outside"]),
        sure=True,
    )


def keep_question(services: Services, person: Person, frame: Frame, now: datetime) -> None:
    """Remembers a question for what may follow; it is stored in the commit that marks its update as answered."""
    services.asked[person.id] = {
        "at": now.isoformat(),
        "intent": frame.intent,
        "topics": list(frame.topics),
        "audience": list(frame.audience),
        "negated": list(frame.negated),
        "start": frame.start.isoformat() if frame.start else None,
        "end": frame.end.isoformat() if frame.end else None,
        "part": frame.part,
        "time": frame.time,
        "place": frame.place,
        "outside": frame.outside,
    }


def missed_before(reader: Reader) -> bool:
    """Whether the text before this one was not understood either."""
    return bool(reader.person and reader.person.asked and "missed" in reader.person.asked)


def keep_miss(services: Services, person: Person, now: datetime) -> None:
    services.asked[person.id] = {"at": now.isoformat(), "missed": True}


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value))
