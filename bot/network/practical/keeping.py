"""What the two do with their list: open it, tick, take off, put back, add in their own words; the other is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.model import Reader
from bot.core.network.practical import MOST_OWN, done_of, reached, told_at
from bot.core.pack import wrong_privacy
from bot.core.say import Message, Text, say
from bot.core.schedule import DAY, local_day
from bot.editing.reading import language_of
from bot.i18n import clean
from bot.network.matches import closed
from bot.network.pair_talk import SOON
from bot.network.practical import showing
from bot.network.practical.pair import Pair, pair_of
from bot.network.practical.things import LONGEST
from bot.services import Services
from bot.store import notices, people, practical
from bot.store.database import Tx
from bot.store.notices import NewNotice

KIND = "net_list"


async def show(services: Services, reader: Reader, number: int, _now: datetime) -> Message:
    """The list; whoever has opened it needs not be told what stands on it."""
    async with services.database.write() as tx:
        pair = await pair_of(tx, services.guide, reader.person, number)
        if pair is None or reader.person is None:
            return closed()
        await notices.drop(tx, services.community, key(number), person=reader.person.id, kinds=(KIND,))
        if "thing" in (reader.person.step or {}):
            await people.set_step(tx, services.community, reader.person.id, None)
    return showing.page(pair, reader.language)


def key(match: int, day: str = "") -> str:
    """What makes the news of a list single for a person and a day; begins as all that hangs on the match does."""
    return f"m{match}/list/{day}"


async def tick(services: Services, reader: Reader, number: int, thing: str, now: datetime, *, done: bool) -> Message:
    """It is done, or was ticked by mistake. Two who tick the same thing have ticked it once: the first one did."""
    async with services.database.write() as tx:
        pair = await pair_of(tx, services.guide, reader.person, number, hold=True)
        found = pair.find(thing) if pair else None
        if pair is None or found is None:
            return closed() if pair is None else showing.page(pair, reader.language)
        if found.is_done != done:
            ticked = {"done_by": pair.me, "done_at": now} if done else {"done_by": None, "done_at": None}
            await practical.set_thing(tx, services.community, number, thing, now, **ticked)
        after = await _after(tx, services, reader, pair)
        if done and not found.is_done:
            await _tell_other(tx, services, pair, now)
    came = reached(done_of(pair.things), done_of(after.things), len(after.things))
    # NOTE: After a thing on the list of two was ticked: {thing} "Get a library card".
    told: list[Text] = [say("✅ Done: {thing}", thing=showing.named(pair, found))] if done else []
    return showing.page(after, reader.language, [*told, *([showing.WARM[came]] if came else [])])


async def _after(tx: Tx, services: Services, reader: Reader, pair: Pair) -> Pair:
    """The list as it stands now."""
    found = await pair_of(tx, services.guide, reader.person, pair.match.id)
    return found or pair


async def _tell_other(tx: Tx, services: Services, pair: Pair, now: datetime) -> None:
    """One message a day at most, and only one that waits: it says all that is new when it is said."""
    if pair.silent:
        return
    other = pair.match.newcomer if pair.me == "volunteer" else pair.match.volunteer
    waiting = await notices.of_person(tx, services.community, other, (KIND,))
    if any(each.content["match"] == pair.match.id for each in waiting):
        return
    due = told_at(now)
    content = {"match": pair.match.id, "since": now.isoformat()}
    day = f"{local_day(due)}"
    news = NewNotice(other, KIND, key(pair.match.id, day), due, content, due + 7 * DAY, asked=False)
    await notices.add(tx, services.community, [news])


async def choose_off(services: Services, reader: Reader, number: int, _now: datetime) -> Message:
    async with services.database.read() as tx:
        pair = await pair_of(tx, services.guide, reader.person, number)
    return closed() if pair is None else showing.take_off_page(pair, reader.language)


async def take_off(services: Services, reader: Reader, number: int, thing: str, now: datetime) -> Message:
    """Somebody's own words are deleted; what is suggested can be put back."""
    async with services.database.write() as tx:
        pair = await pair_of(tx, services.guide, reader.person, number, hold=True)
        if pair is None:
            return closed()
        found = pair.find(thing)
        if found is not None and found.kept.by is not None:
            await practical.remove_own(tx, services.community, number, thing)
        elif found is not None:
            await practical.set_thing(tx, services.community, number, thing, now, off=True)
        after = await _after(tx, services, reader, pair)
    # NOTE: After somebody took a thing off the list of two: {thing} "Get a library card".
    told = [say("✖️ Off the list: {thing}", thing=showing.named(pair, found))] if found else []
    return showing.page(after, reader.language, told)


async def put_back(services: Services, reader: Reader, number: int, thing: str, now: datetime) -> Message:
    async with services.database.write() as tx:
        pair = await pair_of(tx, services.guide, reader.person, number, hold=True)
        if pair is None or reader.person is None:
            return closed()
        if any(each.id == thing for each in pair.off):
            await practical.set_thing(tx, services.community, number, thing, now, off=False)
        await people.set_step(tx, services.community, reader.person.id, None)
        after = await _after(tx, services, reader, pair)
    return showing.page(after, reader.language)


async def ask_own(
    services: Services, reader: Reader, number: int, now: datetime, notes: Sequence[Text] = ()
) -> Message:
    """The next text is a thing of one's own, unless the list is full or the two do not write to each other."""
    async with services.database.write() as tx:
        pair = await pair_of(tx, services.guide, reader.person, number)
        if pair is None or reader.person is None:
            return closed()
        may_write = not pair.silent and _own(pair) < MOST_OWN
        if may_write:
            step = {"thing": number, "since": now.isoformat()}
            await people.set_step(tx, services.community, reader.person.id, step)
    return showing.add_page(pair, may_write=may_write, notes=notes)


def _own(pair: Pair) -> int:
    return sum(each.kept.by == pair.me for each in pair.things)


def adding(reader: Reader, now: datetime) -> int | None:
    """The match for whose list the person's next text is: soon, or it was meant for the bot."""
    step = reader.person.step if reader.person else None
    if not step or "thing" not in step or now - datetime.fromisoformat(str(step["since"])) > SOON:
        return None
    number = step["thing"]
    return number if isinstance(number, int) else None


async def add(services: Services, reader: Reader, number: int, text: str, sent: str, now: datetime) -> Message:
    """Keeps it as written. What does not fit is asked again; `sent` tells one message from another."""
    words = " ".join(clean(text).split())
    wrong = _wrong(words)
    if wrong is not None:
        return await ask_own(services, reader, number, now, (wrong,))
    async with services.database.write() as tx:
        pair = await pair_of(tx, services.guide, reader.person, number, hold=True)
        if reader.person is not None:
            await people.set_step(tx, services.community, reader.person.id, None)
        if pair is None or reader.person is None or pair.silent:
            return closed()
        language = language_of(words, reader.language)
        if _own(pair) < MOST_OWN:
            await practical.add_own(tx, services.community, number, reader.person.id, sent, words, language, now)
            await _tell_other(tx, services, pair, now)
        after = await _after(tx, services, reader, pair)
    # NOTE: After somebody added to the list of two: {words} as they wrote it.
    return showing.page(after, reader.language, [say("➕ On the list: “{words}”", words=words)])


def _wrong(words: str) -> Text | None:
    if not words:
        # NOTE: Somebody adds to the list of two, and sent nothing that can be read.
        return say("⚠️ Write it in words.")
    if len(words) > LONGEST:
        return say("⚠️ That is {length} characters. At most {most} fit.", length=len(words), most=LONGEST)
    if wrong_privacy(words) is not None:
        # NOTE: Somebody adds to the list of two. CPR: the Danish person number.
        return say("⚠️ No phone number, e-mail or CPR number on the list, please.")
    return None
