"""The pages of associations: the list, by town and by interest, and one of them with what it offers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.activities import spot, title, town
from bot.cases import hearing
from bot.core.associations import Association, about, in_town, nearest_first, ready, topics_of, towns_of
from bot.core.model import Occurrence, Reader
from bot.core.say import Button, Content, Listing, Message, Rows, Span, Text, Word, label, say
from bot.core.ways_on import PERSON
from bot.guide import Guide
from bot.people import main_menu
from bot.services import Services

AT_ONCE = 5
BUTTONS = 12
"""Towns or topics on one page of buttons."""

TOPICS_SHOWN = 5
TOWNS_SHOWN = 4
TIMES_SHOWN = 3


async def known(services: Services) -> tuple[Association, ...]:
    """Every association that is ready, by name."""
    guide = services.guide
    async with services.database.read() as tx:
        answering = await hearing.answering(tx, services.community)
    return ready(guide.organisations.values(), guide.activities.values(), answering)


async def overview(services: Services, reader: Reader, page: int = 0) -> Message:
    """All of them, the nearest first."""
    # NOTE: Head of a list of associations: clubs, groups, houses.
    return _listed(
        services.guide, reader, await known(services), say("🏘 <b>Associations that welcome you</b>"), "V", page
    )


async def of_town(services: Services, reader: Reader, place: str, page: int = 0) -> Message:
    if place not in services.guide.places:
        return await towns(services)
    found = in_town(await known(services), place)
    # NOTE: Head of a list of associations in a town: {town} "Ringe".
    head = say("🏘 <b>Associations in {town}</b>", town=town(services.guide.places[place]))
    return _listed(services.guide, reader, found, head, f"Vt:{place}", page)


async def of_topic(services: Services, reader: Reader, topic: str, page: int = 0) -> Message:
    if topic not in services.guide.topics.ids("topic"):
        return await topics(services)
    found = about(await known(services), topic)
    # NOTE: Head of a list of associations for an interest: {topic} "football".
    head = say("🏘 <b>Associations: {topic}</b>", topic=Word("topic", topic))
    return _listed(services.guide, reader, found, head, f"Vi:{topic}", page)


def _listed(guide: Guide, reader: Reader, found: Sequence[Association], head: Text, verb: str, page: int) -> Message:
    found = nearest_first(found, guide.places, guide.point(reader.place))
    shown = found[page * AT_ONCE : (page + 1) * AT_ONCE]
    lines: list[Text | str] = [head]
    tiles = []
    for number, each in enumerate(shown, page * AT_ONCE + 1):
        lines += ["", say("<b>{number}. {title}</b>", number=number, title=each.name), *_where_and_what(guide, each)]
        tiles.append(Button(label("{number}", number=number), f"Vo:{each.id}"))
    if not shown:
        # NOTE: In the list of associations, where there is none.
        lines.append(say("There is none here yet. A person can help you look."))
    paging = (
        *((Button(label("◀️ Back"), f"{verb}:{page - 1}"),) if page else ()),
        *((Button(label("▶️ More"), f"{verb}:{page + 1}"),) if len(found) > (page + 1) * AT_ONCE else ()),
    )
    rows = (*((tuple(tiles),) if tiles else ()), *((paging,) if paging else ()))
    return Message(lines, (*rows, *_ways()))


def _where_and_what(guide: Guide, each: Association) -> list[Text]:
    lines = []
    places = tuple(town(guide.places[place]) for place in each.towns[:TOWNS_SHOWN] if place in guide.places)
    if places:
        # NOTE: Where an association is: {towns} "Ringe, Faaborg".
        lines.append(say("📍 {towns}", towns=Listing(places)))
    if each.topics:
        words = tuple(Word("topic", topic) for topic in each.topics[:TOPICS_SHOWN])
        # NOTE: What an association does: {topics} "football, swimming".
        lines.append(say("🎯 {topics}", topics=Listing(words)))
    return lines


def _ways() -> Rows:
    return (
        # NOTE: Buttons over a list of associations: those of a town, those for an interest such as football.
        (Button(label("📍 By town"), "VT"), Button(label("🎯 By interest"), "VI")),
        (Button(label("👋 New here?"), "Vn"), PERSON),
    )


async def towns(services: Services, page: int = 0) -> Message:
    """The towns there are associations in, those with the most first."""
    guide = services.guide
    found = [each for each in towns_of(await known(services)) if each in guide.places]
    buttons = [Button(label("{name}", name=town(guide.places[each])), f"Vt:{each}:0") for each in found]
    # NOTE: Above buttons with towns.
    return Message((say("📍 <b>Associations in which town?</b>"),), _paged(buttons, "VT", page))


async def topics(services: Services, page: int = 0) -> Message:
    """The interests there are associations for, in the order of data/topics.yaml."""
    guide = services.guide
    there = topics_of(await known(services))
    found = [each for each in guide.topics.of("topic") if each.id in there]
    buttons = [
        # NOTE: Button, an interest: {emoji} "⚽", {topic} "football".
        Button(label("{emoji} {topic}", emoji=each.emoji, topic=Word("topic", each.id)), f"Vi:{each.id}:0")
        for each in found
    ]
    # NOTE: Above buttons with interests, such as football.
    return Message((say("🎯 <b>What are you interested in?</b>"),), _paged(buttons, "VI", page))


def _paged(buttons: Sequence[Button], verb: str, page: int) -> Rows:
    """A page of buttons, two in a row, and the ways to the others and back."""
    shown = buttons[page * BUTTONS : (page + 1) * BUTTONS]
    more = (Button(label("▶️ More"), f"{verb}:{page + 1}"),) if len(buttons) > (page + 1) * BUTTONS else ()
    back = Button(label("◀️ Back"), f"{verb}:{page - 1}" if page else "V")
    return (*(tuple(shown[at : at + 2]) for at in range(0, len(shown), 2)), (back, *more))


def gone() -> Message:
    return Message(
        # NOTE: After a tap on an association that is not there any more.
        (say("This association is not here any more."),),
        # NOTE: Button, lists associations that welcome newcomers.
        ((Button(label("🏘 Associations"), "V"),), main_menu()[-1]),
    )


async def one(services: Services, organisation: str) -> Association | None:
    return next((each for each in await known(services) if each.id == organisation), None)


async def card(services: Services, organisation: str, now: datetime) -> Message:
    """One association: where, what, whom to ask for, what is on next; and “ask them for me”."""
    found = await one(services, organisation)
    if found is None:
        return gone()
    guide = services.guide
    lines: list[Text | str] = [say("🏘 <b>{name}</b>", name=found.name), *_where_and_what(guide, found)]
    if found.contact:
        lines.append(say("👋 Ask for: {contact}", contact=Content(found.contact, "da")))
    coming = next_times(guide, organisation, now)
    tiles = []
    for number, each in enumerate(coming, 1):
        activity = guide.activities[each.activity]
        lines += ["", say("<b>{number}. {title}</b>", number=number, title=title(activity))]
        lines.append(say("📅 {when}", when=Span(each.start, each.end)))
        tiles.append(Button(label("{number}", number=number), f"c:{spot(each.activity, each.day)}"))
    return Message(
        lines,
        (
            # NOTE: Button: the bot asks an association for the reader, and brings the answer.
            (Button(label("🙋 Ask them for me"), f"Va:{found.id}", style="yes"),),
            *((tuple(tiles),) if tiles else ()),
            (Button(label("◀️ Back"), "V"), PERSON),
        ),
    )


def next_times(guide: Guide, organisation: str, now: datetime) -> list[Occurrence]:
    """The next time of each of its activities, the soonest first."""
    held = [each for each in guide.activities.values() if each.organisation == organisation]
    soonest = [times[0] for each in held if (times := guide.coming(each.number, now))]
    return sorted(soonest, key=lambda each: (each.start, each.activity))[:TIMES_SHOWN]
