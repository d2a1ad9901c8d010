"""Two who may fit: their answers, the first meeting, how it goes, writing to each other, the end."""

from __future__ import annotations

from bot import people
from bot.network import contacts, desk_talk, first_meetings, follow_ups, matches, pair_talk
from bot.network.rules import network_rules
from bot.network.telling import offer_message
from bot.store import network
from handlers import persons
from handlers.numbers import ask_apart
from handlers.turn import Turn, shows


async def volunteer_answers(here: Turn) -> None:
    answer = here.argument(1, "y", "n", "w")
    await here.show(
        await matches.answer_volunteer(here.services, here.reader, here.number(0), answer, _name(here), here.now)
    )


async def newcomer_answers(here: Turn) -> None:
    answer = here.argument(1, "y", "n")
    await here.show(
        await matches.answer_newcomer(here.services, here.reader, here.number(0), answer, _name(here), here.now)
    )


async def see_offer(here: Turn) -> None:
    """The question to the newcomer once more, from the page of the request."""
    async with here.services.database.read() as tx:
        match = await network.find_match(tx, here.services.community, here.number(0))
        mine = match is not None and here.person is not None and match.newcomer == here.person.id
        if match is None or not mine or match.state != "asking_newcomer":
            message = matches.closed()
        else:
            message = await offer_message(tx, here.services.guide, match)
    await here.show(message)


async def our_match(here: Turn) -> None:
    await here.reveal(await first_meetings.page(here.services, here.reader, here.number(0), here.now))


async def other_times(here: Turn) -> None:
    start = min(30, here.number(1))
    await here.show(await first_meetings.other_times(here.services, here.reader, here.number(0), start, here.now))


async def propose(here: Turn) -> None:
    await here.reveal(
        await first_meetings.propose(here.services, here.reader, here.number(0), here.moment(1), here.now)
    )


async def confirm(here: Turn) -> None:
    await here.reveal(
        await first_meetings.confirm(here.services, here.reader, here.number(0), here.moment(1), here.now)
    )


async def how_it_goes(here: Turn) -> None:
    letter = here.argument(2, *follow_ups.ANSWERS)
    message = await follow_ups.answer(here.services, here.reader, here.number(0), here.argument(1), letter, here.now)
    await here.reveal(message)
    if letter == "p":
        await persons.ask(here)
    else:
        await ask_apart(here)


async def ask_end(here: Turn) -> None:
    await here.show(await follow_ups.ask_to_end(here.services, here.reader, here.number(0)))


async def end(here: Turn) -> None:
    reason = here.argument(1, *network_rules().endings)
    await here.show(await follow_ups.end(here.services, here.reader, here.number(0), reason, here.now))


async def share_contact(here: Turn) -> None:
    user = here.update.effective_user
    username = (user.username or "") if user else ""
    first, *more = await contacts.share(here.services, here.reader, here.number(0), username, here.now)
    await here.show(first)
    for each in more:
        await here.say(each)


async def phone_number(here: Turn) -> None:
    """A phone number, by the key that we brought or as anything else that a phone can send."""
    bubble, user = here.update.effective_message, here.update.effective_user
    assert bubble is not None
    assert bubble.contact is not None
    own = user is not None and bubble.contact.user_id == user.id
    found = await contacts.keep_number(here.services, here.reader, bubble.contact.phone_number, own=own, now=here.now)
    await here.say(found)
    if found.keyboard != "menu":
        await here.say(people.menu_is_here())


async def write(here: Turn) -> None:
    await here.say(await pair_talk.begin(here.services, here.reader, here.number(0), here.now))


async def answer_coordinator(here: Turn) -> None:
    await here.say(await desk_talk.begin_answer(here.services, here.reader, here.number(0), here.now))


def _name(here: Turn) -> str:
    user = here.update.effective_user
    return user.first_name if user else ""


PAIRING = {
    "nw": write,
    "nq": volunteer_answers,
    "ny": newcomer_answers,
    "na": see_offer,
    "nm": our_match,
    "nt": other_times,
    "nd": propose,
    "nc": confirm,
    "ni": how_it_goes,
    "nu": shows(follow_ups.unsafe),
    "ne": ask_end,
    "nE": end,
    "nk": share_contact,
    "nK": shows(contacts.decline),
    "nh": shows(pair_talk.hush),
    "nz": answer_coordinator,
}
"""The verbs of the buttons of a match."""
