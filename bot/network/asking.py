"""Asking for a person of one's own: offer, for whom, languages, free time, wishes; stored when it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.core.model import Person, Reader
from bot.core.network.drafts import WHOM, WISHES, Ask
from bot.core.network.model import ASKED, LIVE, Request, Whom
from bot.core.query import Query, code, encode
from bot.core.say import Button, Message, Text, label, say
from bot.core.ways_on import NEAR, PERSON
from bot.guide import Guide
from bot.network.forms import choose_free, choose_languages
from bot.network.matches import take_back
from bot.network.rules import network_rules
from bot.network.words import age, offer, request_lines
from bot.people import ask_town
from bot.services import Services
from bot.store import network, network_log
from bot.store.database import Tx

MOST_OPEN = 6
"""Open requests of one person: an offer each for themselves, and some for their children."""


def menu(guide: Guide) -> Message:
    """Let's Network: its offers, one's own requests, and the way to help."""
    rules = network_rules()
    tiles = [
        Button(
            # NOTE: Button: an offer of Let's Network: {offer} "homework help".
            label("{emoji} {offer}", emoji=guide.topics.find("offer", each).emoji, offer=offer(each)),
            f"no:{code(each)}",
        )
        for each in (*rules.alone, *(each for each in rules.groups if each not in rules.alone))
    ]
    return Message(
        (
            say("🤝 <b>Let's Network</b>"),
            # NOTE: Under the head “Let's Network”: what it is.
            say("For people under 25: somebody who has time for you. It is free."),
            say("What would you like?"),
        ),
        (
            *(tuple(tiles[at : at + 2]) for at in range(0, len(tiles), 2)),
            # NOTE: “📋 My requests”: Button: what the reader has asked for, and where it stands. “💛 I want to help”:
            # Button: for who wants to be a volunteer.
            (Button(label("📋 My requests"), "nr"), Button(label("💛 I want to help"), "nv")),
            (PERSON,),
        ),
    )


async def ask_for_whom(services: Services, reader: Reader, chosen: str) -> Message | None:
    """Who it is for and how old, in one tap. None where the offer is one that people join in groups.

    What was asked for already is shown, and a further child has a request of its own.
    """
    guide, rules = services.guide, network_rules()
    if chosen not in rules.alone:
        return None
    if reader.place not in guide.places:
        return ask_town(guide)
    open_ones = await _open(services, reader, chosen)
    taken = {each.whom for each in open_ones}
    rows: list[tuple[Button, ...]] = [
        (Button(label("📋 {whom}", whom=whose(each)), f"nr:{each.id}"),) for each in open_ones
    ]
    rows += _bands(chosen, reader, taken)
    # NOTE: Button under “Who is it for?”.
    rows.append((Button(label("🙂 25 years or more"), "n25"),))
    if chosen in rules.groups:
        together = encode(Query(topics=rules.groups[chosen], place=reader.place))
        # NOTE: Button: the same offer as an activity for several, for example a homework café.
        rows.append((Button(label("👥 In a group"), f"f:{together}"),))
    lines: list[Text | str] = [say("<b>{offer}</b>", offer=offer(chosen))]
    if open_ones:
        # NOTE: Above the requests the reader has sent for this offer; each is a button below.
        lines.append(say("You have asked for this already. Tap 📋 to see it, or ask for somebody else:"))
    return Message(
        # NOTE: The buttons are oneself and one's child, each with an age.
        (*lines, say("Who is it for? We only need the age.")),
        (*rows, (Button(label("◀️ Back"), "n"), PERSON)),
    )


async def _open(services: Services, reader: Reader, chosen: str) -> Sequence[Request]:
    if reader.person is None:
        return ()
    async with services.database.read() as tx:
        mine = await network.list_requests(tx, services.community, services.guide.point, person=reader.person.id)
    return [each for each in mine if each.offer == chosen]


def whose(request: Request) -> Text:
    """One of the person's own requests in a few words."""
    if request.for_child:
        # NOTE: On a button with 📋 before it: the request for one's child, {age} "under 15 years".
        return say("My child, {age}", age=age(request.band))
    # NOTE: On a button with 📋 before it: the request for oneself, {age} "15–17 years".
    return say("Me, {age}", age=age(request.band))


def _bands(chosen: str, reader: Reader, taken: set[Whom]) -> list[tuple[Button, ...]]:
    """A button for each age that may still be asked for: oneself once, and up to three children."""
    rows: list[tuple[Button, ...]] = []
    free = next((whom for whom in WHOM.values() if whom != "me" and whom not in taken), None)
    for band in network_rules().bands:
        me: tuple[Button, ...] = ()
        child: tuple[Button, ...] = ()
        if free and int(band.partition("-")[0]) < 18:
            # NOTE: Button: {age} "under 15 years". A parent or guardian asks for their child.
            word = label("👧 My child, {age}", age=age(band))
            if free != "child":
                # NOTE: Button: there is a request for one child already; {age} "under 15 years".
                word = label("👧 Another child, {age}", age=age(band))
            child = (Button(word, f"nL:{_draft(chosen, free, band, reader)}"),)
        if "me" not in taken:
            to = "ng" if band.startswith("0") else f"nL:{_draft(chosen, 'me', band, reader)}"
            # NOTE: Button: {age} "15–17 years".
            me = (Button(label("🙂 Me, {age}", age=age(band)), to),)
        rows += [child, me] if band.startswith("0") else [(*me, *child)]
    return [row for row in rows if row]


def _draft(chosen: str, whom: Whom, band: str, reader: Reader) -> str:
    spoken = tuple(dict.fromkeys((reader.language, "da")))
    return Ask(chosen, whom, band, spoken).encode()


def guardian_asks() -> Message:
    """Someone under 15 does not ask alone."""
    return Message(
        (
            # NOTE: To a child who wants to ask alone. Kind and simple.
            say("👧 You are under 15. Then a parent or guardian asks for you."),
            say("They can write to me on their own phone. We have kept nothing."),
        ),
        ((PERSON, Button(label("◀️ Back"), "n")),),
    )


def grown_up(reader: Reader) -> Message:
    """25 and over: kindly, with what else there is; nothing is stored."""
    meet = encode(Query(topics=("social", "eating_together"), place=reader.place))
    return Message(
        (
            say("Let's Network is for people under 25. We have kept nothing."),
            # NOTE: To somebody of 25 or more; the buttons below lead to activities.
            say("But you are welcome here:"),
        ),
        (
            # NOTE: Button: activities at which one meets people.
            (Button(label("👥 Meet people"), f"f:{meet}"), NEAR),
            (PERSON,),
        ),
    )


async def summary(services: Services, reader: Reader, draft: Ask) -> Message:
    """All that will be sent, with wishes to add; and what sending it changes, where there is such a request."""
    kept, guide = draft.encode(), services.guide
    wished = []
    for letter, wish in WISHES.items():
        # NOTE: “🙋‍♀️ Only a woman”: Button: a wish to be met by a woman only; a tap sets or unsets it. “👨‍👩‍👧 Only a
        # family”: Button: a wish to be met by a family only; a tap sets or unsets it.
        word = label("🙋‍♀️ Only a woman") if wish == "woman" else label("👨‍👩‍👧 Only a family")
        mark = "✅" if wish in draft.wishes else "▫️"
        # NOTE: Button: {mark} ✅ or ▫️, {wish} “Only a woman”.
        wished.append(Button(label("{mark} {wish}", mark=mark, wish=word), f"nx:{letter}:{kept}"))
    same = next((each for each in await _open(services, reader, draft.offer) if each.whom == draft.whom), None)
    states = await _states(services, same)
    lines = request_lines(guide, _as_request(guide, draft, reader.place or "", reader.person, None))
    # NOTE: Button: sends the request that is shown above.
    send_it = Button(label("✅ Send"), f"ns:{kept}", style="yes")
    # NOTE: Under what will be sent. No name is sent with it.
    last = say("A coordinator reads it. Your name is not shown.")
    if same is not None and states & set(ASKED):
        # NOTE: Under a changed request: a volunteer has been asked about it as it was before.
        last = say("⏳ Somebody is asked about this right now. If you change it, we thank them and look again.")
        # NOTE: Button: sends the changed request; the volunteer who was asked is thanked.
        send_it = Button(label("✅ Change, look again"), f"nX:{kept}", style="yes")
    elif same is not None:
        # NOTE: Button: sends the changed request.
        send_it = Button(label("✅ Change it"), f"ns:{kept}", style="yes")
    # NOTE: Head of what will be sent as a request; the lines below say it.
    return Message(
        (say("🤝 <b>Is this right?</b>"), *lines, last),
        (
            (send_it,),
            tuple(wished),
            (Button(label("◀️ Back"), f"nF:{kept}"), PERSON),
        ),
    )


async def _states(services: Services, request: Request | None) -> set[str]:
    """The states of the matches of a request."""
    if request is None:
        return set()
    async with services.database.read() as tx:
        return {each.state for each in await network.list_matches(tx, services.community, request=request.id)}


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


async def send(
    services: Services, reader: Reader, draft: Ask, now: datetime, *, anew: bool = False
) -> Request | Message:
    """Stores the request, or the changes of the one there is. Twice is the same as once.

    Where somebody is asked on the strength of what it said, it is changed only `anew`: they are thanked, and it is
    matched again. Two who have found each other change nothing: their request is not looked for any more.
    """
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
        details = _details(draft, reader.place)
        if same is not None and not _changes(same, details):
            return same
        found = await network.list_matches(tx, services.community, request=same.id) if same else ()
        states = {each.state for each in found}
        if same is not None and states & set(LIVE):
            return same
        if not (states & set(ASKED) and not anew):
            return await _keep(tx, services, person, draft, details, same, now)
    return await summary(services, reader, draft)


def _changes(request: Request, details: dict[str, Any]) -> bool:
    kept = (request.band, list(request.languages), request.free, request.place, sorted(request.wishes))
    return kept != tuple(details[name] for name in ("band", "languages", "free", "place", "wishes"))


async def _keep(
    tx: Tx,
    services: Services,
    person: Person,
    draft: Ask,
    details: dict[str, Any],
    same: Request | None,
    now: datetime,
) -> Request:
    if same is not None:
        await take_back(tx, services, same, now)
    number = await network.add_request(tx, services.community, person.id, draft.offer, draft.whom, details, now)
    await network_log.note(tx, services.community, person.id, "changed" if same else "asked", f"r{number}", now)
    await network_log.mark_changed(tx, services.community)
    services.hurry.set()
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
        # NOTE: To somebody who has as many open requests as one may have.
        (say("You have many requests already. Take one back first."),),
        ((Button(label("📋 My requests"), "nr"), PERSON),),
    )
