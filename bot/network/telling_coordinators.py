"""What the network's notices to coordinators say: what waits for them, and what needs them at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.core.network.model import LIVE, SUGGESTED, Match
from bot.core.say import Button, Listing, Message, Moment, Text, Word, label, say, say_many
from bot.network.match_desk import ANSWERS
from bot.network.words import reasons, volunteer_lines
from bot.store import network, network_log, people

if TYPE_CHECKING:  # it imports us
    from bot.telling import Tell, Telling


async def _match(telling: Telling) -> Match | None:
    return await network.find_match(telling.tx, telling.guide.community.id, int(telling.content["match"]))


def _open(match: Match) -> tuple[Button, ...]:
    return (Button(label("🤝 Match no. {number}", number=match.id), f"Nx:{match.id}"),)


async def suggested(telling: Telling) -> Message | None:
    found = await network.list_matches(telling.tx, telling.guide.community.id, states=SUGGESTED)
    if not found:
        return None
    return Message(
        (say_many("💡 {n} suggestion waits for you.", "💡 {n} suggestions wait for you.", len(found)),),
        ((Button(label("💡 Suggestions"), "Ns:0"),),),
    )


async def new_volunteer(telling: Telling) -> Message | None:
    person = int(telling.content["volunteer"])
    found = await network.one_volunteer(telling.tx, telling.guide.community.id, person, telling.guide.point)
    if found is None or found.state != "new":
        return None
    return Message(
        (say("🆕 <b>Somebody wants to help</b>"), *volunteer_lines(telling.guide, found)),
        ((Button(label("👤 Volunteer no. {number}", number=person), f"Nw:{person}"),),),
        protect=True,
    )


async def stuck(telling: Telling) -> Message | None:
    match = await _match(telling)
    if match is None or match.state != "meeting":
        return None
    # NOTE: To a coordinator; the button opens the match.
    return Message((say("🕐 These two have not agreed on a first meeting yet."),), (_open(match),))


async def first(telling: Telling) -> Message | None:
    match = await _match(telling)
    if match is None or match.state != "active":
        return None
    at = datetime.fromisoformat(telling.content["at"])
    return Message(
        (say("📅 A first meeting is agreed: {when}.", when=Moment(at)),),
        ((Button(label("🙋 I will be there"), f"Nt:{match.id}"),), _open(match)),
    )


SIDES = {"newcomer": say("Newcomer"), "volunteer": say("Volunteer")}


async def quiet(telling: Telling) -> Message | None:
    """No sign of life after two questions: with what each side said last."""
    match = await _match(telling)
    if match is None or match.state != "active":
        return None
    answers = {
        each.person: each.answer
        for each in await network_log.check_ins_of(telling.tx, telling.guide.community.id, match.id)
    }
    # NOTE: To a coordinator: somebody has not answered two questions in a row.
    lines: list[Text] = [say("🤫 <b>A match has gone quiet</b>")]
    for person, who in ((match.newcomer, say("Newcomer")), (match.volunteer, say("Volunteer"))):
        said = ANSWERS.get(answers.get(person, ""), say("nothing yet"))
        lines.append(say("💬 {who}: {said}", who=who, said=said))
    silent = tuple(SIDES[each] for each in telling.content.get("silent", ()))
    if silent:
        # NOTE: To a coordinator: who has left two questions in a row unanswered; {who} "Newcomer, Volunteer".
        lines.append(say("🔕 No answer lately: {who}", who=Listing(silent)))
    return Message(lines, (_open(match),), protect=True)


async def unsafe(telling: Telling) -> Message | None:
    """At once. Who it was, as a language: a name is nobody's business but theirs."""
    match = await _match(telling)
    if match is None:
        return None
    person = match.newcomer if telling.content["side"] == "newcomer" else match.volunteer
    found = (await people.by_ids(telling.tx, telling.guide.community.id, [person])).get(person)
    # NOTE: To a coordinator, at any time of the day.
    lines = [say("🚨 <b>Somebody feels unsafe in a match</b>")]
    lines.append(say("Newcomer") if person == match.newcomer else say("Volunteer"))
    if found is not None:
        lines.append(say("🌍 {language}", language=Word("language", found.language)))
    # NOTE: “They”: who feels unsafe; “me”: the bot.
    lines.append(say("The match is on pause. They can write to a person through me."))
    return Message(lines, (_open(match),), protect=True)


async def no_longer(telling: Telling) -> Message | None:
    """One of two who meet has changed something, and a rule or wish between them no longer holds."""
    match = await _match(telling)
    if match is None or match.state not in LIVE:
        return None
    return Message(
        (
            # NOTE: To a coordinator: one of two who meet has moved or changed what they offer.
            say("🔄 <b>Something has changed in a match</b>"),
            say("⚠️ Does not fit: {reasons}", reasons=reasons(tuple(telling.content["lost"]))),
        ),
        (_open(match),),
    )


async def answer(telling: Telling) -> Message | None:
    """What a volunteer or newcomer answers to a coordinator."""
    number = int(telling.content["from"])
    return Message(
        (
            # NOTE: To a coordinator; {number} stands for the name of a volunteer or newcomer.
            say("✉️ <b>No. {number} answers</b>", number=number),
            say("“{text}”", text=str(telling.content["text"])),
        ),
        ((Button(label("✍️ Write to them"), f"Nq:{number}"), Button(label("🤝 Overview"), "N")),),
        protect=True,
    )


async def paper(telling: Telling) -> Message | None:
    number = int(telling.content["volunteer"])
    return Message(
        (
            say("📄 <b>A børneattest no longer holds</b>"),
            say("Matches of this volunteer with children under 15 are on pause."),
        ),
        ((Button(label("👤 Volunteer no. {number}", number=number), f"Nw:{number}"),),),
    )


async def renew(telling: Telling) -> Message | None:
    number = int(telling.content["volunteer"])
    found = await network.one_volunteer(telling.tx, telling.guide.community.id, number, telling.guide.point)
    if found is None or found.state != "approved" or found.safeguard.renew_by is None:
        return None
    until = f"{found.safeguard.renew_by:%d/%m/%Y}"
    return Message(
        # NOTE: {until} "23/11/2028". The word børneattest stays Danish.
        (say("📄 A børneattest must be renewed by {until}.", until=until),),
        ((Button(label("👤 Volunteer no. {number}", number=number), f"Nw:{number}"),),),
    )


KINDS: Mapping[str, Tell] = {
    "net_suggested": suggested,
    "net_new_volunteer": new_volunteer,
    "net_stuck": stuck,
    "net_first": first,
    "net_quiet": quiet,
    "net_unsafe": unsafe,
    "net_answer": answer,
    "net_paper": paper,
    "net_no_longer": no_longer,
    "net_renew": renew,
}
