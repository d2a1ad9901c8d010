"""Answering what people write or tap for: what was understood, and the three activities that fit best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.activities import AT_ONCE, listing, town, understood
from bot.core.model import Reader
from bot.core.nearby import Hit, Wish
from bot.core.query import Part, Query, encode
from bot.core.say import Button, Message, Text, label, say
from bot.core.schedule import DAY, moment
from bot.core.understanding import Frame
from bot.core.ways_on import MY_PLANS, NETWORK, PERSON
from bot.guide import Guide
from bot.people import main_menu
from bot.services import Services

PARTS: Mapping[str, Part] = {"morning": "morning", "afternoon": "afternoon", "evening": "evening"}

WAYS: Mapping[str, Button] = {
    "ask_offer": NETWORK,
    "volunteer": NETWORK,
    "my_plans": MY_PLANS,
    "cancel": MY_PLANS,
    "talk_to_person": PERSON,
    "change_language": Button(label("🌍 Language"), "lang"),
    "privacy": Button(label("🔒 Privacy"), "priv"),
    "stop": Button(label("🔕 Messages off"), "stop"),
}
"""The button that does what an intent wants."""

FAR = 15.0
"""Kilometres from which an activity is no longer "in" the town that was asked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a query gives: up to three hits, whether there are more, and which part of the query had to go."""

    hits: tuple[Hit, ...]
    more: bool
    query: Query
    widened: str = ""

    @property
    def is_unmet(self) -> bool:
        """Whether just what was asked for is not there."""
        return bool(self.widened) or not self.hits or self.is_far

    @property
    def is_far(self) -> bool:
        """Whether the best of all, on the first page, is not in the town that was asked for."""
        return bool(self.hits) and not self.query.offset and not _is_in_town(self.query, self.hits[0])


def as_query(guide: Guide, reader: Reader, frame: Frame) -> Query:
    """The part of a frame that is looked for."""
    known = guide.topics.ids("topic")
    named = guide.places_by_name.get(frame.place or "")
    return Query(
        topics=tuple(each for each in frame.topics if each in known),
        without=tuple(each for each in frame.negated if each in known),
        audience=frame.audience,
        start=frame.start,
        end=frame.end,
        part=PARTS.get(frame.part or ""),
        time=time.fromisoformat(frame.time) if frame.time else None,
        place=named.id if named else reader.place,
    )


def near(services: Services, reader: Reader, now: datetime) -> Message:
    return answer(services, reader, Query(place=reader.place), now)


def answer(services: Services, reader: Reader, query: Query, now: datetime, *, outside: str | None = None) -> Message:
    """The list for a query, or the nearest to it that there is, honestly said."""
    return told(services, reader, query, find(services.guide, query, (reader.language,), now), outside)


def told(services: Services, reader: Reader, query: Query, found: Found, outside: str | None = None) -> Message:
    """What was found for a query, as a list; where it is not just that, one can be told when there is."""
    guide = services.guide
    if not found.hits:
        return _nothing(guide, found.query)
    heading = _heading(guide, query, found, outside)
    message = listing(guide, reader, found.query, found.hits, heading, more=found.more)
    return replace(message, buttons=(*message.buttons, _tell_me(query))) if found.is_unmet else message


def _tell_me(query: Query) -> tuple[Button, ...]:
    # NOTE: Button after “I found nothing”: the bot tells when there is something.
    return (Button(label("🔔 Tell me when there is one"), f"wt:{encode(replace(query, offset=0))}"),)


def ask_which(services: Services, reader: Reader, frame: Frame) -> Message | None:
    """The one question to ask back where it is unsure what is meant; None where there is nothing to choose from."""
    query = as_query(services.guide, reader, frame)
    if frame.ask and frame.ask.about == "tigrinya_hour" and frame.intent == "find_activity":
        return _ask_hour(query, frame.ask.candidates)
    if frame.intent == "find_activity":
        return _ask_search(services.guide, query)
    return _ask_errand(frame.intent)


def _ask_hour(query: Query, hours: Iterable[str]) -> Message:
    times = [time.fromisoformat(each) for each in hours]
    # NOTE: Button, an hour for a reminder: {hour} "09:00".
    choices = [Button(label("{hour}", hour=f"{at:%H:%M}"), f"f:{encode(replace(query, time=at))}") for at in times]
    # NOTE: Above two buttons such as 09:00 and 15:00: “3 o'clock” may mean either in Tigrinya.
    return Message((say("🕐 <b>Which hour do you mean?</b>"),), (tuple(choices), *main_menu()[1:]))


def _ask_search(guide: Guide, query: Query) -> Message | None:
    """Which of the topics that were heard is looked for; without any, whether it is the rest: children on Saturday."""
    if not understood(guide, query).items:
        return None
    guesses = [replace(query, topics=(each,)) for each in query.topics[:3]] or [query]
    choices = [
        # NOTE: Button, a guess at what is looked for: {what} "football, Saturday 28/11, Ringe".
        (Button(label("🔎 {what}", what=understood(guide, guess)), f"f:{encode(guess)}"),)
        for guess in guesses
    ]
    # NOTE: Above one to three guesses, where the bot is not sure.
    return Message((say("🤔 <b>Is this what you look for?</b>"),), (*choices, *main_menu()))


def _ask_errand(intent: str) -> Message | None:
    """Whether that is meant which the words only sound like: nothing happens without a tap, but danger is answered."""
    if intent == "emergency":
        return emergency()
    meant = WAYS.get(intent)
    if meant is None:
        return None
    choices = (PERSON,) if meant == PERSON else (meant, PERSON)
    others = [row for row in main_menu()[:2] if meant not in row]
    # NOTE: Above one or two buttons, where the bot is not sure what was meant.
    return Message((say("🤔 <b>Is this what you want?</b>"),), (choices, *others))


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
    return bool(hits) and _is_in_town(query, hits[0])


def _is_in_town(query: Query, hit: Hit) -> bool:
    return query.place is None or (hit.km or 0.0) <= FAR


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


def _heading(guide: Guide, asked: Query, found: Found, outside: str | None) -> Text:
    what = understood(guide, found.query)
    place = guide.places.get(found.query.place or "")
    if outside is not None:
        # NOTE: Above a list, when asked about a town elsewhere: {community} "Faaborg-Midtfyn Kommune", {town} "Odense".
        return say(
            "I know activities in {community}, not in {town}. Here:", community=guide.community.name, town=outside
        )
    if found.widened == "day":
        # NOTE: Above a list: {what} is what was asked for: "football, Thursday 03/12, Ringe".
        return say("I found nothing: {what}. On other days:", what=understood(guide, asked))
    if found.widened:
        # NOTE: Above a list of something similar: {asked} "football, children, Thursday 03/12, Ringe", {what}
        # "children, Ringe".
        return say("I found nothing: {asked}. The nearest: {what}", asked=understood(guide, asked), what=what)
    if place and found.is_far:
        # NOTE: Above a list: {town} "Ringe", {what} "football, Ringe".
        return say("I found nothing in {town}. Further away: {what}", town=town(place), what=what)
    if found.query.is_open:
        # NOTE: “🔎 Near {town}:”: Above a list of activities: {town} "Ringe". “🔎 What is on:”: Above a list of
        # activities, when we do not know the town.
        return say("🔎 Near {town}:", town=town(place)) if place else say("🔎 What is on:")
    # NOTE: Above a list: {what} was understood: "football, Saturday 28/11, Ringe".
    return say("🔎 {what}", what=what)


def _nothing(guide: Guide, query: Query) -> Message:
    return Message(
        (
            # NOTE: No activity at all: {what} "football, Ringe".
            say("I found nothing: {what}", what=understood(guide, query)),
            # NOTE: After “I found nothing”; the button 🙋 is below.
            say("A person can help you look."),
        ),
        # NOTE: Button, lists what is near.
        (_tell_me(query), (Button(label("🔎 What is near"), "near"), PERSON)),
    )


def lost() -> Message:
    """Not understood, and said so, with the ways on."""
    return Message(
        (
            # NOTE: The bot could not read what the newcomer wrote. The bot's fault, not theirs.
            say("🤷 I did not understand that."),
            # NOTE: After the bot did not understand; the example must be a question that it understands.
            say("Write in short words, such as: football Saturday. Or tap here:"),
        ),
        main_menu(),
    )


def lost_again() -> Message:
    """The second time in a row a person is offered first."""
    return Message(
        # NOTE: “A person can answer you. Shall I ask one?”: After the second text that was not understood. “🤷 I
        # did not understand that either.”: The second time in a row. The bot's fault, not the newcomer's.
        (say("🤷 I did not understand that either."), say("A person can answer you. Shall I ask one?")),
        # NOTE: Button, a human being is asked to answer.
        ((Button(label("🙋 Yes, ask a person"), "h", style="yes"),), main_menu()[0]),
    )


def emergency(urgent_contact: Text | None = None) -> Message:
    """Danger to life is answered at once. 112 is Denmark's emergency number; 1888 and 70 201 201 are its help lines."""
    lines: list[Text | str] = [
        # NOTE: To somebody who may be in danger. Keep it very short; 112 is Denmark's emergency number.
        say("🚨 <b>In danger? Call 112 now.</b>"),
        # NOTE: To somebody who may be in danger.
        say("Police, ambulance and fire: 112. It is free, day and night."),
        # NOTE: Danish help lines. In a right-to-left language write 70201201 without spaces, else it turns round.
        say("Violence at home: call 1888. Thoughts of suicide: call 70 201 201."),
    ]
    if urgent_contact:
        lines.append(urgent_contact)
    return Message(lines, ((PERSON,),))


def greeting() -> Message:
    # NOTE: The bot's greeting, with the menu below.
    return Message((say("👋 Hello. What are you looking for?"),), main_menu())


def thanks() -> Message:
    # NOTE: The answer to “thank you”.
    return Message((say("🙏 You are welcome."),), main_menu())
