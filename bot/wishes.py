"""Tell me when there is one: a question that found nothing becomes a wish, and an unmet need to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.activities import town, understood
from bot.answers import exact
from bot.cases import not_yours
from bot.core.hiding import LEAST
from bot.core.model import Reader
from bot.core.needs import clusters, often, words_to_keep
from bot.core.periods import quarter_of
from bot.core.query import Query, decode, encode
from bot.core.say import Button, Listing, Message, Text, Value, Word, label, say
from bot.core.schedule import local_day
from bot.people import main_menu
from bot.services import Services
from bot.store import needs, notices, wishes
from bot.store.database import Tx
from bot.store.notices import NewNotice

ANYTHING = "any"
"""Stands for a need in which no topic or no town was named."""


async def make(services: Services, reader: Reader, text: str, now: datetime) -> Message:
    """Keeps the wish of a button. Made twice, it is one."""
    assert reader.person is not None
    query = _lasting(services, decode(text, services.guide.codes), now)
    async with services.database.write() as tx:
        await wishes.add(tx, services.community, reader.person.id, encode(query), now)
    return Message(
        # NOTE: A wish is kept: {what} "football, Ringe".
        (say("🔔 I tell you when there is one: {what}", what=understood(services.guide, query)),),
        main_menu(),
    )


def _lasting(services: Services, query: Query, now: datetime) -> Query:
    """A wish is for a kind of thing; the day stays where only the day is missing, else what is known would be told."""
    kind = Query(topics=query.topics, without=query.without, audience=query.audience, place=query.place)
    return replace(query, offset=0) if exact(services.guide, kind, now) else kind


async def tell_of_new(services: Services, now: datetime) -> int:
    """Looks whether what people wished for is there now, and tells them once. Gives how many were told."""
    async with services.database.read() as tx:
        wanted = await wishes.all_open(tx, services.community)
    told = 0
    for person, text in wanted:
        query = decode(text, services.guide.codes)
        if not exact(services.guide, query, now):
            continue
        async with services.database.write() as tx:
            await wishes.remove(tx, services.community, person, text)
            await notices.add(
                tx,
                services.community,
                [NewNotice(person, "wish_met", f"{text}/{local_day(now)}", now, {"query": text})],
            )
        told += 1
    return told


def count_unmet(services: Services, reader: Reader, query: Query, now: datetime) -> None:
    """Counts a need that nothing met, without who has it; kept when the update is marked as answered."""
    month = local_day(now).replace(day=1)
    place = query.place or reader.place or ANYTHING

    async def count(tx: Tx) -> None:
        for topic in query.topics or (ANYTHING,):
            await needs.count_need(tx, services.community, month, language=reader.language, topic=topic, place=place)

    services.later.append(count)


def count_unread(services: Services, reader: Reader, text: str, now: datetime) -> None:
    """Counts the words of a text that was not understood; the text itself is forgotten at once."""
    kept = words_to_keep(text)
    month = local_day(now).replace(day=1)

    async def count(tx: Tx) -> None:
        await needs.count_words(tx, services.community, month, reader.language, kept)

    if kept:
        services.later.append(count)


async def overview(services: Services, reader: Reader, now: datetime) -> Message:
    """For the coordinator: what was asked for in vain this quarter, and words that nobody taught the bot.

    While the quarter runs, without counts: they come with its figures (`bot.numbers`).
    """
    if not reader.coordinates:
        return not_yours()
    async with services.database.read() as tx:
        topics, places, languages = [
            often(await needs.by(tx, services.community, column, quarter_of(local_day(now)).first))
            for column in ("topic", "place", "language")
        ]
        words = await needs.words(tx, services.community, LEAST)
    # NOTE: To a coordinator: head of what people looked for in vain.
    lines: list[Text | str] = [say("📊 <b>Asked for, and not found</b>")]
    # NOTE: To a coordinator: what people looked for in vain.
    lines.append(say("This quarter, five times or more. The counts come with /numbers."))
    # NOTE: To a coordinator, above topics: what people looked for in vain, by topic.
    lines += _named(say("By topic:"), [_topic(each) for each in topics])
    # NOTE: To a coordinator, above towns.
    lines += _named(say("By town:"), [_place(services, each) for each in places])
    # NOTE: To a coordinator, above languages.
    lines += _named(say("By language:"), [Word("language", each) for each in languages])
    spelt = clusters([(word, count) for _, word, count in words])
    # NOTE: To a coordinator, above words that the bot did not understand; “I” is the bot.
    lines += _counted(say("Words I do not know:"), [(Listing(each), count) for each, count in spelt[:10]])
    # NOTE: To a coordinator, under the counts: so that nobody can be recognised.
    lines += ["", say("Less than five is not shown.")]
    # NOTE: Button of a coordinator: figures of a quarter or a year.
    return Message(lines, ((Button(label("📊 Numbers"), "ZN"), Button(label("◀️ Back"), "kp:0")),))


def _named(head: Text, found: Sequence[Value]) -> list[Text | str]:
    # NOTE: To a coordinator: {what} "football, swimming".
    return ["", head, say("{what}", what=Listing(tuple(found[:10])))] if found else []


def _counted(head: Text, rows: Sequence[tuple[Value, int]]) -> list[Text | str]:
    if not rows:
        return []
    # NOTE: To a coordinator, one count: {what} "football" or "Ringe", {count} "7".
    return ["", head, *(say("{what}: {count}", what=what, count=count) for what, count in rows[:10])]


def _topic(topic: str) -> Value:
    # NOTE: In the place of a topic, where none was named: “anything: 7”.
    return say("anything") if topic == ANYTHING else Word("topic", topic)


def _place(services: Services, place: str) -> Value:
    known = services.guide.places.get(place)
    # NOTE: In the place of a town, where none was named: “anywhere: 7”.
    return town(known) if known else say("anywhere")
