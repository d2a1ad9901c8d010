"""Weekly news: asked about once, said yes to, narrowed, and stopped with one tap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.activities import understood
from bot.core.model import Person, Reader
from bot.core.news import next_news, unstamp
from bot.core.query import Query, decode, encode
from bot.core.say import Button, Line, Message, Moment, label, say
from bot.core.ways_on import PERSON, SETTINGS
from bot.news import planning, showing
from bot.people import consent, main_menu
from bot.services import Services
from bot.store import opt_ins, wishes
from bot.store.database import Tx

VERSION = "2026-11-22"
"""The version of the sentences that people say yes to (`showing.described`)."""

EVERYTHING = encode(Query())


def _of_wishes(queries: Iterable[Query]) -> Query:
    """What somebody wished for, together: any of its topics."""
    found = tuple(queries)
    topics = dict.fromkeys(topic for query in found for topic in query.topics)
    audience = dict.fromkeys(each for query in found if not query.topics for each in query.audience)
    return Query(topics=tuple(topics), audience=tuple(audience))


async def overview(services: Services, reader: Reader, text: str) -> Message:
    """Where it stands, and the taps that change it; `text` is the query of the list it was opened from, or empty."""
    guide, person = services.guide, reader.person
    if person is None:
        return consent(guide)
    async with services.database.read() as tx:
        found = await opt_ins.one(tx, services.community, person.id, "news")
        wished = [decode(each, guide.codes) for each in await wishes.of(tx, services.community, person.id)]
    offered = decode(text, guide.codes).kind if text else _of_wishes(wished)
    if found is None or found.answer != "yes":
        # NOTE: Head of weekly news in the settings.
        return Message((say("🗞 <b>New each week</b>"), *showing.described(guide, person, offered)), _yes_or_no(offered))
    kept = showing.about(guide, found.content)
    lines: list[Line] = [say("🗞 <b>New each week</b>"), say("✅ You get it."), *showing.described(guide, person, kept)]
    rows: list[tuple[Button, ...]] = []
    if not offered.is_open and offered != kept:
        # NOTE: Button: weekly news only about what the list was about: {what} "football".
        rows.append((Button(label("🗞 About {what}", what=understood(guide, offered)), f"Wy:{encode(offered)}"),))
    if not kept.is_open:
        rows.append((Button(label("🗞 About everything"), f"Wy:{EVERYTHING}"),))
    rows.append((Button(label("🔕 Stop these"), "Wn"), Button(label("◀️ Back"), "set")))
    return Message(lines, tuple(rows))


def _yes_or_no(offered: Query) -> tuple[tuple[Button, ...], ...]:
    # NOTE: Button under the question whether one wants weekly news.
    yes = Button(label("✅ Yes, tell me"), f"Wy:{encode(offered)}", style="yes")
    # NOTE: Button: weekly news about whatever there is.
    wide = () if offered.is_open else ((Button(label("🗞 About everything"), f"Wy:{EVERYTHING}"),),)
    # NOTE: Button under the question whether one wants weekly news.
    return ((yes,), *wide, (Button(label("❌ No, thank you"), "Wx", style="no"),))


async def ask_once(services: Services, reader: Reader, now: datetime) -> Message | None:
    """The one kind question, to somebody who was never asked and did not say by themselves; else None."""
    guide, person = services.guide, reader.person
    if person is None or person.state != "active":
        return None
    async with services.database.write() as tx:
        if not await opt_ins.ask(tx, services.community, person.id, "news", VERSION, now):
            return None
    return Message(
        # NOTE: Asked once, after somebody told how an activity was. “I”: the bot.
        (say("🗞 <b>Shall I tell you what is new each week?</b>"), *showing.described(guide, person, Query())),
        _yes_or_no(Query()),
    )


async def start(services: Services, reader: Reader, text: str, now: datetime) -> Message:
    """Yes. Said twice, or about something else, the newest counts; what came before is not new."""
    guide, person = services.guide, reader.person
    if person is None:
        return consent(guide)
    query = decode(text, guide.codes).kind
    async with services.database.write() as tx:
        before = await opt_ins.one(tx, services.community, person.id, "news")
        running = before is not None and before.answer == "yes" and before.due is not None and before.due > now
        due = before.due if running and before and before.due else next_news(now)
        content = {"query": encode(query)}
        await opt_ins.answer(
            tx, services.community, person.id, "news", "yes", now, version=VERSION, content=content, due=due
        )
        if not running:
            await planning.plan(tx, services.community, person.id, now, due)
    return Message(
        (
            # NOTE: After somebody said yes to weekly news.
            say("✅ <b>I tell you what is new.</b>"),
            *showing.described(guide, person, query),
            # NOTE: After somebody said yes to weekly news: {when} "Thursday 26/11 17:00".
            say("The first time: {when}", when=Moment(due)),
        ),
        ((Button(label("🔕 Stop these"), "Wn"), Button(label("◀️ Back"), "set")),),
    )


async def stop(services: Services, reader: Reader, now: datetime) -> Message:
    """No weekly news; everything else goes on. What they wanted news of is forgotten."""
    await _said_no(services, reader.person, now)
    return Message(
        # NOTE: After weekly news was stopped. Reminders: of what one is signed up for.
        (say("🔕 You get no more weekly news."), say("Reminders of your sign-ups still come.")),
        ((Button(label("🗞 Start again"), f"Wy:{EVERYTHING}"), SETTINGS),),
    )


async def decline(services: Services, reader: Reader, now: datetime) -> Message:
    """No, thank you: it is not asked again."""
    await _said_no(services, reader.person, now)
    return Message(
        # NOTE: After “No, thank you” to weekly news. ⚙️: the settings.
        (say("👍 That is fine. I do not ask again. You find it under ⚙️."),),
        main_menu()[1:],
    )


async def _said_no(services: Services, person: Person | None, now: datetime) -> None:
    if person is None:
        return
    async with services.database.write() as tx:
        await opt_ins.answer(tx, services.community, person.id, "news", "no", now, version=VERSION)
        await planning.drop(tx, services.community, person.id)


async def more(services: Services, reader: Reader, span: tuple[int, int], offset: int, now: datetime) -> Message:
    """The next three of a week's news; what is over meanwhile is left out."""
    guide, person = services.guide, reader.person
    if person is None:
        return consent(guide)
    since, until = unstamp(span[0]), unstamp(span[1])
    async with services.database.read() as tx:
        query = await _wanted(tx, services, person)
        hits = await showing.what_is_new(tx, guide, person, query, (since, until), now)
    if offset >= len(hits):
        return Message(
            # NOTE: After “More” under weekly news, when the rest is over or gone.
            (say("That is all that is new."),),
            ((Button(label("🔎 What is near"), "near"), PERSON),),
        )
    return showing.news(guide, person, hits, offset, (since, until))


async def _wanted(tx: Tx, services: Services, person: Person) -> Query:
    found = await opt_ins.one(tx, services.community, person.id, "news")
    return replace(showing.about(services.guide, found.content if found else {}), offset=0)
