"""First words: /start, the language, the one consent screen, the town, the location that is forgotten."""

from __future__ import annotations

from dataclasses import replace

from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot import answers, people, roles
from bot.core.query import Query, encode
from bot.core.say import Message
from bot.network import rechecking
from bot.signups import gone, show
from handlers import associations, authoring, knowledge, persons, taking_part
from handlers.network import asking
from handlers.turn import Turn, turn

PAYLOAD_LONGEST = 40


async def start(here: Turn) -> None:
    """/start, alone or with what a poster's or a friend's link carries."""
    _, _, payload = here.text.partition(" ")
    if here.person is None:
        code = here.update.effective_user.language_code if here.update.effective_user else None
        then = f":{payload}" if payload and len(payload.encode()) <= PAYLOAD_LONGEST else ""
        await here.say(people.choose_language(here.services, code, then))
        return
    if payload and await _follow(here, payload):
        return
    if here.person.state == "stopped":  # who presses Start wants to hear from us again
        await here.say(await people.start_again(here.services, here.person, here.now))
        return
    if here.person.place is None:
        await here.say(people.menu_is_here())
        await here.say(people.ask_town(here.services.guide))
        return
    await here.say(replace(answers.greeting(), buttons=(), keyboard="menu"))


async def _follow(here: Turn, payload: str) -> bool:
    """Opens what a link is for: an activity, Let's Network, or an invitation."""
    kind, _, value = payload.partition("_")
    if kind == "a" and value.isdigit():
        await show_next(here, int(value))
        return True
    if kind == "o" and value:
        await associations.open_link(here, value)
        return True
    if kind == "k" and value:
        await knowledge.open_link(here, value)
        return True
    if kind in ("net", "vol"):
        await (asking.menu(here) if kind == "net" else asking.help_or_menu(here))
        return True
    if kind == "i" and here.person is not None:
        user = here.update.effective_user
        name = user.first_name if user else ""
        await here.show(await roles.accept(here.services, here.person, value, name, here.now))
        return True
    return False


async def show_next(here: Turn, number: int) -> None:
    """The next time of an activity that a link names."""
    coming = here.services.guide.coming(number, here.now) if number in here.services.guide.activities else ()
    if not coming:
        await here.show(gone())
        return
    await here.show(await show(here.services, here.reader, number, coming[0].day, here.now))


async def choose_language(here: Turn) -> None:
    language = here.argument(0, *here.services.catalogues.languages)
    rest = here.arguments[1:]
    before = here.person
    here = here.speaking(language)
    if here.person is not None:
        if before is not None:
            await persons.switched(here, before, language)
        await people.change_language(here.services, here.person, language)
        await here.say(replace(answers.greeting(), buttons=(), keyboard="menu"))
        return
    then = f":{rest[0]}" if rest and len(rest[0].encode()) <= PAYLOAD_LONGEST else ""
    await here.show(people.consent(here.services.guide, then))


async def say_yes(here: Turn) -> None:
    """From here on the person is remembered. What they came for goes on at once."""
    person = await people.remember(here.services, here.reader.chat, here.reader.language, here.now)
    here = replace(here, reader=replace(here.reader, person=person))
    wish = here.arguments
    if wish and wish[0] == "j":
        await taking_part.join(replace(here, data=":".join(wish)))
        await here.say(people.menu_is_here())
        return
    if wish and await _follow(here, wish[0]):
        await here.say(people.menu_is_here())
        return
    await here.show(people.ask_town(here.services.guide))
    await here.say(people.menu_is_here())


async def look_around(here: Turn) -> None:
    """Without being remembered: the town is carried by the buttons."""
    await here.show(people.ask_town(here.services.guide))


async def turn_page(here: Turn) -> None:
    query = encode(here.query(1)) if len(here.arguments) > 1 else ""
    await here.show(people.ask_town(here.services.guide, here.number(0), query))


async def ask_town_for(here: Turn) -> None:
    """The same question in another town."""
    await here.show(people.ask_town(here.services.guide, 0, encode(here.query(0))))


async def choose_town(here: Turn) -> None:
    place = here.services.guide.codes.places.get(here.argument(0))
    if place is None:
        await here.show(people.ask_town(here.services.guide))
        return
    if here.person is not None:
        await _moves(here, place)
    await here.show(answers.answer(here.services, here.reader, Query(place=place), here.now))


async def _moves(here: Turn, place: str) -> None:
    """What somebody asks or offers in Let's Network moves with them."""
    assert here.person is not None
    await people.move_to(here.services, here.person, place)
    await rechecking.moved(here.services, here.person, place, here.now)


async def look_in_town(here: Turn) -> None:
    """A town for one question only; where one lives stays as it is."""
    guide = here.services.guide
    wish = replace(here.query(1), place=guide.codes.places.get(here.argument(0)), offset=0)
    await here.show(answers.answer(here.services, here.reader, wish, here.now))


async def location(here: Turn) -> None:
    """A point becomes the nearest place and is forgotten. A coordinator's, in reply to a case, is where to meet."""
    message = here.update.effective_message
    assert message is not None
    spot = message.location or (message.venue.location if message.venue else None)
    assert spot is not None
    if await persons.passes_on(here, message) or await authoring.is_located(here, spot.latitude, spot.longitude):
        return
    place, said = people.nearest(here.services.guide, spot.latitude, spot.longitude)
    if here.person is not None:
        await _moves(here, place.id)
    found = answers.answer(here.services, here.reader, Query(place=place.id), here.now)
    await here.say(Message([said, "", *found.lines], found.buttons))


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    application.add_handler(CommandHandler("start", turn(start)))
    application.add_handler(CallbackQueryHandler(turn(choose_language), pattern=r"^l:"))
    application.add_handler(CallbackQueryHandler(turn(say_yes), pattern=r"^yes"))
    application.add_handler(CallbackQueryHandler(turn(look_around), pattern=r"^look"))
    application.add_handler(CallbackQueryHandler(turn(turn_page), pattern=r"^t:\d"))
    application.add_handler(CallbackQueryHandler(turn(ask_town_for), pattern=r"^tq:"))
    application.add_handler(CallbackQueryHandler(turn(choose_town), pattern=r"^p:"))
    application.add_handler(CallbackQueryHandler(turn(look_in_town), pattern=r"^q:.+:"))
    application.add_handler(MessageHandler(filters.LOCATION | filters.VENUE, turn(location)))
