"""Activities as HSDS 3.0: the fields its schemas ask for, in the form they ask for, and nobody in it.

The schemas are under CC BY-SA and not in this repository; what they say of the fields we write is written down here.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from bot.core.model import Change
from bot.guide import Guide, load_guide
from bot.hsds import services_of
from bot.loading import load_pack
from bot.packs import PACKS, read_pack
from bot.store import activities, communities
from bot.store.communities import save_change
from bot.store.database import Database
from bot.topics import read_topics

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PACK = read_pack(PACKS / "ikast-brande")

NEEDED = {
    "service": {"id", "name", "status"},
    "organization": {"id", "name", "description"},
    "languages": {"id"},
    "cost_options": {"id"},
    "service_at_locations": {"id"},
    "location": {"id", "location_type"},
    "addresses": {"id", "address_1", "city", "state_province", "postal_code", "country", "address_type"},
    "schedules": {"id"},
    "contacts": {"id"},
    "attributes": {"id"},
    "taxonomy_term": {"id", "name", "description"},
}
ALLOWED = {
    "service": {
        *("id", "organization_id", "name", "description", "url", "status", "application_process"),
        *("eligibility_description", "assured_date", "organization", "languages", "cost_options"),
        *("service_at_locations", "contacts", "attributes"),
    },
    "organization": {"id", "name", "description"},
    "languages": {"id", "service_id", "name", "code"},
    "cost_options": {"id", "service_id", "currency", "amount"},
    "service_at_locations": {"id", "service_id", "location_id", "location", "schedules"},
    "location": {"id", "location_type", "name", "description", "latitude", "longitude", "addresses"},
    "addresses": {*NEEDED["addresses"], "location_id"},
    "schedules": {
        *("id", "service_at_location_id", "dtstart", "until", "count", "freq", "interval", "byday"),
        *("opens_at", "closes_at", "timezone", "notes"),
    },
    "contacts": {"id", "service_id", "title"},
    "attributes": {"id", "link_id", "link_entity", "link_type", "value", "taxonomy_term_id", "taxonomy_term"},
    "taxonomy_term": {"id", "code", "name", "description", "taxonomy"},
}
"""Of the fields that the schemas know, those that the profile page says we write."""

FORMS = {
    "dtstart": r"\d{4}-\d\d-\d\d",
    "until": r"\d{4}-\d\d-\d\d",
    "assured_date": r"\d{4}-\d\d-\d\d",
    "opens_at": r"\d\d:\d\d(\+0[12]:00)?",
    "closes_at": r"\d\d:\d\d(\+0[12]:00)?",
    "byday": r"(-1|[1-4])?(MO|TU|WE|TH|FR|SA|SU)",
    "freq": r"WEEKLY|MONTHLY",
    "status": r"active|inactive|defunct|temporarily closed",
    "location_type": r"physical",
    "address_type": r"physical",
    "country": r"[A-Z]{2}",
    "currency": r"[A-Z]{3}",
    "url": r"https://t\.me/\S+",
}


def objects(kind: str, value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object within, with the name of what it is."""
    if isinstance(value, list):
        for each in value:
            yield from objects(kind, each)
    elif isinstance(value, dict):
        yield kind, value
        for name, inner in value.items():
            yield from objects(name, inner)


async def guide_of(database: Database) -> Guide:
    async with database.read() as tx:
        guide = await load_guide(tx, PACK.community.id, NOW, read_topics())
    assert guide is not None
    return guide


async def test_each_field_is_one_that_hsds_knows_and_has_its_form(database: Database) -> None:
    await load_pack(database, PACK)
    found = services_of(await guide_of(database), "da", NOW, "brobot_bot")
    assert len(found) == len(PACK.activities)
    names: set[str] = set()
    for kind, each in objects("service", found):
        assert NEEDED[kind] <= set(each) <= ALLOWED[kind], (kind, set(each) ^ ALLOWED[kind])
        for name, value in each.items():
            if name == "id" or name.endswith("_id"):
                assert str(uuid.UUID(value)) == value
            if name in FORMS:
                assert re.fullmatch(FORMS[name], value), (name, value)
            assert value is not None
        names |= set(each)
    assert {"byday", "opens_at", "taxonomy_term", "postal_code", "title"} <= names


async def test_the_same_activity_has_the_same_identifier_and_every_language_its_words(database: Database) -> None:
    await load_pack(database, PACK)
    guide = await guide_of(database)
    danish, english = services_of(guide, "da", NOW, "brobot_bot"), services_of(guide, "en", NOW, "brobot_bot")
    assert [each["id"] for each in danish] == [each["id"] for each in english]
    first = PACK.activities[0]
    assert danish[0]["name"] == first.texts["da"].title
    said = {each["link_type"]: each.get("value") for each in danish[0]["attributes"]}
    assert said["title:ar"] == first.texts["ar"].title
    assert said["state:ar"] == first.texts["ar"].state
    assert json.loads(json.dumps(danish, ensure_ascii=False)) == danish


async def test_what_is_moved_cancelled_or_paused_is_said(database: Database) -> None:
    await load_pack(database, PACK)
    first = PACK.activities[0].id  # held on Saturdays
    number = next(each.number for each in (await guide_of(database)).activities.values() if each.id == first)
    community = PACK.community.id
    async with database.write() as tx:
        moved = datetime(2026, 12, 6, 9, tzinfo=UTC)
        await save_change(tx, community, Change(number, date(2026, 12, 5), moved))
        await save_change(tx, community, Change(number, date(2026, 12, 12), cancelled=True))
        await communities.touch(tx, community)
    (service,) = (
        each for each in services_of(await guide_of(database), "da", NOW, "x") if each["name"] == "Fodbold for børn"
    )
    rule, extra = service["service_at_locations"][0]["schedules"]
    assert "2026-12-05, 2026-12-12" in rule["notes"]
    assert (extra["dtstart"], extra["opens_at"], extra["count"]) == ("2026-12-06", "10:00+01:00", 1)
    async with database.write() as tx:
        await activities.set_state(tx, community, number, "paused")
    found = services_of(await guide_of(database), "da", NOW, "x")
    assert [each["status"] for each in found if each["name"] == "Fodbold for børn"] == ["temporarily closed"]
