"""Loading a pack or a sheet: as often as one likes; sign-ups, changes and own texts stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import update

from bot.core.model import ActivityText, Change, SignUp
from bot.importing import load_sheet
from bot.loading import load_pack
from bot.packs import PACKS, read_pack
from bot.store import activities, communities, people, signups
from bot.store.database import Database
from bot.store.tables import activity_texts

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PACK = read_pack(PACKS / "ikast-brande")


async def test_what_was_loaded_is_what_the_pack_says(database: Database) -> None:
    assert await load_pack(database, PACK)
    async with database.read() as tx:
        found = await activities.load_activities(tx, PACK.community.id)
        places = await communities.load_places(tx, PACK.community.id)
        community = await communities.load_community(tx, PACK.community.id)
    assert community == PACK.community
    assert sorted(places, key=lambda each: each.id) == sorted(PACK.places, key=lambda each: each.id)
    loaded = {each.id: replace(each, number=0) for each in found.values()}
    assert loaded == {each.id: each for each in PACK.activities}


async def test_loading_again_changes_nothing(database: Database) -> None:
    await load_pack(database, PACK)
    async with database.read() as tx:
        before = await communities.version(tx, PACK.community.id)
    assert not await load_pack(database, PACK)
    async with database.read() as tx:
        assert await communities.version(tx, PACK.community.id) == before


async def test_a_changed_pack_keeps_sign_ups_changes_numbers_and_texts_written_by_hand(database: Database) -> None:
    await load_pack(database, PACK)
    community = PACK.community.id
    async with database.write() as tx:
        number = next(iter(await activities.load_activities(tx, community)))
        person = await people.add(tx, database, community, 7, "ar", consent="1", now=NOW)
        await signups.save(tx, community, SignUp(number, NOW.date(), person.id, "going", NOW), NOW)
        await communities.save_change(tx, community, Change(number, NOW.date(), capacity=40))
        await tx.execute(
            update(activity_texts)
            .where(activity_texts.c.activity == number, activity_texts.c.language == "ar")
            .values(title="بخط اليد", by_hand=True)
        )
    first = replace(PACK.activities[0], price=55)
    changed = replace(PACK, activities=(first, *PACK.activities[1:]), digest="another")
    assert await load_pack(database, changed)
    async with database.read() as tx:
        after = (await activities.load_activities(tx, community))[number]
        seats = await signups.of_occurrence(tx, community, number, NOW.date())
        kept = await communities.load_changes(tx, community)
    assert (after.price, after.texts["ar"].title) == (55, "بخط اليد")
    assert after.texts["da"].title == first.texts["da"].title
    assert [each.person for each in seats] == [person.id]
    assert kept[number][NOW.date()].capacity == 40


async def test_a_sheet_does_not_undo_what_was_changed_in_the_chat_and_says_so(database: Database) -> None:
    await load_pack(database, PACK)
    community, first = PACK.community.id, PACK.activities[0]
    async with database.write() as tx:
        number = next(
            number for number, each in (await activities.load_activities(tx, community)).items() if each.id == first.id
        )
        await activities.edit(tx, community, number, {"price": 20})
        await activities.set_text(tx, community, number, "da", "Fællesspisning", "Vi spiser sammen.")
    said = {**first.texts, "da": ActivityText("Madklub", "Mad.")}
    in_sheet = replace(first, price=70, capacity=99, texts=said)
    found = await load_sheet(database, community, [in_sheet, *PACK.activities[1:]], NOW)
    assert (found.new, found.changed, found.kept) == (0, 1, {first.id: ("price", "texts.da")})
    async with database.read() as tx:
        after = (await activities.load_activities(tx, community))[number]
    assert (after.price, after.capacity, after.texts["da"].title) == (20, 99, "Fællesspisning")


async def test_an_activity_that_the_pack_no_longer_holds_is_off_until_it_comes_back(
    database: Database,
) -> None:
    await load_pack(database, PACK)
    await load_pack(database, replace(PACK, activities=PACK.activities[1:], digest="less"))
    async with database.read() as tx:
        states = {each.id: each.state for each in (await activities.load_activities(tx, PACK.community.id)).values()}
    assert states[PACK.activities[0].id] == "cancelled"
    assert set(states.values()) == {"on", "cancelled"}
    await load_pack(database, PACK)
    async with database.read() as tx:
        states = {each.id: each.state for each in (await activities.load_activities(tx, PACK.community.id)).values()}
    assert set(states.values()) == {"on"}


async def test_two_communities_do_not_see_each_other(database: Database) -> None:
    await load_pack(database, PACK)
    await load_pack(database, read_pack(PACKS / "faaborg-midtfyn"))
    async with database.read() as tx:
        here = await activities.load_activities(tx, PACK.community.id)
        there = await activities.load_activities(tx, "faaborg-midtfyn")
    assert {each.community for each in here.values()} == {"ikast-brande"}
    assert not set(here) & set(there)
