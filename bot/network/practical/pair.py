"""A pair and their list as one of the two sees it: loaded for who belongs to it, and for nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.model import Person
from bot.core.network.model import Match
from bot.core.network.practical import Kept, Side, Suggested, Thing, taken_off, the_list
from bot.core.say import Button, label
from bot.guide import Guide
from bot.network.practical.things import practical_list
from bot.store import network, people, practical
from bot.store.database import Tx

OPEN = ("meeting", "active")
"""From the two yeses to the end; a pause stops the list as it stops all that passes between the two."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A match with its list, seen by `me`; `theirs` is the other's language."""

    match: Match
    me: Side
    theirs: str
    kept: tuple[Kept, ...]

    @property
    def things(self) -> tuple[Thing, ...]:
        return the_list(practical_list().things, self.kept, self.match.made)

    @property
    def off(self) -> tuple[Suggested, ...]:
        return taken_off(practical_list().things, self.kept)

    @property
    def silent(self) -> bool:
        """Whether one of them wants no messages of the other: then no words are passed on here either."""
        return bool(self.match.notes.get("silent"))

    def find(self, thing: str) -> Thing | None:
        return next((each for each in self.things if each.id == thing), None)


def open_list(match: int) -> Button:
    # NOTE: Button: opens the list of things that a mentor and a newcomer want to do together.
    return Button(label("📝 Our list"), f"nj:{match}")


async def pair_of(tx: Tx, guide: Guide, person: Person | None, number: int, *, hold: bool = False) -> Pair | None:
    """The pair of this match for one of its two, where its offer has a list and it is not over. `hold` for writing."""
    community = guide.community.id
    match = await (network.one_match if hold else network.find_match)(tx, community, number)
    if match is None or person is None or person.id not in (match.newcomer, match.volunteer):
        return None
    if not await has_list(tx, guide, match):
        return None
    other = (await people.by_ids(tx, community, [match.other(person.id)])).get(match.other(person.id))
    kept = await practical.of_match(tx, match, community)
    return Pair(match, match.side(person.id), other.language if other else person.language, kept)


async def has_list(tx: Tx, guide: Guide, match: Match) -> bool:
    """Whether these two share a list at the moment."""
    if match.state not in OPEN:
        return False
    request = await network.one_request(tx, guide.community.id, match.request, guide.point)
    return request is not None and request.offer in practical_list().offers
