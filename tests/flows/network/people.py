"""The people of the network's stories: how each comes in, in as few taps as they need."""

from __future__ import annotations

from bot.core.network.model import Match, Request, Volunteer
from bot.core.query import code
from bot.store import network, network_log
from tests.flows.stage import Phone, Stage

ASKS = ("no:", "nL:", "nF:", "nf:a", "nS:", "ns:")
HELPS = ("nvo:", "nvL:", "nvF:", "nvf:a", "nvS:", "nvs:", "nvm:")


async def asks_for(phone: Phone, offer: str = "homework_help", band: str = "15-17", whom: str = "m") -> None:
    """Seven taps from the menu: the offer, for whom, languages, a stretch of the week, on, and send."""
    await phone.says("/network")
    await phone.taps(f"no:{code(offer)}")
    await phone.taps(f"nL:{code(offer)}:{whom}:{band}")
    await phone.taps("nF:")
    await phone.taps("nf:a")
    await phone.taps("nS:")
    await phone.taps("ns:")


async def offers(
    phone: Phone,
    *,
    children: bool = False,
    capacity: int = 1,
    motivation: str = "I like to teach.",
    start: str = "✅ Now",
) -> None:
    """Homework help, in one's own language and Danish, on weekday afternoons."""
    await phone.says("I want to volunteer")
    await phone.taps("nvo:2:")
    await phone.taps("nvL:")
    await phone.taps("nvF:")
    await phone.taps("nvf:a")
    await phone.taps("nvS:")
    if capacity > 1:
        await phone.taps(f"nvc:{capacity}")
    if children:
        await phone.taps("nvb:")
    await phone.taps("nvs:")
    await phone.chooses_label(start)
    await phone.says(motivation)


async def volunteer(play: Stage, name: str = "Bente", *, children: bool = False, capacity: int = 1) -> Phone:
    phone = play.phone(name, "da")
    await phone.meets("en")
    await offers(phone, children=children, capacity=capacity)
    return phone


async def approves(coordinator: Phone, who: Phone) -> int:
    """A coordinator has spoken with the volunteer. Gives the volunteer's person."""
    person = await person_of(who)
    await coordinator.taps(f"Nw:{person}")
    await coordinator.taps(f"NV:{person}:a")
    return person


async def person_of(phone: Phone) -> int:
    found = (await phone.reader()).person
    assert found is not None
    return found.id


async def matches(play: Stage) -> tuple[Match, ...]:
    services = play.app.services
    async with services.database.read() as tx:
        return await network.list_matches(tx, services.community)


async def requests(play: Stage, *states: str) -> tuple[Request, ...]:
    services = play.app.services
    async with services.database.read() as tx:
        wanted = states or network.OPEN
        return await network.list_requests(tx, services.community, play.guide.point, states=wanted)


async def kept_volunteer(play: Stage, person: int) -> Volunteer:
    services = play.app.services
    async with services.database.read() as tx:
        found = await network.one_volunteer(tx, services.community, person, play.guide.point)
    assert found is not None
    return found


async def acts(play: Stage, about: str) -> list[str]:
    services = play.app.services
    async with services.database.read() as tx:
        return [each.what for each in await network_log.acts_about(tx, services.community, about)]


async def suggested(play: Stage, *, children: bool = False) -> tuple[Phone, Phone, Phone, Match]:
    """A newcomer, an approved volunteer, a coordinator, and the suggestion that brings the two together."""
    sana = await play.coordinator()
    bente = await volunteer(play, children=children)
    await approves(sana, bente)
    amina = play.phone("Amina Ali", "en")
    await amina.meets("en")
    await asks_for(amina)
    return amina, bente, sana, (await matches(play))[-1]


async def asked(play: Stage) -> tuple[Phone, Phone, Phone, Match]:
    """The same, and the volunteer has been asked."""
    amina, bente, sana, match = await suggested(play)
    await sana.taps("Ns:0")
    await sana.taps(f"Ny:{match.id}")
    await play.later(minutes=3)
    return amina, bente, sana, match


async def met(play: Stage) -> tuple[Phone, Phone, Phone, Match]:
    """The same, and both said yes and agreed on a first meeting."""
    amina, bente, sana, match = await asked(play)
    await bente.taps(f"nq:{match.id}:y")
    await amina.taps(f"ny:{match.id}:y")
    await amina.taps(f"nm:{match.id}")
    await amina.taps(f"nd:{match.id}:")
    await bente.taps(f"nc:{match.id}:")
    return amina, bente, sana, (await matches(play))[-1]
