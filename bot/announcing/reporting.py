"""How an announcement goes and went: the progress in one bubble, the report, and who was not reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.activities import town
from bot.announcing import desk, words
from bot.announcing.desk import GoneError, for_coordinators
from bot.core.announcing.model import Announcement, DeliveryState
from bot.core.announcing.plan import bar, percent
from bot.core.model import Person, Reader
from bot.core.quiet import is_quiet
from bot.core.say import Button, Line, Message, Text, Word, label, say
from bot.services import Services
from bot.store import announcements, deliveries, delivery_reports, people
from bot.store.delivery_reports import Row
from bot.telegram.errors import Outcome
from bot.telegram.lanes import NOTICE

AT_ONCE = 15
UNREACHED: tuple[DeliveryState, ...] = ("blocked", "gone", "failed", "late")
"""Whom one may call by telephone; who said stop does not want to be told."""


async def progress(services: Services, now: datetime) -> list[tuple[Announcement, Person, Message]]:
    """For each announcement whose author watches it in a bubble: how far it has come."""
    async with services.database.read() as tx:
        watched = [
            each
            for each in await announcements.in_states(tx, services.community, "sending", "sent", "cancelled")
            if each.bubble is not None and each.author is not None
        ]
        authors = await people.by_ids(tx, services.community, [each.author for each in watched if each.author])
        found = []
        for each in watched:
            counts = await deliveries.counts(tx, services.community, each.id)
            if each.author in authors:
                found.append((each, authors[each.author], _progress(services, each, counts, now)))
    return found


async def show_progress(services: Services, change: Change, shown: dict[int, Message]) -> None:
    """Edits the bubbles in which something is new; `shown` is what they show. At the end for the last time."""
    for each, author, message in await progress(services, services.clock()):
        if shown.get(each.id) != message and each.bubble is not None:
            await change(author, each.bubble, message, lane=NOTICE)
            shown[each.id] = message
        if each.state in ("sent", "cancelled"):
            async with services.database.write() as tx:
                await announcements.note(tx, each, bubble=None)
            shown.pop(each.id, None)


class Change(Protocol):
    """Puts other words into a bubble of a person's chat."""

    async def __call__(self, person: Person, bubble: int, message: Message, *, lane: int = ...) -> Outcome: ...


def _progress(services: Services, found: Announcement, counts: Mapping[DeliveryState, int], now: datetime) -> Message:
    everyone = sum(counts.values())
    open_ones = sum(counts.get(each, 0) for each in ("waiting", "sending", "held"))
    done = everyone - (open_ones if found.state != "cancelled" else 0)
    lines: list[Line] = [
        say("📣 <b>Announcement no. {number}</b>", number=found.id),
        words.state(found),
        # NOTE: How far the sending has come: {bar} "▰▰▰▱▱▱▱▱▱▱", {percent} "34".
        say("{bar} {percent} %", bar=bar(done, everyone), percent=percent(done, everyone)),
        *_figures(found, counts),
    ]
    if found.state == "sending" and is_quiet(now) and not found.urgent:
        # NOTE: To a coordinator: it is night, so nothing is sent now.
        lines.append(say("🌙 Quiet hours: it goes on at 08:00"))
    return Message(lines, desk.rows(found))


def _figures(found: Announcement, counts: Mapping[DeliveryState, int]) -> list[Text]:
    """A line for each thing that became of somebody's delivery."""
    waiting = counts.get("waiting", 0) + counts.get("sending", 0)
    cancelled = counts.get("cancelled", 0)
    if found.state == "cancelled":
        cancelled, waiting = cancelled + waiting + counts.get("held", 0), 0
    # NOTE: How many people have got an announcement. The following lines: what became of the others.
    lines = [say("✅ Delivered: {n}", n=counts.get("sent", 0))]
    if waiting:
        lines.append(say("⏳ Waiting: {n}", n=waiting))
    if counts.get("held") and found.state != "cancelled":
        # NOTE: People for whom there is no translation yet.
        lines.append(say("🌍 Held back for a version: {n}", n=counts["held"]))
    for state, text in (
        # NOTE: People who said stop to the bot's messages.
        ("stopped", say("🔕 Said stop: {n}", n=counts.get("stopped", 0))),
        # NOTE: People who have blocked the bot in Telegram.
        ("blocked", say("🚫 Blocked the bot: {n}", n=counts.get("blocked", 0))),
        # NOTE: People whose Telegram account is no more.
        ("gone", say("👻 No longer in Telegram: {n}", n=counts.get("gone", 0))),
        ("failed", say("❌ Failed: {n}", n=counts.get("failed", 0))),
        # NOTE: People who could not get it in time.
        ("late", say("⌛ Too late: {n}", n=counts.get("late", 0))),
    ):
        if counts.get(state):  # type: ignore[call-overload] # one of the states
            lines.append(text)
    if cancelled:
        # NOTE: People who do not get it, as it was cancelled.
        lines.append(say("✖️ Not sent: {n}", n=cancelled))
    return lines


@for_coordinators
async def report(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """What became of it: in all, by language, why it failed, what may have come twice."""
    async with services.database.read() as tx:
        found = await desk.one(tx, services, number)
        rows = await delivery_reports.report(tx, services.community, number)
    if found.is_open:
        raise GoneError
    counts: Counter[DeliveryState] = Counter()
    for row in rows:
        counts[row.state] += row.count
    lines: list[Line] = [
        # NOTE: To a coordinator: what became of announcement {number} "4".
        say("📊 <b>Report on announcement no. {number}</b>", number=number),
        words.state(found),
        "",
        *_figures(found, counts),
        *_doubts(rows, now, found),
        "",
        *_by_language(rows),
        *_reasons(rows),
    ]
    buttons: list[tuple[Button, ...]] = []
    if any(counts[each] for each in UNREACHED):
        # NOTE: Button: a list of people to call, as the announcement did not reach them.
        buttons.append((Button(label("📞 Not reached"), f"BU:{number}:0"),))
    back = Button(label("◀️ Back"), f"Bo:{number}")
    # NOTE: Button: shows the newest figures.
    return Message(lines, (*buttons, (Button(label("🔄 Refresh"), f"Br:{number}"), back)))


def _doubts(rows: list[Row], now: datetime, found: Announcement) -> list[Text]:
    """What nobody can know for certain, and what waits for a reason."""
    twice = sum(row.count for row in rows if row.again and row.state == "sent")
    unsure = sum(row.count for row in rows if row.reason == "unsure" and row.state == "sent")
    capped = sum(row.count for row in rows if row.reason == "cap" and row.state == "waiting")
    waiting = sum(row.count for row in rows if row.state == "waiting")
    lines: list[Text] = []
    if twice:
        # NOTE: To a coordinator: the bot was restarted while it sent, so some may have got it twice.
        lines.append(say("👯 Possibly twice: {n}", n=twice))
    if unsure:
        # NOTE: To a coordinator: Telegram's answer was lost, so nobody knows whether these have got it.
        lines.append(say("❔ Sent, but Telegram did not confirm: {n}", n=unsure))
    if capped:
        # NOTE: To a coordinator: they have had their message of the day, and get this one later.
        lines.append(say("📆 Later, as they have had their message of the day: {n}", n=capped))
    if found.state == "sending" and waiting > capped and is_quiet(now) and not found.urgent:
        # NOTE: To a coordinator: {n} people wait for the morning.
        lines.append(say("🌙 In quiet hours: {n}", n=waiting - capped))
    return lines


def _by_language(rows: list[Row]) -> list[Text]:
    """For each language that people read: how many have it, and in which language where that is another."""
    everyone: Counter[str] = Counter()
    own: Counter[str] = Counter()
    other: Counter[tuple[str, str]] = Counter()
    for row in rows:
        everyone[row.language] += row.count
        if row.state == "sent" and row.version in (None, row.language):
            own[row.language] += row.count
        elif row.state == "sent":
            other[row.language, row.version or ""] += row.count
    lines: list[Text] = []
    for language, count in everyone.most_common():
        done = own[language] + sum(n for (reads, _), n in other.items() if reads == language)
        # NOTE: {language} "Tigrinya", {done} "120" of {count} "130" people have it.
        lines.append(
            say("🌍 {language}: {done} of {count}", language=Word("language", language), done=done, count=count)
        )
        lines += [
            # NOTE: Under a language: {n} of its readers got it in {other} "English".
            say("   ↪️ {n} of them in {other}", n=n, other=Word("language", version))
            for (reads, version), n in other.items()
            if reads == language
        ]
    return lines


def _reasons(rows: list[Row]) -> list[Text]:
    """Why it failed, in Telegram's words where we have none."""
    reasons: Counter[str] = Counter()
    for row in rows:
        if row.state == "failed":
            reasons[row.reason or ""] += row.count
    # NOTE: Why {n} messages failed: {reason} is what Telegram says, in English.
    return [say("❌ {n}: {reason}", n=n, reason=reason) for reason, n in reasons.most_common(5)]


@for_coordinators
async def not_reached(services: Services, reader: Reader, number: int, page: int, now: datetime) -> Message:
    """A list for a telephone round: what we know of them, which is no name and no number."""
    async with services.database.read() as tx:
        await desk.one(tx, services, number)
        rows = await delivery_reports.not_reached(
            tx, services.community, number, UNREACHED, AT_ONCE + 1, page * AT_ONCE
        )
        persons = await people.by_ids(tx, services.community, [row[0] for row in rows])
    lines: list[Line] = [
        # NOTE: To a coordinator: people an announcement did not reach.
        say("📞 <b>Not reached</b>"),
        say("The bot knows no names and no numbers. Ask those who know people in the town."),
        "",
    ]
    lines += [_person(services, persons[who], state) for who, state, _ in rows[:AT_ONCE] if who in persons]
    paging = (
        *((Button(label("◀️ Back"), f"BU:{number}:{page - 1}"),) if page else ()),
        *((Button(label("▶️ More"), f"BU:{number}:{page + 1}"),) if len(rows) > AT_ONCE else ()),
    )
    # NOTE: Button of a coordinator: what became of an announcement.
    report_again = (Button(label("📊 Report"), f"Br:{number}"),)
    return Message(lines, tuple(row for row in (paging, report_again) if row), protect=True)


def _person(services: Services, person: Person, state: str) -> Text:
    place = services.guide.places.get(person.place or "")
    why = WHY.get(state, WHY["failed"])
    language = Word("language", person.language)
    if place is None:
        # NOTE: A person an announcement did not reach: {number} "17", {language} "Tigrinya", {why} "blocked the bot".
        return say("No. {number}: {language}, {why}", number=person.id, language=language, why=why)
    # NOTE: The same with a town: {town} "Ringe".
    return say(
        "No. {number}: {language}, {town}, {why}", number=person.id, language=language, town=town(place), why=why
    )


WHY = {
    # NOTE: Why a person was not reached.
    "blocked": say("blocked the bot"),
    "gone": say("no longer in Telegram"),
    "late": say("too late"),
    "failed": say("Telegram refused it"),
}
