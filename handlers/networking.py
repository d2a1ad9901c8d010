"""Let's Network for newcomers and volunteers: asking, helping, answering, meeting, following up."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot import (
    answers,
    asking,
    first_meetings,
    follow_ups,
    matches,
    network,
    pair_talk,
    people,
    volunteer_desk,
    volunteering,
)
from bot.core.drafts import (
    KINDS,
    KM,
    MOST_PEOPLE,
    WISHES,
    Ask,
    ForgedDraft,
    Help,
    read_ask,
    read_help,
    toggle,
    with_free,
)
from bot.core.network import PRESETS
from bot.core.query import Query, code
from bot.core.say import Message
from bot.core.understanding import Frame
from bot.network_rules import network_rules
from bot.network_telling import offer_message
from bot.store import network as rows
from handlers import persons
from handlers.turn import ForgedError, Turn, turn

D = TypeVar("D", Ask, Help)
PARTS_OF_WEEK = {f"{at}": 1 << at for at in range(21)}


async def menu(here: Turn) -> None:
    await here.show(asking.menu(here.services.guide))


async def choose_offer(here: Turn) -> None:
    rules, wanted = network_rules(), here.argument(0)
    for offer in (*rules.alone, *rules.groups):
        if code(offer) == wanted:
            await open_offer(here, offer)
            return
    raise ForgedError(here.data)


async def open_offer(here: Turn, offer: str) -> None:
    """Group offers are activities with a seat at once; the others ask who it is for."""
    form = asking.ask_for_whom(here.services.guide, here.reader, offer)
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


async def show_languages(here: Turn) -> None:
    await here.show(asking.choose_languages(here.services.guide, _ask(here, 0), "n"))


async def toggle_language(here: Turn) -> None:
    draft = _ask(here, 1)
    draft = replace(draft, languages=toggle(draft.languages, here.argument(0)))
    await here.show(asking.choose_languages(here.services.guide, _checked(here, draft), "n"))


async def show_free(here: Turn) -> None:
    await here.show(asking.choose_free(_ask(here, 0), "n"))


async def show_week(here: Turn) -> None:
    await here.show(asking.choose_free(_ask(here, 0), "n", week=True))


async def toggle_stretch(here: Turn) -> None:
    bits = PRESETS[here.argument(0, *PRESETS)]
    await here.show(asking.choose_free(with_free(_ask(here, 1), bits), "n"))


async def toggle_part(here: Turn) -> None:
    bits = PARTS_OF_WEEK[here.argument(0, *PARTS_OF_WEEK)]
    await here.show(asking.choose_free(with_free(_ask(here, 1), bits), "n", week=True))


async def summary(here: Turn) -> None:
    await here.show(asking.summary(here.services.guide, here.reader, _ask(here, 0)))


async def toggle_wish(here: Turn) -> None:
    draft = asking.with_wish(_ask(here, 1), here.argument(0, *WISHES))
    await here.show(asking.summary(here.services.guide, here.reader, draft))


async def send(here: Turn) -> None:
    found = await asking.send(here.services, here.reader, _ask(here, 0), here.now)
    if isinstance(found, Message):
        await here.show(found)
        return
    await here.show(await network.status(here.services, here.reader, found.id, here.now, network.sent()))


async def my_requests(here: Turn) -> None:
    if here.arguments:
        await here.show(await network.status(here.services, here.reader, here.number(0), here.now))
        return
    await here.show(await network.mine(here.services, here.reader, here.now))


async def pause(here: Turn) -> None:
    yes = here.argument(1, "y", "n") == "y"
    await here.show(await network.pause(here.services, here.reader, here.number(0), here.now, yes=yes))


async def withdraw(here: Turn) -> None:
    await here.show(await network.withdraw(here.services, here.reader, here.number(0), here.now))


def _ask(here: Turn, at: int) -> Ask:
    try:
        return read_ask(here.arguments[at:], asking.known(here.services.guide))
    except ForgedDraft:
        raise ForgedError(here.data) from None


def _checked(here: Turn, draft: D) -> D:
    """A language that nobody knows comes from a forged button."""
    if not set(draft.languages) <= set(here.services.guide.topics.ids("language")):
        raise ForgedError(here.data)
    return draft


# -- helping ----------------------------------------------------------------------------------------------------------


async def my_offer(here: Turn) -> None:
    await here.show(await volunteering.mine(here.services, here.reader, here.now))


async def show_offers(here: Turn) -> None:
    await here.show(volunteering.choose_offers(here.services.guide, here.reader, _help(here, 0)))


async def toggle_offer(here: Turn) -> None:
    draft, alone = _help(here, 1), network_rules().alone
    chosen = toggle(draft.offers, alone[int(here.argument(0, *(f"{at}" for at in range(len(alone)))))])
    await here.show(volunteering.choose_offers(here.services.guide, here.reader, replace(draft, offers=chosen)))


async def help_languages(here: Turn) -> None:
    await here.show(asking.choose_languages(here.services.guide, _help(here, 0), "nv"))


async def help_language(here: Turn) -> None:
    draft = _help(here, 1)
    draft = _checked(here, replace(draft, languages=toggle(draft.languages, here.argument(0))))
    await here.show(asking.choose_languages(here.services.guide, draft, "nv"))


async def help_free(here: Turn) -> None:
    await here.show(asking.choose_free(_help(here, 0), "nv"))


async def help_week(here: Turn) -> None:
    await here.show(asking.choose_free(_help(here, 0), "nv", week=True))


async def help_stretch(here: Turn) -> None:
    bits = PRESETS[here.argument(0, *PRESETS)]
    await here.show(asking.choose_free(with_free(_help(here, 1), bits), "nv"))


async def help_part(here: Turn) -> None:
    bits = PARTS_OF_WEEK[here.argument(0, *PARTS_OF_WEEK)]
    await here.show(asking.choose_free(with_free(_help(here, 1), bits), "nv", week=True))


async def help_how(here: Turn) -> None:
    await here.show(volunteering.choose_how(_help(here, 0)))


async def help_km(here: Turn) -> None:
    km = KM[int(here.argument(0, *(f"{at}" for at in range(len(KM)))))]
    await here.show(volunteering.choose_how(replace(_help(here, 1), km=km)))


async def help_many(here: Turn) -> None:
    many = int(here.argument(0, *(f"{each}" for each in range(1, MOST_PEOPLE + 1))))
    await here.show(volunteering.choose_how(replace(_help(here, 1), capacity=many)))


async def help_kind(here: Turn) -> None:
    await here.show(volunteering.choose_how(replace(_help(here, 1), kind=KINDS[here.argument(0, *KINDS)])))


async def help_children(here: Turn) -> None:
    draft = _help(here, 0)
    await here.show(volunteering.choose_how(replace(draft, children=not draft.children)))


async def help_why(here: Turn) -> None:
    await here.show(await volunteering.ask_motivation(here.services, here.reader, _help(here, 0), here.now))


async def help_pause(here: Turn) -> None:
    yes = here.argument(0, "y", "n") == "y"
    await here.show(await volunteering.pause(here.services, here.reader, here.now, yes=yes))


async def help_stop(here: Turn) -> None:
    await here.show(await volunteer_desk.stop_helping(here.services, here.reader, here.now))


def _help(here: Turn, at: int) -> Help:
    try:
        return read_help(here.arguments[at:], asking.known(here.services.guide))
    except ForgedDraft:
        raise ForgedError(here.data) from None


# -- the two yeses, the meeting, and after ----------------------------------------------------------------------------


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
        match = await rows.find_match(tx, here.services.community, here.number(0))
    mine = match is not None and here.person is not None and match.newcomer == here.person.id
    if match is None or not mine or match.state != "asking_newcomer":
        await here.show(matches.closed())
        return
    await here.show(offer_message(match))


async def _reveal(here: Turn, message: Message) -> None:
    """What shows a name is a bubble of its own: an edited one cannot be kept from being forwarded."""
    await (here.say(message) if message.protect else here.show(message))


async def our_match(here: Turn) -> None:
    await _reveal(here, await first_meetings.page(here.services, here.reader, here.number(0), here.now))


async def other_times(here: Turn) -> None:
    start = min(30, here.number(1))
    await here.show(await first_meetings.other_times(here.services, here.reader, here.number(0), start, here.now))


async def propose(here: Turn) -> None:
    await _reveal(
        here, await first_meetings.propose(here.services, here.reader, here.number(0), here.moment(1), here.now)
    )


async def confirm(here: Turn) -> None:
    await _reveal(
        here, await first_meetings.confirm(here.services, here.reader, here.number(0), here.moment(1), here.now)
    )


async def how_it_goes(here: Turn) -> None:
    letter = here.argument(2, *follow_ups.ANSWERS)
    message = await follow_ups.answer(here.services, here.reader, here.number(0), here.argument(1), letter, here.now)
    await _reveal(here, message)
    if letter == "p":
        await persons.ask(here)


async def unsafe(here: Turn) -> None:
    await here.show(await follow_ups.unsafe(here.services, here.reader, here.number(0), here.now))


async def ask_end(here: Turn) -> None:
    await here.show(await follow_ups.ask_to_end(here.services, here.reader, here.number(0)))


async def end(here: Turn) -> None:
    reason = here.argument(1, *network_rules().endings)
    await here.show(await follow_ups.end(here.services, here.reader, here.number(0), reason, here.now))


async def share_contact(here: Turn) -> None:
    user = here.update.effective_user
    username = (user.username or "") if user else ""
    await here.show(await follow_ups.share_contact(here.services, here.reader, here.number(0), username, here.now))


async def write(here: Turn) -> None:
    await here.say(await pair_talk.begin(here.services, here.reader, here.number(0)))


async def hush(here: Turn) -> None:
    await here.show(await pair_talk.hush(here.services, here.reader, here.number(0), here.now))


def _name(here: Turn) -> str:
    user = here.update.effective_user
    return user.first_name if user else ""


# -- what is written --------------------------------------------------------------------------------------------------


async def is_awaited(here: Turn) -> bool:
    """Whether the text was asked for: a motivation, or words for the other side. Then it is taken, and nothing else."""
    if here.person is None:
        return False
    if volunteering.is_asked_why(here.reader):
        await here.say(await volunteering.keep_motivation(here.services, here.reader, here.text, here.now))
        return True
    number = pair_talk.talking(here.reader)
    if number is not None:
        await here.say(await pair_talk.pass_on(here.services, here.reader, number, here.text, here.key, here.now))
        return True
    return False


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
    "nL": show_languages,
    "nl": toggle_language,
    "nF": show_free,
    "nW": show_week,
    "nf": toggle_stretch,
    "nj": toggle_part,
    "nw": write,
    "nS": summary,
    "nx": toggle_wish,
    "ns": send,
    "nr": my_requests,
    "np": pause,
    "nb": withdraw,
    "nv": my_offer,
    "nvO": show_offers,
    "nvo": toggle_offer,
    "nvL": help_languages,
    "nvl": help_language,
    "nvF": help_free,
    "nvW": help_week,
    "nvf": help_stretch,
    "nvj": help_part,
    "nvS": help_how,
    "nvk": help_km,
    "nvc": help_many,
    "nvd": help_kind,
    "nvb": help_children,
    "nvm": help_why,
    "nvp": help_pause,
    "nvx": help_stop,
    "nq": volunteer_answers,
    "ny": newcomer_answers,
    "na": see_offer,
    "nm": our_match,
    "nt": other_times,
    "nd": propose,
    "nc": confirm,
    "ni": how_it_goes,
    "nu": unsafe,
    "ne": ask_end,
    "nE": end,
    "nk": share_contact,
    "nh": hush,
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
