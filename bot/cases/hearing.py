"""Who hears of a case: the coordinators, or those who look after the organisation that it is for."""

from __future__ import annotations

from bot.core.model import Person
from bot.core.rights import coordinates, organisations
from bot.store import people
from bot.store.cases import Case
from bot.store.database import Tx


async def hearers(tx: Tx, community: str, case: Case) -> tuple[Person, ...]:
    """Who is told of it first. Where nobody of the organisation can be written to now, the coordinators are."""
    return await those_of(tx, community, case.organisation, case.person)


async def those_of(tx: Tx, community: str, organisation: str, asker: int) -> tuple[Person, ...]:
    """The same before there is a case."""
    found = await people.with_any_role(tx, community)
    theirs = tuple(each for each in found if _answers_for(each, organisation) and each.id != asker)
    return theirs or tuple(each for each in found if coordinates(each))


async def everybody(tx: Tx, community: str, case: Case) -> tuple[Person, ...]:
    """Who is told of it once a promise was not kept: the coordinators too."""
    found = await people.with_any_role(tx, community)
    return tuple(each for each in found if coordinates(each) or _answers_for(each, case.organisation))


async def is_theirs(tx: Tx, community: str, organisation: str, asker: int = 0) -> bool:
    """Whether somebody of the organisation can be written to now; `asker` does not answer themselves."""
    found = await people.with_any_role(tx, community)
    return any(_answers_for(each, organisation) and each.id != asker for each in found)


async def answering(tx: Tx, community: str) -> frozenset[str]:
    """The organisations for which somebody can be written to now."""
    found = await people.with_any_role(tx, community)
    return frozenset(one for each in found if each.state == "active" for one in organisations(each))


def _answers_for(person: Person, organisation: str) -> bool:
    return bool(organisation) and organisation in organisations(person) and person.state == "active"
