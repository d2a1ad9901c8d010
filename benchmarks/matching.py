"""Matching requests with volunteers: time, memory, points beside greedy and the optimum, a year beside greedy."""

from __future__ import annotations

import asyncio
import random
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import mean

import numpy as np

from benchmarks.figures import Figure, at_least, at_most
from bot.core.network.matching import suggest
from bot.core.network.matching_rules import Columns, broken, points
from bot.core.network.model import Past, Request, Volunteer
from bot.core.schedule import local_day

SEED = 7
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
OFFERS = ("network_family", "mentor", "homework_help", "language_training")
LANGUAGES = ("da", "en", "ar", "ti")
NOBODY = Past()
SECONDS_1000 = 2.0
LONGEST_PAUSE_MS = 250.0
COMMUNITIES = 98
WEEKS, YEARS = 52, 20


def run() -> Iterator[Figure]:
    """One large community of 20 towns, all of Denmark's 98, and a simulated year."""
    yield from _one_community(1_000)
    yield from _country(10_000)
    yield from _year()


def _one_community(size: int) -> Iterator[Figure]:
    chance = random.Random(SEED)
    towns = _towns(chance, 20)
    requests, volunteers = _requests(chance, towns, size), _volunteers(chance, towns, size)
    suggest(requests[:2], volunteers[:2], NOBODY, NOW)  # the solver is loaded once in a process's life
    name = f"{size:,} requests × {size:,} volunteers, 20 towns"
    began = time.perf_counter()
    found = suggest(requests, volunteers, NOBODY, NOW)
    yield at_most("matching", f"{name}: decided", time.perf_counter() - began, "s", SECONDS_1000)
    pause, beats = asyncio.run(_beside_a_loop(requests, volunteers))
    yield at_most("matching", f"{name}: longest pause of the loop meanwhile", pause * 1000, "ms", LONGEST_PAUSE_MS)
    yield Figure("matching", f"{name}: turns of the loop meanwhile", beats, "turns")
    worth = _worth(requests, volunteers)
    total = sum(pair.points for pair in found.pairs)
    best, most = _optimum(worth)
    greedy, pairs = _greedy(worth)
    yield at_least("matching", f"{name}: points of the optimum", total / best, "share", 0.999)
    yield Figure("matching", f"{name}: points of first come, first served", greedy / best, "share")
    yield Figure("matching", f"{name}: pairs", len(found.pairs), "pairs")
    yield Figure("matching", f"{name}: pairs of the optimum", most, "pairs")
    yield Figure("matching", f"{name}: pairs of first come, first served", pairs, "pairs")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure("matching", f"{name}: memory of the process at most", peak, "MB")


def _country(size: int) -> Iterator[Figure]:
    """Ten thousand on each side, shared out over 98 communities of very different size."""
    chance = random.Random(SEED + 1)
    shares = [1 / (rank + 3) for rank in range(COMMUNITIES)]
    homes = chance.choices(range(COMMUNITIES), weights=shares, k=2 * size)
    name = f"{size:,} × {size:,} over {COMMUNITIES} communities"
    spent = total = best = greedy = 0.0
    for community in range(COMMUNITIES):
        towns = _towns(chance, 12)
        requests = _requests(chance, towns, homes[:size].count(community))
        volunteers = _volunteers(chance, towns, homes[size:].count(community))
        began = time.perf_counter()
        found = suggest(requests, volunteers, NOBODY, NOW)
        spent += time.perf_counter() - began
        worth = _worth(requests, volunteers)
        total += sum(pair.points for pair in found.pairs)
        best += _optimum(worth)[0]
        greedy += _greedy(worth)[0]
    yield Figure("matching", f"{name}: decided, all after each other", spent, "s")
    yield at_least("matching", f"{name}: points of the optimum", total / best, "share", 0.999)
    yield Figure("matching", f"{name}: points of first come, first served", greedy / best, "share")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure("matching", f"{name}: memory of the process at most", peak, "MB")


async def _beside_a_loop(requests: Sequence[Request], volunteers: Sequence[Volunteer]) -> tuple[float, int]:
    """The longest time the loop stood still while a thread decided, and how often it turned."""
    work = asyncio.create_task(asyncio.to_thread(suggest, requests, volunteers, NOBODY, NOW))
    longest, beats, last = 0.0, 0, time.perf_counter()
    while not work.done():
        await asyncio.sleep(0.001)
        now = time.perf_counter()
        longest, beats, last = max(longest, now - last), beats + 1, now
    return longest, beats


def _year() -> Iterator[Figure]:
    """Four requests and four volunteers a week in one community, matched weekly: the mean of twenty such years.

    One year alone says little: which of two ways waits less changes with its people. Whoever still waits at the end
    is counted with what they have waited so far, or the way that leaves the slowest behind would look the quickest.
    """
    waits = {}
    for name, best in (("best for all", True), ("first come, first served", False)):
        years = [_live(SEED + 2 + year, best=best) for year in range(YEARS)]
        pairs, matched, everybody, long = (mean(each) for each in zip(*years, strict=True))
        waits[best] = everybody
        yield Figure("matching", f"a simulated year, {name}: pairs found", pairs, "pairs")
        yield Figure("matching", f"a simulated year, {name}: mean wait of who was matched", matched, "weeks")
        yield Figure("matching", f"a simulated year, {name}: who waited more than 12 weeks", long, "requests")
    label = "a simulated year: mean wait of everybody, beside first come, first served"
    yield at_most("matching", label, waits[True], "weeks", waits[False])


def _live(seed: int, *, best: bool) -> tuple[int, float, float, int]:
    """Pairs found; the mean wait in weeks of the matched, and of everybody; how many waited more than 12 weeks."""
    chance = random.Random(seed)
    towns = _towns(chance, 12)
    waiting: list[Request] = []
    free: list[Volunteer] = []
    waits: list[float] = []
    now = NOW
    for week in range(WEEKS):
        now = NOW + timedelta(weeks=week)
        waiting += [
            replace(each, id=week * 4 + each.id, person=week * 4 + each.person, since=now)
            for each in _requests(chance, towns, 4)
        ]
        free += [
            replace(each, person=100_000 + week * 4 + each.person, since=now) for each in _volunteers(chance, towns, 4)
        ]
        pairs = _pairs(waiting, free, now, best=best)
        waits += [(now - each.since).days / 7 for each in waiting if each.id in pairs]
        taken = set(pairs.values())
        waiting = [each for each in waiting if each.id not in pairs]
        free = [each for each in free if each.person not in taken]
    everybody = waits + [(now - each.since).days / 7 for each in waiting]
    return len(waits), mean(waits), mean(everybody), sum(each > 12 for each in everybody)


def _pairs(waiting: Sequence[Request], free: Sequence[Volunteer], now: datetime, *, best: bool) -> dict[int, int]:
    if best:
        return {pair.request: pair.volunteer for pair in suggest(waiting, free, NOBODY, now).pairs}
    worth = _worth(waiting, free, now)
    found: dict[int, int] = {}
    for row, each in enumerate(waiting):
        column = int(worth[row].argmax()) if worth.shape[1] else 0
        if worth.shape[1] and worth[row, column] > 0:
            found[each.id] = free[column].person
            worth[:, column] = 0
    return found


def _worth(requests: Sequence[Request], volunteers: Sequence[Volunteer], now: datetime = NOW) -> np.ndarray:
    if not requests or not volunteers:
        return np.zeros((len(requests), len(volunteers)), dtype=np.int64)
    columns = Columns(requests, volunteers, NOBODY, now, local_day(now))
    return np.where(broken(columns) == 0, points(columns), 0)


def _optimum(worth: np.ndarray) -> tuple[float, int]:
    """What no assignment can exceed, found by the solver alone, without ties, standing or order."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 # as the core does

    chosen = worth[linear_sum_assignment(worth, maximize=True)]
    return float(chosen.sum()), int((chosen > 0).sum())


def _greedy(worth: np.ndarray) -> tuple[float, int]:
    """Each in the order in which they came takes the best who is left."""
    left, total, pairs = worth.copy(), 0, 0
    for row in left if left.shape[1] else ():
        column = int(row.argmax())
        if row[column] > 0:
            total, pairs = total + int(row[column]), pairs + 1
            left[:, column] = 0
    return float(total), pairs


def _towns(chance: random.Random, count: int) -> list[tuple[float, float]]:
    return [(55.2 + chance.gauss(0, 0.1), 10.4 + chance.gauss(0, 0.15)) for _ in range(count)]


def _week(chance: random.Random) -> int:
    return sum(1 << part for part in chance.sample(range(21), chance.randint(2, 6)))


def _requests(chance: random.Random, towns: Sequence[tuple[float, float]], size: int) -> list[Request]:
    """Half speak no Danish yet, one in ten is under 15, one in six has a wish."""
    return [
        Request(
            number,
            number,
            chance.choice(OFFERS),
            "me",
            chance.choice(["15-17", "18-24"] * 5 + ["0-14"]),
            tuple({chance.choice(("ar", "ti", "en")), chance.choice(("ar", "ti", "da", "da"))}),
            _week(chance),
            "town",
            chance.choice(towns),
            NOW - timedelta(days=chance.randrange(180)),
            frozenset(chance.choice([(), (), (), (), (), ("woman",)])),
        )
        for number in range(1, size + 1)
    ]


def _volunteers(chance: random.Random, towns: Sequence[tuple[float, float]], size: int) -> list[Volunteer]:
    return [
        Volunteer(
            50_000 + number,
            frozenset(chance.sample(OFFERS, chance.randint(1, 2))),
            tuple({"da", chance.choice(LANGUAGES)}),
            _week(chance),
            "town",
            chance.choice(towns),
            chance.choice([5, 10, 20, 40]),
            NOW - timedelta(days=chance.randrange(180)),
            chance.choice(["woman", "man", "family", ""]),
        )
        for number in range(size)
    ]
