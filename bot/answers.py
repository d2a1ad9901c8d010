"""Answering what people write or tap for: what was understood, and the three activities that fit best."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.activities import AT_ONCE, listing, town, understood
from bot.core.model import Person, Reader
from bot.core.nearby import Hit, Wish
from bot.core.query import Part, Query, encode
from bot.core.say import Button, Message, Text, Word, label, say
from bot.core.schedule import DAY, moment
from bot.core.understanding import Frame, Question, follow_up, understand
from bot.guide import Guide
from bot.people import main_menu
from bot.services import Services

PARTS: Mapping[str, Part] = {"morning": "morning", "afternoon": "afternoon", "evening": "evening"}

GOES_ON = timedelta(minutes=30)
"""For how long a short text may be about the question before it."""

FAR = 15.0
"""Kilometres from which an activity is no longer "in" the town that was asked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a query gives: up to three hits, whether there are more, and which part of the query had to go."""

    hits: tuple[Hit, ...]
    more: bool
    query: Query
    widened: str = ""


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


def as_query(guide: Guide, reader: Reader, frame: Frame) -> Query:
    """The part of a frame that is looked for."""
    known = set(guide.topics.ids("topic"))
    named = next((each.id for each in guide.places.values() if each.name == frame.place), None)
    return Query(
        topics=tuple(each for each in frame.topics if each in known),
        without=tuple(each for each in frame.negated if each in known),
        audience=frame.audience,
        start=frame.start,
        end=frame.end,
        part=PARTS.get(frame.part or ""),
        time=time.fromisoformat(frame.time) if frame.time else None,
        place=named or reader.place,
    )


def near(services: Services, reader: Reader, now: datetime) -> Message:
    return answer(services, reader, Query(place=reader.place), now)


def answer(services: Services, reader: Reader, query: Query, now: datetime, *, outside: str | None = None) -> Message:
    """The list for a query, or the nearest to it that there is, honestly said."""
    guide = services.guide
    found = find(guide, query, (reader.language,), now)
    if not found.hits:
        return _nothing(guide, found.query)
    heading = _heading(guide, found, outside)
    message = listing(guide, reader, found.query, found.hits, heading, more=found.more)
    return replace(message, buttons=(*message.buttons, _tell_me(query))) if found.widened else message


def _tell_me(query: Query) -> tuple[Button, ...]:
    return (Button(label("🔔 Tell me when there is one"), f"wt:{encode(replace(query, offset=0))}"),)


def is_unmet(guide: Guide, query: Query, now: datetime) -> bool:
    """Whether what was asked for is not there, and so something else was shown."""
    return not query.is_open and not _search(guide, query, (), now)


def ask_which(services: Services, reader: Reader, frame: Frame) -> Message | None:
    """The one question to ask back where it is unsure what is meant; None where there is nothing to choose from."""
    query = as_query(services.guide, reader, frame)
    if frame.ask is None:
        return None
    if frame.ask.about == "tigrinya_hour":
        hours = [time.fromisoformat(each) for each in frame.ask.candidates]
        choices = [Button(label("{hour}", hour=f"{at:%H:%M}"), f"f:{encode(replace(query, time=at))}") for at in hours]
        return Message((say("🕐 <b>Which hour do you mean?</b>"),), (tuple(choices), *main_menu(Query())[1:]))
    topics = [each for each in frame.ask.candidates if each in services.guide.topics.ids("topic")][:3]
    if frame.ask.about != "topic" or not topics:
        return None
    choices = [
        Button(label("{topic}", topic=Word("topic", each)), f"f:{encode(replace(query, topics=(each,)))}")
        for each in topics
    ]
    return Message(
        (say("🤔 <b>Is this what you look for?</b>"),), (*((each,) for each in choices), *main_menu(Query()))
    )


def find(guide: Guide, query: Query, languages: tuple[str, ...], now: datetime) -> Found:
    """What was asked; else on another day; else another topic: the first that gives anything."""
    without_day = replace(query, start=None, end=None, part=None, time=None)
    tries = [(query, ""), (without_day, "day"), (replace(without_day, audience=()), "audience")]
    if query.topics:
        tries.append((replace(without_day, topics=(), audience=query.audience), "topic"))
    for wanted, widened in tries:
        if widened and wanted == query:
            continue
        hits = _search(guide, wanted, languages, now)
        if hits:
            return Found(tuple(hits[:AT_ONCE]), len(hits) > AT_ONCE, wanted, widened)
    return Found((), more=False, query=query)


def exact(guide: Guide, query: Query, now: datetime) -> bool:
    """Whether there is just what is asked for, near the town it is asked for."""
    hits = _search(guide, query, (), now)
    return bool(hits) and (query.place is None or (hits[0].km or 0.0) <= FAR)


def _search(guide: Guide, query: Query, languages: tuple[str, ...], now: datetime) -> list[Hit]:
    start = max(now, moment(query.start, time())) if query.start else now
    end = moment(query.end + DAY, time()) if query.end else None
    wish = Wish(
        start=int(start.timestamp()),
        end=int(end.timestamp()) if end else None,
        point=guide.point(query.place),
        topics=query.topics,
        without=query.without,
        audience=query.audience,
        languages=languages,
        part=query.part,
        time=query.time,
    )
    return guide.index.search(wish, limit=AT_ONCE + 1, offset=query.offset)


def _heading(guide: Guide, found: Found, outside: str | None) -> Text:
    what = understood(guide, found.query)
    place = guide.places.get(found.query.place or "")
    if outside is not None:
        return say(
            "I know activities in {community}, not in {town}. Here:", community=guide.community.name, town=outside
        )
    if found.widened == "day":
        return say("I found nothing at that time. On other days: {what}", what=what)
    if found.widened:
        return say("I found nothing like that. This is the nearest: {what}", what=what)
    if place and (found.hits[0].km or 0.0) > FAR:
        return say("I found nothing in {town}. Further away: {what}", town=town(place), what=what)
    if found.query.is_open:
        return say("🔎 Near {town}:", town=town(place)) if place else say("🔎 What is on:")
    return say("🔎 {what}", what=what)


def _nothing(guide: Guide, query: Query) -> Message:
    return Message(
        (
            say("I found nothing: {what}", what=understood(guide, query)),
            say("A person can help you look."),
        ),
        (_tell_me(query), (Button(label("🔎 What is near"), "near"), Button(label("🙋 A person"), "h"))),
    )


def lost() -> Message:
    """Not understood, and said so, with the ways on."""
    return Message(
        (
            say("🤷 I did not understand that."),
            say("Write in short words, such as: football Saturday. Or tap here:"),
        ),
        main_menu(Query()),
    )


def lost_again() -> Message:
    """The second time in a row a person is offered first."""
    return Message(
        (say("🤷 I did not understand that either."), say("A person can answer you. Shall I ask one?")),
        ((Button(label("🙋 Yes, ask a person"), "h", style="yes"),), main_menu(Query())[0]),
    )


def emergency(urgent_contact: Text | None = None) -> Message:
    """Danger to life is answered at once. 112 is Denmark's emergency number; 1888 and 70 201 201 are its help lines."""
    lines: list[Text | str] = [
        say("🚨 <b>In danger? Call 112 now.</b>"),
        say("Police, ambulance and fire: 112. It is free, day and night."),
        say("Violence at home: call 1888. Thoughts of suicide: call 70 201 201."),
    ]
    if urgent_contact:
        lines.append(urgent_contact)
    return Message(lines, ((Button(label("🙋 A person"), "h"),),))


def greeting() -> Message:
    return Message((say("👋 Hello. What are you looking for?"),), main_menu(Query()))


def thanks() -> Message:
    return Message((say("🙏 You are welcome."),), main_menu(Query()))
