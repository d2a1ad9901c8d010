"""Activities that come from elsewhere, a sheet or a calendar: kept in one transaction, those concerned told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.activity_record import FIELDS, record_of
from bot.core.model import Activity
from bot.editing.concerned import tell_concerned
from bot.guide import Guide, load_guide
from bot.signups import replan
from bot.store import activities, communities, feeds, signups
from bot.store.database import Database, Tx
from bot.topics import read_topics

SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of it: activities new and changed, and people told of something.

    `kept`: by id, the fields (as in docs/packs.md) that stayed as a coordinator changed them in the chat, though the
    sheet says otherwise.
    """

    new: int
    changed: int
    told: int
    kept: Mapping[str, tuple[str, ...]]


async def load_sheet(database: Database, community: str, wanted: Iterable[Activity], now: datetime) -> Imported:
    """Adds and changes the activities of a sheet; those it does not name stay as they are. All of it or nothing."""
    async with database.write() as tx:
        await signups.hold_line(tx, community)
        before = await load_guide(tx, community, now, read_topics())
        assert before is not None, "a sheet is read against a community that is there"
        known = {activity.id: number for number, activity in before.activities.items()}
        named = [_as_before(each, before.activities.get(known.get(each.id, 0))) for each in wanted]
        for activity in named:
            await activities.save_activity(tx, community, activity, SHEET)
        numbers = {each.id: known[each.id] for each in named if each.id in known}
        changed, told = await tell_of_changes(tx, before, numbers, now)
        now_there = await activities.load_activities(tx, community)
    kept = {each.id: _differing(each, now_there[numbers[each.id]]) for each in named if each.id in numbers}
    return Imported(len(named) - len(numbers), len(changed), told, {name: what for name, what in kept.items() if what})


def _differing(said: Activity, held: Activity) -> tuple[str, ...]:
    """The fields, and the texts by language, that are held otherwise than a sheet says."""
    one, other = record_of(said), record_of(held)
    fields = [name for name in FIELDS if one[name] != other[name]]
    for language, text in said.texts.items():
        own = held.texts[language]
        if (own.title, own.about) != (text.title, text.about):
            fields.append(f"texts.{language}")
    return tuple(fields)


def _as_before(activity: Activity, before: Activity | None) -> Activity:
    """What no sheet says stays: whether it is an example, which text is the original, and the state of a text whose
    words are the same."""
    if before is None:
        return activity
    texts = {
        language: replace(said, state=old.state)
        if (old := before.texts.get(language)) and (old.title, old.about) == (said.title, said.about)
        else said
        for language, said in activity.texts.items()
    }
    source = before.source if before.source in texts else activity.source
    return replace(activity, example=before.example, source=source, texts=texts)


async def tell_of_changes(
    tx: Tx, before: Guide, numbers: Mapping[str, int], now: datetime
) -> tuple[frozenset[str], int]:
    """Everyone with a seat in what has changed is told, calendars get a higher sequence, the guide is renewed.

    `numbers` are those of the activities that were there before, by id; gives the ids that changed, and how many
    people are told of something.
    """
    community = before.community.id
    after = replace(before, activities=await activities.load_activities(tx, community))
    changed = [name for name, number in numbers.items() if before.activities[number] != after.activities[number]]
    told = 0
    for name in changed:
        await feeds.count_up(tx, community, numbers[name])
        told += await tell_concerned(tx, before, after, numbers[name], now)
        await _back_on(tx, before, after, numbers[name], now)
    if before.activities != after.activities:
        await communities.touch(tx, community)
    return frozenset(changed), told


async def _back_on(tx: Tx, before: Guide, after: Guide, number: int, now: datetime) -> None:
    """What was called off and is held after all is reminded of again; its seats were kept."""
    for day in await signups.days_of(tx, after.community.id, number):
        was, will = before.occurrence(number, day), after.occurrence(number, day)
        if was and will and was.state == "cancelled" and will.state == "on":
            await replan(tx, after, number, day, now)
