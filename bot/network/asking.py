"""Asking for a person of one's own: offer, for whom, languages, free time, wishes; stored when it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.core.model import Person, Reader
from bot.core.network.drafts import WISHES, Ask, Help, Known, with_free
from bot.core.network.model import PARTS, PRESETS, WEEKDAYS, Request, bit
from bot.core.query import Query, code, encode
from bot.core.say import Button, Message, Text, Word, label, say
from bot.guide import Guide
from bot.network.rules import network_rules
from bot.network.words import DAYS, PART_ICONS, PRESET_LABELS, age, offer, request_lines
from bot.people import ask_town
from bot.services import Services
from bot.store import network, network_log
from bot.store.database import Tx

MOST_OPEN = 6
"""Open requests of one person: an offer each for themselves, and some for their children."""


def known(guide: Guide) -> Known:
    rules = network_rules()
    return Known(rules.alone, rules.bands, guide.topics.ids("language"))


def menu(guide: Guide) -> Message:
    """Let's Network: its offers, one's own requests, and the way to help."""
    rules = network_rules()
    tiles = [
        Button(
            label("{emoji} {offer}", emoji=guide.topics.find("offer", each).emoji, offer=offer(each)),
            f"no:{code(each)}",
        )
        for each in (*rules.alone, *(each for each in rules.groups if each not in rules.alone))
    ]
    return Message(
        (
            say("🤝 <b>Let's Network</b>"),
            say("For people under 25: somebody who has time for you. It is free."),
            say("What would you like?"),
        ),
        (
            *(tuple(tiles[at : at + 2]) for at in range(0, len(tiles), 2)),
            (Button(label("📋 My requests"), "nr"), Button(label("💛 I want to help"), "nv")),
            (Button(label("🙋 A person"), "h"),),
        ),
    )


def ask_for_whom(guide: Guide, reader: Reader, chosen: str) -> Message | None:
    """Who it is for and how old, in one tap. None where the offer is one that people join in groups."""
    rules = network_rules()
    if chosen not in rules.alone:
        return None
    if reader.place not in guide.places:
        return ask_town(guide)
    rows: list[tuple[Button, ...]] = []
    for band in rules.bands:
        child = Button(label("👧 My child, {age}", age=age(band)), f"nL:{_draft(chosen, 'child', band, reader)}")
        if band.startswith("0"):
            rows += [(child,), (Button(label("🙂 Me, {age}", age=age(band)), "ng"),)]
        else:
            me = Button(label("🙂 Me, {age}", age=age(band)), f"nL:{_draft(chosen, 'me', band, reader)}")
            rows += [(me,)] if int(band.partition("-")[0]) >= 18 else [(me, child)]
    rows.append((Button(label("🙂 25 years or more"), "n25"),))
    if chosen in rules.groups:
        together = encode(Query(topics=rules.groups[chosen], place=reader.place))
        rows.append((Button(label("👥 In a group"), f"f:{together}"),))
    return Message(
        (say("<b>{offer}</b>", offer=offer(chosen)), say("Who is it for? We only need the age.")),
        (*rows, (Button(label("◀️ Back"), "n"), Button(label("🙋 A person"), "h"))),
    )


def _draft(chosen: str, whom: str, band: str, reader: Reader) -> str:
    spoken = tuple(dict.fromkeys((reader.language, "da")))
    return Ask(chosen, "me" if whom == "me" else "child", band, spoken).encode()


def guardian_asks() -> Message:
    """Someone under 15 does not ask alone."""
    return Message(
        (
            say("👧 You are under 15. Then a parent or guardian asks for you."),
            say("They can write to me on their own phone. We have kept nothing."),
        ),
        ((Button(label("🙋 A person"), "h"), Button(label("◀️ Back"), "n")),),
    )


def grown_up(reader: Reader) -> Message:
    """25 and over: kindly, with what else there is; nothing is stored."""
    meet = encode(Query(topics=("social", "eating_together"), place=reader.place))
    return Message(
        (
            say("Let's Network is for people under 25. We have kept nothing."),
            say("But you are welcome here:"),
        ),
        (
            (Button(label("👥 Meet people"), f"f:{meet}"), Button(label("📍 Near me"), "near")),
            (Button(label("🙋 A person"), "h"),),
        ),
    )


def choose_languages(guide: Guide, draft: Ask | Help, verbs: str) -> Message:
    """Which languages will do. `verbs`: the letter of the flow, `n` to ask, `nv` to help."""
    kept = draft.encode()
    tiles = [
        Button(
            label("{mark} {language}", mark="✅" if each in draft.languages else "▫️", language=Word("language", each)),
            f"{verbs}l:{each}:{kept}",
        )
        for each in guide.topics.ids("language")
    ]
    rows = [tuple(tiles[at : at + 3]) for at in range(0, len(tiles), 3)]
    done = (Button(label("▶️ Go on"), f"{verbs}F:{kept}", style="yes"),) if draft.languages else ()
    return Message((say("🗣 <b>Which languages can you speak together?</b>"),), (*rows, done) if done else tuple(rows))


def choose_free(draft: Ask | Help, verbs: str, *, week: bool = False) -> Message:
    """When one is free: usual stretches in one tap, or each part of each day."""
    kept = draft.encode()
    rows: list[tuple[Button, ...]] = []
    if week:
        rows += [
            tuple(_part(draft, day, number, f"{verbs}j:{day * 3 + number}:{kept}") for number in range(3))
            for day in range(WEEKDAYS)
        ]
    else:
        for preset, bits in PRESETS.items():
            mark = "✅" if draft.free & bits == bits else ""
            rows.append(
                (Button(label("{mark} {when}", mark=mark, when=PRESET_LABELS[preset]), f"{verbs}f:{preset}:{kept}"),)
            )
        rows.append((Button(label("📅 Choose days"), f"{verbs}W:{kept}"),))
    lines: list[Text | str] = [say("🗓 <b>When are you free?</b>")]
    if week:
        lines.append(say("🌅 morning · ☀️ afternoon · 🌙 evening"))
    if draft.free:
        rows.append((Button(label("▶️ Go on"), f"{verbs}S:{kept}", style="yes"),))
    return Message(lines, tuple(rows))


def _part(draft: Ask | Help, day: int, number: int, data: str) -> Button:
    mark = "✅" if draft.free & bit(day, number) else PART_ICONS[PARTS[number]]
    return Button(label("{mark} {day}", mark=mark, day=DAYS[day]), data)


def with_preset(draft: Ask | Help, preset: str) -> Ask | Help:
    return with_free(draft, PRESETS[preset])


def summary(guide: Guide, reader: Reader, draft: Ask) -> Message:
    """All that will be sent, with wishes to add."""
    kept = draft.encode()
    wished = []
    for letter, wish in WISHES.items():
        word = label("🙋‍♀️ Only a woman") if wish == "woman" else label("👨‍👩‍👧 Only a family")
        mark = "✅" if wish in draft.wishes else ""
        wished.append(Button(label("{mark} {wish}", mark=mark, wish=word), f"nx:{letter}:{kept}"))
    lines = request_lines(guide, _as_request(guide, draft, reader.place or "", reader.person, None))
    return Message(
        (say("🤝 <b>Is this right?</b>"), *lines, say("A coordinator reads it. Your name is not shown.")),
        (
            (Button(label("✅ Send"), f"ns:{kept}", style="yes"),),
            tuple(wished),
            (Button(label("◀️ Back"), f"nF:{kept}"), Button(label("🙋 A person"), "h")),
        ),
    )


def with_wish(draft: Ask, letter: str) -> Ask:
    wish = WISHES[letter]
    return replace(draft, wishes=draft.wishes - {wish} if wish in draft.wishes else draft.wishes | {wish})


def _as_request(guide: Guide, draft: Ask, place: str, person: Person | None, now: datetime | None) -> Request:
    since = now or guide.community.demo_starts
    return Request(
        0,
        person.id if person else 0,
        draft.offer,
        draft.whom,
        draft.band,
        draft.languages,
        draft.free,
        place,
        guide.point(place),
        since,
        draft.wishes,
    )


async def send(services: Services, reader: Reader, draft: Ask, now: datetime) -> Request | Message:
    """Stores the request, or the changes of the one there is. Twice is the same as once."""
    person = reader.person
    assert person is not None
    if reader.place not in services.guide.places:
        return ask_town(services.guide)
    if not draft.languages or not draft.free:
        return choose_free(draft, "n") if draft.languages else choose_languages(services.guide, draft, "n")
    async with services.database.write() as tx:
        mine = await network.list_requests(tx, services.community, services.guide.point, person=person.id)
        same = next((each for each in mine if (each.offer, each.whom) == (draft.offer, draft.whom)), None)
        if same is None and len(mine) >= MOST_OPEN:
            return _too_many()
        if same is not None and await _is_bound(tx, services, same):
            return await _found(tx, services, same.id)
        number = await network.add_request(
            tx, services.community, person.id, draft.offer, draft.whom, _details(draft, reader.place), now
        )
        await network_log.note(tx, services.community, person.id, "changed" if same else "asked", f"r{number}", now)
        await network_log.mark_changed(tx, services.community)
        return await _found(tx, services, number)


async def _is_bound(tx: Tx, services: Services, request: Request) -> bool:
    """Somebody was asked on the strength of what it said, or found: then it is not changed under their hands."""
    states = {each.state for each in await network.list_matches(tx, services.community, request=request.id)}
    return bool(states & {"asking_volunteer", "asking_newcomer", "later", "meeting", "active", "paused"})


async def _found(tx: Tx, services: Services, number: int) -> Request:
    found = await network.one_request(tx, services.community, number, services.guide.point)
    assert found is not None
    return found


def _details(draft: Ask, place: str | None) -> dict[str, Any]:
    return {
        "band": draft.band,
        "languages": list(draft.languages),
        "free": draft.free,
        "place": place,
        "wishes": sorted(draft.wishes),
    }


def _too_many() -> Message:
    return Message(
        (say("You have many requests already. Take one back first."),),
        ((Button(label("📋 My requests"), "nr"), Button(label("🙋 A person"), "h")),),
    )
