"""A year of a municipality through the real bot and the Bot API on loopback, with a moved clock.

2,000 people, 60 activities a week, the network's meetings, three programmes and 200 matches. What was said is held
against an independent reckoning (`benchmarks.year_reckoning`): nothing missing, doubled, late or in quiet hours.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path

import psutil
import yaml
from aiohttp.test_utils import TestServer

from benchmarks.figures import Figure, at_most
from benchmarks.year_life import Life, live, numbered
from benchmarks.year_reckoning import UNASKED, Due, Verdict, Year, compare, in_quiet_hours, over_the_cap
from benchmarks.year_town import BEGINS, COMMUNITY, Size, chat_of, fill, person_with
from benchmarks.year_world import NotingWorld, Said, read_diary
from bot.app import ALLOWED, App, assemble, open_database
from bot.core.query import coded_day
from bot.demo.botapi import TOKEN, make_app
from bot.demo.clock import DemoClock
from bot.settings import Settings, read_settings
from bot.telegram.polling import poll
from start import ROOT

MEGABYTE = 1_000_000
WORDS = {"📋 Agenda": "agenda", "📝 Minutes": "minutes", "will you come?": "will you come", "⏰ Tomorrow": "tomorrow"}
"""Whom the network's meetings concern reads English here; what they are told is known by these words."""

size = Size()


@dataclass(frozen=True, slots=True)
class Lived:
    """What a year was: how long it took, what it cost in memory, what was said, and what differs."""

    seconds: float
    messages: int
    stops: int
    acts: int
    before: float
    after: float
    seats: int
    pairs: int
    verdict: Verdict


def configure(words: Sequence[str]) -> None:
    """Takes options for another year than the full one: `--people 200 --days 60 --matches 20`."""
    global size  # noqa: PLW0603 # benchmarks are called without arguments
    parser = argparse.ArgumentParser(prog="python -m benchmarks year")
    for each in fields(Size):
        parser.add_argument(f"--{each.name}", type=int, default=each.default)
    size = Size(**vars(parser.parse_args(words)))


def run() -> Iterator[Figure]:
    """The figures."""
    with tempfile.TemporaryDirectory(prefix="brobot-year-") as folder:
        lived = asyncio.run(year(size, Path(folder)))
    case = f"{size.people:,} people, {size.days} days"
    verdict = lived.verdict
    for example in verdict.examples:
        print(example, file=sys.stderr)
    yield Figure("year", case, lived.seconds, "s")
    yield Figure("year", case, lived.messages, "messages")
    yield Figure("year", case, lived.messages / lived.seconds, "messages/s")
    yield Figure("year", case, lived.acts, "texts and taps of people")
    yield Figure("year", case, lived.stops, "moments at which something fell due")
    yield Figure("year", "seats", lived.seats, "seats taken")
    yield Figure("year", "matches", lived.pairs, "pairs that met")
    yield Figure("year", "reckoned", verdict.expected, "messages due by the reckoning")
    for name in ("missing", "doubled", "late", "quiet", "capped"):
        yield at_most("year", WHAT[name], getattr(verdict, name), "messages", 0)
    yield Figure("year", "at the start", lived.before, "MB of resident memory, bot and Bot API")
    yield Figure("year", "at the end", lived.after, "MB of resident memory, bot and Bot API")


WHAT = {
    "missing": "missing",
    "doubled": "doubled, or not due at all",
    "late": "at another time",
    "quiet": "in quiet hours",
    "capped": "over the cap",
}


async def year(size: Size, folder: Path) -> Lived:
    """Lives a year of this size in this folder."""
    clock = DemoClock(None, BEGINS, frozen=True)
    diary = folder / "diary.jsonl"
    with diary.open("w") as noted:
        world = NotingWorld(clock, noted)
        server = TestServer(make_app(world, token=TOKEN, limits=None, network=None), host="127.0.0.1")
        await server.start_server()
        settings = _settings(folder, str(server.make_url("")).rstrip("/"))
        database = await open_database(settings)
        town = await fill(database, size)
        await database.close()
        for person in range(1, size.people + 1):
            assert world.new_person(f"P{person}", started=True).id == chat_of(person)
        async with assemble(settings, clock) as app:
            numbers = {each.id: number for number, each in app.services.guide.activities.items()}
            life = Life(app, world, clock, numbered(town, numbers), size)
            memory = psutil.Process().memory_info
            before, began = memory().rss / MEGABYTE, time.perf_counter()
            async with _polled(app):
                await live(life)
            seconds, after = time.perf_counter() - began, memory().rss / MEGABYTE
        await server.close()
    verdict = judge(life, read_diary(diary, BEGINS))
    return Lived(
        seconds, world.written, life.stops, life.acts, before, after, len(life.seats), len(life.pairs), verdict
    )


def judge(life: Life, said: Iterable[Said]) -> Verdict:
    """The reckoning beside what was said."""
    ends = BEGINS + timedelta(days=life.size.days)
    rules = yaml.safe_load((ROOT / "data" / "network.yaml").read_text("utf-8"))
    reckoned = Year(
        begins=BEGINS,
        ends=ends,
        seats=life.seats,
        pairs=life.pairs,
        rhythm=[each["days"] for each in rules["follow_ups"]],
        member=chat_of(person_with("member")),
        orientation=chat_of(person_with("orientation")),
    )
    network = {reckoned.member, reckoned.orientation}
    kept: defaultdict[Due, list[datetime]] = defaultdict(list)
    unasked: list[tuple[int, datetime]] = []
    identities: Counter[tuple[int, str]] = Counter()
    night: Counter[str] = Counter()
    for each in said:
        if not each.unasked:
            continue
        if in_quiet_hours(each.at):
            night[f"{each.chat} {each.at:%a %d/%m %H:%M} {each.text[:60]!r}"] += 1
        due = _due(each, network)
        if due is not None:
            kept[due].append(each.at)
        if due is not None and due[1] == UNASKED:
            unasked.append((each.chat, each.at))
            identities[each.chat, each.buttons[0]] += 1
    verdict = compare(reckoned.expected(), kept)
    for example, count in night.items():
        verdict.add("quiet", count, example)
    for (chat, what), count in identities.items():
        if count > 1:
            verdict.add("doubled", count - 1, f"{chat} {what}")
    if over := over_the_cap(unasked):
        verdict.add("capped", over, "questions")
    return verdict


def _due(said: Said, network: set[int]) -> Due | None:
    """What a message is, by its buttons; None for one that is not reckoned."""
    if said.chat in network:
        return next(((said.chat, what) for words, what in WORDS.items() if words in said.text), None)
    for data in said.buttons:
        kind, *rest = data.split(":")
        if kind == "a" or (kind == "w" and any(each.startswith("Pc:") for each in said.buttons)):
            return said.chat, f"reminder {rest[0]} {coded_day(rest[1])}"
        if kind in {"g", "ni"}:
            return said.chat, UNASKED
    return None


@contextlib.asynccontextmanager
async def _polled(app: App) -> AsyncIterator[None]:
    polling = asyncio.create_task(poll(app.bot, app.inbox.take, await app.inbox.confirmed(), ALLOWED))
    try:
        yield
    finally:
        polling.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await polling


def _settings(folder: Path, url: str) -> Settings:
    return read_settings(
        token=TOKEN,
        api_url=url,
        database_url=f"sqlite+aiosqlite:///{folder / 'brobot.db'}",
        key_file=folder / "brobot.key",
        community=COMMUNITY,
        rate=10_000,
        chat_seconds=0,
        log_level="WARNING",
    )
