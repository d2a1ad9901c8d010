"""Who did what and when: with a match and its request, or with a volunteer and their matches; for a coordinator."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.cases import not_yours
from bot.core.model import Reader
from bot.core.network.model import Match
from bot.core.say import Button, Message, Moment, Text, label, say
from bot.network.matches import closed
from bot.services import Services
from bot.store import colleagues, network, network_log
from bot.store.database import Tx

AT_ONCE = 12
ABOUT = re.compile(r"[mrv][0-9]{1,15}")

WORDS: Mapping[str, Text] = {
    # NOTE: What was done with a request, in a list of what happened: a line is "23/11 10:15 · who · what".
    "r/asked": say("asked for somebody"),
    # NOTE: What somebody did, in a list: "the newcomer: changed the request".
    "r/changed": say("changed the request"),
    # NOTE: What somebody did, in a list: their request is open again.
    "r/waiting": say("went on after a pause"),
    "r/paused": say("paused the request"),
    "r/withdrawn": say("took the request back"),
    # NOTE: What was done with a volunteer's offer, in a list of what happened.
    "v/offered": say("offered to help"),
    # NOTE: What somebody did, in a list: "the volunteer: moved to another town".
    "v/moved": say("moved to another town"),
    # NOTE: What a volunteer did, in a list: takes a rest.
    "v/rests": say("wants no questions for a while"),
    # NOTE: What a volunteer did, in a list: the rest is over.
    "v/back": say("can be asked again"),
    "v/approve": say("approved the volunteer"),
    "v/decline": say("said no to the volunteer"),
    "v/remove": say("removed the volunteer"),
    "v/stopped": say("stopped helping"),
    "v/wrote": say("wrote to them"),
    # NOTE: A coordinator has ordered the børneattest of a volunteer.
    "v/asked": say("asked for the børneattest"),
    # NOTE: What a coordinator did, in a list.
    "v/assessed": say("found the børneattest in order"),
    "v/not_ok": say("found the børneattest not in order"),
    # NOTE: What happened by itself, in a list: it must be renewed.
    "v/due": say("the børneattest fell due"),
    # NOTE: What was done with a match, in a list of what happened.
    "m/approved": say("approved the suggestion"),
    # NOTE: What a coordinator did, in a list.
    "m/undone": say("took the approval back"),
    # NOTE: What a coordinator did, in a list: does not want to bring these two together.
    "m/refused": say("said: not these two"),
    "m/later": say("asked to be asked again in a week"),
    "m/declined": say("said no"),
    "m/asking_newcomer": say("said yes; the newcomer is asked"),
    "m/meeting": say("said yes; they have found each other"),
    # NOTE: What happened by itself, in a list.
    "m/lapsed": say("no answer came in time"),
    "m/filled": say("not needed any more, or does not fit any more"),
    "m/proposed": say("proposed a time"),
    "m/agreed": say("agreed to the time"),
    "m/comes": say("comes along to the first meeting"),
    "m/shared": say("agreed to share their contact"),
    "m/hushed": say("wants no messages"),
    "m/unsafe": say("feels unsafe"),
    "m/paused": say("put it on pause"),
    # NOTE: What a coordinator did, in a list: a match that was on pause goes on.
    "m/resumed": say("let it go on"),
    # NOTE: What somebody did, in a list: ended the match.
    "m/ended": say("ended it"),
}


async def page(services: Services, reader: Reader, about: str, number: int) -> Message:
    """The newest first. `about`: `m`, `r` or `v` and a number; also what hangs on it is shown."""
    if not reader.coordinates:
        return not_yours()
    if not ABOUT.fullmatch(about):
        return closed()
    async with services.database.read() as tx:
        abouts, matches = await _with_what_hangs_on_it(tx, services, about)
        found = await network_log.acts_about(tx, services.community, *abouts)
        sides = await _sides(tx, services, abouts, matches)
        for colleague in await colleagues.all_of(tx, services.community):
            if colleague.name and colleague.person not in sides:
                # NOTE: Who did something, in a list of what happened: a coordinator, {name} "Sana".
                sides[colleague.person] = say("{name}, coordinator", name=colleague.name)
    newest = found[::-1]
    # NOTE: Head of a list of what happened, the newest first.
    lines: list[Text | str] = [say("📜 <b>Who did what</b>")]
    for act in newest[number * AT_ONCE : (number + 1) * AT_ONCE]:
        # NOTE: What somebody did, in a list, where we have no word for it.
        what = WORDS.get(f"{act.about[0]}/{act.what}", say("did something"))
        who = _who(act.by, sides)
        # NOTE: One line of what happened: {when} "Monday 23/11 10:15", {who} "the volunteer", {what} "said yes".
        lines.append(say("{when} · {who}: {what}", when=Moment(act.at), who=who, what=what))
    if not newest:
        # NOTE: An empty list of what happened.
        lines.append(say("Nothing yet."))
    more = number * AT_ONCE + AT_ONCE < len(newest)
    return Message(
        lines,
        (
            (
                *((Button(label("◀️ Back"), f"NL:{about}:{number - 1}"),) if number else ()),
                *((Button(label("▶️ More"), f"NL:{about}:{number + 1}"),) if more else ()),
            ),
            # NOTE: Button: the coordinator's first page of Let's Network.
            (_up(about), Button(label("🤝 Overview"), "N")),
        ),
    )


def _up(about: str) -> Button:
    number = int(about[1:])
    if about[0] == "m":
        # NOTE: Button: opens one match; a match is a newcomer and a volunteer.
        return Button(label("🤝 Match no. {number}", number=number), f"Nx:{number}")
    if about[0] == "v":
        # NOTE: Button or head: a volunteer, who has a number instead of a name.
        return Button(label("👤 Volunteer no. {number}", number=number), f"Nw:{number}")
    return Button(label("⚖️ Both lists"), "Nl:0")


async def _with_what_hangs_on_it(tx: Tx, services: Services, about: str) -> tuple[list[str], tuple[Match, ...]]:
    """What is looked up: a match with its request; a request or a volunteer with all their matches."""
    community, number = services.community, int(about[1:])
    if about[0] == "m":
        match = await network.find_match(tx, community, number)
        return ([about, f"r{match.request}"], (match,)) if match else ([about], ())
    if about[0] == "v":
        matches = await network.list_matches(tx, community, volunteer=number)
    else:
        matches = await network.list_matches(tx, community, request=number)
    return [about, *(f"m{each.id}" for each in matches)], matches


async def _sides(tx: Tx, services: Services, abouts: list[str], matches: tuple[Match, ...]) -> dict[int, Text]:
    """Who of the persons is the newcomer and who the volunteer; nobody is named."""
    # NOTE: Who did something, in a list of what happened.
    newcomer, volunteer = say("the newcomer"), say("the volunteer")
    sides = {each.newcomer: newcomer for each in matches} | {each.volunteer: volunteer for each in matches}
    for about in abouts:
        if about[0] == "v":
            sides[int(about[1:])] = volunteer
        if about[0] == "r":
            request = await network.one_request(tx, services.community, int(about[1:]), services.guide.point)
            if request is not None:
                sides[request.person] = newcomer
    return sides


def _who(by: int | None, sides: Mapping[int, Text]) -> Text:
    if by is None:
        # NOTE: Nobody did it, or somebody who has deleted all that was kept of them.
        return say("by itself, or somebody who has left")
    # NOTE: Who did something, in a list of what happened; {number} tells one coordinator from another.
    return sides.get(by, say("coordinator no. {number}", number=by))
