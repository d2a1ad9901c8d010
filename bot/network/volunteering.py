"""I want to help: what, languages, when, how far, how many, who; then a line of motivation, and a coordinator calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.core.model import Reader
from bot.core.network.drafts import KINDS, KM, MOST_PEOPLE, Help
from bot.core.network.model import LIVE, Match, Volunteer
from bot.core.network.safeguarding import as_of
from bot.core.query import day_code
from bot.core.say import Button, Day, Message, Moment, Text, label, say
from bot.core.schedule import local_day, moment
from bot.core.ways_on import PERSON
from bot.guide import Guide
from bot.network.matches import closed, tell_coordinators
from bot.network.rechecking import recheck
from bot.network.rules import network_rules
from bot.network.words import offer, volunteer_lines
from bot.people import ask_town
from bot.services import Services
from bot.store import network, network_log, people

LONGEST = 200
_MORNING = time(9, 0)


def choose_offers(guide: Guide, reader: Reader, draft: Help | None = None) -> Message:
    """What one would like to do: one thing or several."""
    if reader.place not in guide.places:
        return ask_town(guide)
    draft = draft or Help((), tuple(dict.fromkeys((reader.language, "da"))))
    kept = draft.encode()
    rows = [
        (
            Button(
                # NOTE: Button: {mark} ✅ or ▫️, {offer} "homework help".
                label("{mark} {offer}", mark="✅" if each in draft.offers else "▫️", offer=offer(each)),
                f"nvo:{number}:{kept}",
            ),
        )
        for number, each in enumerate(network_rules().alone)
    ]
    if draft.offers:
        rows.append((Button(label("▶️ Go on"), f"nvL:{kept}", style="yes"),))
    else:
        rows.append((Button(label("🗣 I interpret"), "Iv"),))
    return Message(
        (
            say("💛 <b>Thank you for wanting to help.</b>"),
            say("What would you like to do, with a young person under 25?"),
        ),
        tuple(rows),
    )


def choose_how(draft: Help) -> Message:
    """How far, how many, who one is, and whether also children: a tap each, all on one page."""
    kept = draft.encode()

    def mark(chosen: bool) -> str:
        return "✅" if chosen else "▫️"

    km = tuple(
        # NOTE: Button: how far a volunteer would go; {mark} ✅ or ▫️.
        Button(label("{mark} {km} km", mark=mark(each == draft.km), km=each), f"nvk:{at}:{kept}")
        for at, each in enumerate(KM)
    )
    many = tuple(
        # NOTE: Button: how many people a volunteer would meet; {mark} ✅ or ▫️.
        Button(label("{mark} {n} 👤", mark=mark(each == draft.capacity), n=each), f"nvc:{each}:{kept}")
        for each in range(1, MOST_PEOPLE + 1)
    )
    kinds = {
        # NOTE: Button: who the volunteer is.
        "w": label("🙋‍♀️ A woman"),
        # NOTE: Button: who the volunteer is.
        "m": label("🙋‍♂️ A man"),
        # NOTE: Button: who the volunteer is.
        "f": label("👨‍👩‍👧 A family"),
        # NOTE: Button: the volunteer would rather not say who they are.
        "x": label("🤐 Not said"),
    }
    who = tuple(
        # NOTE: Button: {mark} ✅ or ▫️, {who} “A woman” or “Also under 15”.
        Button(label("{mark} {who}", mark=mark(KINDS[letter] == draft.kind), who=word), f"nvd:{letter}:{kept}")
        for letter, word in kinds.items()
    )
    # NOTE: Button: the volunteer would also meet children under 15.
    children = label("👧 Also under 15")
    return Message(
        (
            # NOTE: Head of a page of the volunteer's form; the buttons are kilometres, people, and who one is.
            say("📏 <b>How far, how many, and who are you?</b>"),
            # NOTE: børneattest: the Danish police certificate for work with children; the word stays Danish.
            say("To meet children under 15 you need a børneattest. The municipality asks for it."),
        ),
        (
            km[:2],
            km[2:],
            many,
            who[:2],
            who[2:],
            (Button(label("{mark} {who}", mark=mark(draft.children), who=children), f"nvb:{kept}"),),
            (Button(label("▶️ Go on"), f"nvs:{kept}", style="yes"),),
        ),
    )


def choose_start(draft: Help, now: datetime) -> Message:
    """From when one can help: now, in two weeks, or from one of the next months on."""
    rows: list[tuple[Button, ...]] = [
        # NOTE: Button: a volunteer can begin at once.
        (Button(label("✅ Now"), f"nvm:{replace(draft, starts=None).encode()}", style="yes"),)
    ]
    days = [
        Button(label("📅 {day}", day=Day(day)), f"nvm:{replace(draft, starts=day).encode()}") for day in first_days(now)
    ]
    rows += [tuple(days[at : at + 2]) for at in range(0, len(days), 2)]
    # NOTE: A volunteer chooses the first day on which they can help.
    return Message((say("📅 <b>From when can you help?</b>"),), tuple(rows))


async def ask_motivation(services: Services, reader: Reader, draft: Help, now: datetime) -> Message:
    """Keeps the offer, and asks for a line in the volunteer's own words, which may be left out."""
    assert reader.person is not None
    if not draft.offers or not draft.languages or not draft.free:
        return choose_offers(services.guide, reader, draft)
    await _keep(services, reader, draft, now)
    return Message(
        (
            say("✍️ <b>Why would you like to help?</b>"),
            say("Write one line. The coordinator reads it."),
        ),
        # NOTE: Button: goes on without a line of motivation.
        ((Button(label("▶️ Without"), "nv"),),),
    )


async def _keep(services: Services, reader: Reader, draft: Help, now: datetime) -> None:
    person = reader.person
    assert person is not None
    async with services.database.write() as tx:
        before = await network.one_volunteer(tx, services.community, person.id, services.guide.point)
        details = _details(draft, reader.place, before)
        await network.keep_volunteer(tx, services.community, person.id, details, now)
        await people.set_step(tx, services.community, person.id, {"motivation": True})
        await network_log.note(tx, services.community, person.id, "offered", f"v{person.id}", now)
        await recheck(tx, services, person.id, now)
        await network_log.mark_changed(tx, services.community)
        if before is None or before.state != "approved":
            content = {"volunteer": person.id}
            key = f"v{person.id}/new/{local_day(now)}"
            await tell_coordinators(tx, services.community, "net_new_volunteer", key, content, now)
    services.hurry.set()


def _details(draft: Help, place: str | None, before: Volunteer | None) -> dict[str, Any]:
    return {
        "offers": list(draft.offers),
        "languages": list(draft.languages),
        "free": draft.free,
        "place": place,
        "km": draft.km,
        "capacity": draft.capacity,
        "kind": draft.kind,
        "children": draft.children,
        "motivation": before.motivation if before else "",
        "starts": draft.starts.isoformat() if draft.starts else None,
    }


def is_asked_why(reader: Reader) -> bool:
    """Whether the person's next text is their motivation."""
    return bool(reader.person and reader.person.step and reader.person.step.get("motivation"))


async def keep_motivation(services: Services, reader: Reader, text: str, now: datetime) -> Message:
    assert reader.person is not None
    person = reader.person.id
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, person, None)
        if await network.one_volunteer(tx, services.community, person, services.guide.point) is None:
            return closed()
        details = await network.details_of_volunteer(tx, services.community, person)
        details["motivation"] = text[:LONGEST]
        await network.set_volunteer(tx, services.community, person, now, details=details)
    return await mine(services, reader, now)


async def mine(services: Services, reader: Reader, now: datetime, note: Text | None = None) -> Message:
    """One's own offer: what was said, where it stands, who one meets; the form for who has none."""
    assert reader.person is not None
    async with services.database.write() as tx:
        found = await network.one_volunteer(tx, services.community, reader.person.id, services.guide.point)
        matches = await network.list_matches(tx, services.community, person=reader.person.id, states=LIVE)
        if is_asked_why(reader):
            await people.set_step(tx, services.community, reader.person.id, None)
    if found is None or found.state == "removed":
        return choose_offers(services.guide, reader)
    lines: list[Text | str] = [note, ""] if note else []
    lines += [say("💛 <b>My offer</b>"), *volunteer_lines(services.guide, found), "", _state(found, now)]
    return Message(lines, _buttons(found, matches, reader.person.id, now))


def _state(found: Volunteer, now: datetime) -> Text:
    if found.state == "new":
        return say("⏳ A coordinator will talk with you first. You get a message here.")
    if found.state == "declined":
        return say("We cannot use your help right now. A person is glad to explain.")
    if found.starts and found.starts > local_day(now):
        # NOTE: To a volunteer who takes a rest or begins later: {when} "Wednesday 23/12 09:00".
        return say("⏸ We do not ask you before {when}.", when=Moment(moment(found.starts, _MORNING)))
    if found.children and as_of(found.safeguard, local_day(now)).state in ("not_needed", "asked", "due"):
        return say("✅ You are approved. For children under 15 your børneattest is still missing.")
    return say("✅ You are approved. We ask you when somebody fits.")


def _buttons(
    found: Volunteer, matches: tuple[Match, ...], person: int, now: datetime
) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = [
        # NOTE: Button: opens the match with this person; {name} is their first name.
        (Button(label("🤝 Match: {name}", name=str(each.notes.get("newcomer_name", "?"))), f"nm:{each.id}"),)
        for each in matches
        if each.volunteer == person
    ]
    draft = Help(
        tuple(each for each in network_rules().alone if each in found.offers),
        found.languages,
        found.free,
        found.km if found.km in KM else KM[1],
        found.capacity,
        found.kind,
        found.children,
        found.starts if found.starts and found.starts > local_day(now) else None,
    )
    # NOTE: Button: a volunteer wants a rest; the next page asks until when.
    pause = Button(label("⏸ Not now"), "nvp")
    if found.starts and found.starts > local_day(now):
        # NOTE: Button: ends a volunteer's rest.
        pause = Button(label("▶️ Ask me again"), "nvp:n")
    if found.state == "approved":
        rows.append((Button(label("🌍 I translate"), "eu"), Button(label("📖 Knowledge"), "K")))
    rows.append((Button(label("✏️ Change"), f"nvO:{draft.encode()}"), pause))
    # NOTE: Button: opens what a volunteer has said about interpreting.
    rows.append((Button(label("🗣 I interpret"), "Iv"),))
    # NOTE: Button: ends all of a volunteer's help.
    rows.append((Button(label("✖️ Stop helping"), "nvx", style="no"), PERSON))
    return tuple(rows)


def choose_rest(now: datetime) -> Message:
    """Until when a volunteer is not asked: without a reason, and without anybody hearing of it."""
    days = [Button(label("📅 {day}", day=Day(day)), f"nvp:{day_code(day)}") for day in first_days(now)]
    return Message(
        # NOTE: To a volunteer who wants a rest; the buttons are days.
        (say("⏸ <b>Until when shall we not ask you?</b>"), say("You need no reason.")),
        (
            *(tuple(days[at : at + 2]) for at in range(0, len(days), 2)),
            (Button(label("◀️ Back"), "nv"), PERSON),
        ),
    )


def first_days(now: datetime) -> tuple[date, ...]:
    """The days that are offered as a beginning: in two weeks, in a month, and the first of the four months after."""
    today = local_day(now)
    month = today.year * 12 + today.month  # of the next month, counted from 0
    firsts = [date((month + ahead) // 12, (month + ahead) % 12 + 1, 1) for ahead in range(6)]
    return (today + timedelta(days=14), rest(now), *[each for each in firsts if each > rest(now)][:4])


def rest(now: datetime) -> date:
    """The day until which “not this month” lasts."""
    return local_day(now) + network_rules().waits["month"]


async def pause(services: Services, reader: Reader, until: date | None, now: datetime) -> Message:
    """Nobody is asked of them before that day; None: from now on again. What they were being asked is taken back."""
    assert reader.person is not None
    person = reader.person.id
    async with services.database.write() as tx:
        if await network.one_volunteer(tx, services.community, person, services.guide.point) is None:
            return closed()
        details = await network.details_of_volunteer(tx, services.community, person)
        details["starts"] = until.isoformat() if until else None
        await network.set_volunteer(tx, services.community, person, now, details=details)
        await network_log.note(tx, services.community, person, "rests" if until else "back", f"v{person}", now)
        await recheck(tx, services, person, now)
        await network_log.mark_changed(tx, services.community)
    services.hurry.set()
    return await mine(services, reader, now)
