"""Let's Network: its menu, asking for a person of one's own, and where every button of it leads."""

from __future__ import annotations

from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot import answers, people
from bot.core.network.drafts import WISHES, Ask, ForgedDraft, read_ask
from bot.core.query import Query, code
from bot.core.say import Message
from bot.core.understanding import Frame
from bot.knowledge import shelf
from bot.network import asking, declining, desk_talk, forms, pair_talk, requests, volunteering
from bot.network.rules import network_rules
from handlers.network.form import shared_steps
from handlers.network.helping import HELPING, my_offer
from handlers.network.pairing import PAIRING, phone_number
from handlers.network.practical import PRACTICAL
from handlers.network.practical import is_awaited as is_for_the_list
from handlers.turn import ForgedError, Turn, shows, turn


async def menu(here: Turn) -> None:
    """Who helps already finds what the others have learnt there too."""
    await here.show(await shelf.with_way_in(here.services, here.reader, asking.menu(here.services.guide)))


async def choose_offer(here: Turn) -> None:
    rules, wanted = network_rules(), here.argument(0)
    for offer in (*rules.alone, *rules.groups):
        if code(offer) == wanted:
            await open_offer(here, offer)
            return
    raise ForgedError(here.data)


async def open_offer(here: Turn, offer: str) -> None:
    """Group offers are activities with a seat at once; the others ask who it is for."""
    form = await asking.ask_for_whom(here.services, here.reader, offer)
    if form is not None and here.person is None:
        form = people.consent(here.services.guide, ":net")
    if form is None:
        query = Query(topics=network_rules().groups[offer], place=here.reader.place)
        form = answers.answer(here.services, here.reader, query, here.now)
    await here.show(form)


async def too_young(here: Turn) -> None:
    await here.show(asking.guardian_asks())


async def too_old(here: Turn) -> None:
    await here.show(asking.grown_up(here.reader))


# -- asking -----------------------------------------------------------------------------------------------------------


async def summary(here: Turn) -> None:
    await here.show(await asking.summary(here.services, here.reader, _ask(here, 0)))


async def toggle_wish(here: Turn) -> None:
    draft = asking.with_wish(_ask(here, 1), here.argument(0, *WISHES))
    await here.show(await asking.summary(here.services, here.reader, draft))


async def send(here: Turn, *, anew: bool = False) -> None:
    found = await asking.send(here.services, here.reader, _ask(here, 0), here.now, anew=anew)
    if isinstance(found, Message):
        await here.show(found)
        return
    await here.show(await requests.status(here.services, here.reader, found.id, here.now, requests.sent()))


async def send_anew(here: Turn) -> None:
    await send(here, anew=True)


async def my_requests(here: Turn) -> None:
    if here.arguments:
        await here.show(await requests.status(here.services, here.reader, here.number(0), here.now))
        return
    await here.show(await requests.mine(here.services, here.reader, here.now))


async def pause(here: Turn) -> None:
    yes = here.argument(1, "y", "n") == "y"
    await here.show(await requests.pause(here.services, here.reader, here.number(0), here.now, yes=yes))


def _ask(here: Turn, at: int) -> Ask:
    try:
        return read_ask(here.arguments[at:], forms.known(here.services.guide))
    except ForgedDraft:
        raise ForgedError(here.data) from None


# -- what is written --------------------------------------------------------------------------------------------------


async def is_awaited(here: Turn) -> bool:
    """Whether the text was asked for: a motivation, or words for the other side. Then it is taken, and nothing else."""
    if here.person is None:
        return False
    if volunteering.is_asked_why(here.reader):
        await here.say(await volunteering.keep_motivation(here.services, here.reader, here.text, here.now))
        return True
    if declining.is_writing(here.reader, here.now):
        await here.say(await declining.keep_words(here.services, here.reader, here.text, here.now))
        return True
    if desk_talk.is_writing(here.reader, here.now):
        await here.say(await desk_talk.pass_on(here.services, here.reader, here.text, here.key, here.now))
        return True
    number = pair_talk.talking(here.reader, here.now)
    if number is not None:
        await here.say(await pair_talk.pass_on(here.services, here.reader, number, here.text, here.key, here.now))
        return True
    return await is_for_the_list(here)


async def asked_in_words(here: Turn, frame: Frame) -> None:
    """An offer that was asked for in free text."""
    rules = network_rules()
    wanted = next((each for each in frame.topics if each in (*rules.alone, *rules.groups)), None)
    if wanted is None:
        await menu(here)
        return
    await open_offer(here, wanted)


async def wants_to_help(here: Turn, _frame: Frame) -> None:
    if here.person is None:
        await here.show(people.consent(here.services.guide, ":vol"))
        return
    await my_offer(here)


async def help_or_menu(here: Turn) -> None:
    """What a volunteer's link opens."""
    await (my_offer(here) if here.person else menu(here))


OPEN = {"n": menu, "no": choose_offer, "ng": too_young, "n25": too_old}
"""What somebody may see who has not said yes to be remembered."""

KNOWN = {
    **shared_steps("n", _ask),
    "nS": summary,
    "nx": toggle_wish,
    "ns": send,
    "nX": send_anew,
    "nr": my_requests,
    "np": pause,
    "nb": shows(requests.withdraw),
    **HELPING,
    **PAIRING,
    **PRACTICAL,
}


async def step(here: Turn) -> None:
    """The step of a button's verb; whoever is not remembered is asked for their yes first."""
    verb = here.data.partition(":")[0]
    if verb in OPEN:
        await OPEN[verb](here)
    elif verb not in KNOWN:
        raise ForgedError(here.data)
    elif here.person is None:
        await here.show(people.consent(here.services.guide, ":vol" if verb.startswith("nv") else ":net"))
    else:
        await KNOWN[verb](here)


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    application.add_handler(CallbackQueryHandler(turn(step), pattern=r"^n(?!ear)"))
    application.add_handler(CommandHandler("network", turn(menu)))
    application.add_handler(MessageHandler(filters.ChatType.PRIVATE & filters.CONTACT, turn(phone_number)))
