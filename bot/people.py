"""Getting to know a person: language, the one consent screen, town, settings, stop and start again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.activities import town
from bot.core.model import Person, Place, Reader
from bot.core.query import code
from bot.core.rights import cohorts_led, is_of_network, may_organise
from bot.core.say import Button, Distance, Message, Rows, Text, label, say
from bot.core.ways_on import FIND, MY_PLANS, NEAR, NETWORK, PERSON, SETTINGS
from bot.first_steps import planning
from bot.guide import Guide
from bot.i18n import say_plain
from bot.news import planning as news
from bot.services import Services
from bot.signups import restore_reminders
from bot.store import deliveries, notices, people
from bot.store.database import Tx

CONSENT = "2026-11-22"
"""The version of the text that people say yes to; it changes when `consent()` says something else."""

TOWNS_AT_ONCE = 8


def choose_language(services: Services, language_code: str | None, then: str = "") -> Message:
    """Each language's own name, the app's first. The sentence is in all of them: nobody's language is known yet."""
    catalogues = services.catalogues
    order = catalogues.negotiate(language_code)
    # NOTE: The very first screen; the sentence is shown in all languages at once.
    greeting = [say_plain(say("👋 Choose your language."), each, catalogues, services.names) for each in order]
    # NOTE: Button: {name} of a language in its own letters, or of a town: "Ringe".
    buttons = [Button(label("{name}", name=catalogues.endonym(each)), f"l:{each}{then}") for each in order]
    return Message(greeting, tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)))


def consent(guide: Guide, then: str = "") -> Message:
    """One short screen before anything is kept: what this is, what is kept, and where to read more."""
    return Message(
        (
            # NOTE: The consent screen: {community} "Faaborg-Midtfyn Kommune". Brobot is the bot's name.
            say(
                "🌉 <b>Brobot</b> helps you find things to do and people to meet in {community}.",
                community=guide.community.name,
            ),
            "",
            # NOTE: The consent screen: what people say yes to. Change nothing of what it promises.
            say("If you say yes, we keep your language, town, sign-ups and questions."),
            # NOTE: The consent screen: “a person we find for you” is a match in Let's Network.
            say("Your first name or number only if you choose to give it to a person we find for you."),
            # NOTE: The consent screen; “it” is what we keep.
            say("You can see it or delete it at any time: /privacy"),
        ),
        (
            # NOTE: Button on the consent screen.
            (Button(label("✅ Yes, that is fine"), f"yes{then}", style="yes"),),
            # NOTE: “👀 Only look around”: Button on the consent screen: nothing is kept. “🔒 Privacy”: tells what is
            # kept.
            (Button(label("👀 Only look around"), "look"), Button(label("🔒 Privacy"), "priv")),
        ),
    )


def ask_town(guide: Guide, page: int = 0, query: str = "") -> Message:
    """The towns, the largest first, a page at a time. `query`: the question that the chosen town is for."""
    towns = _by_size(guide)
    start = page * TOWNS_AT_ONCE
    shown = towns[start : start + TOWNS_AT_ONCE]
    verb, end = (f"q:{{place}}:{query}", f":{query}") if query else ("p:{place}", "")
    buttons = [Button(label("{name}", name=town(place)), verb.format(place=code(place.id, 3))) for place in shown]
    paging = [
        *([Button(label("◀️ Back"), f"t:{page - 1}{end}")] if page else []),
        # NOTE: Button under the list of towns.
        *([Button(label("▶️ More towns"), f"t:{page + 1}{end}")] if start + TOWNS_AT_ONCE < len(towns) else []),
    ]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    return Message(
        (
            # NOTE: Above the list of towns.
            say("🏘 <b>Which town do you live in?</b>"),
            # NOTE: Under “Which town do you live in?”; 📍 is a key of the keyboard below. The exact place is forgotten
            # at once.
            say("Or tap 📍 below to share where you are. We keep the town, not the spot."),
        ),
        (*rows, tuple(paging)) if paging else tuple(rows),
    )


def _by_size(guide: Guide) -> Sequence[Place]:
    """Towns with the most activities first, then by name: what people look for stands on the first page."""
    held: dict[str, int] = {}
    for activity in guide.activities.values():
        held[activity.place] = held.get(activity.place, 0) + 1
    return sorted(guide.places.values(), key=lambda place: (-held.get(place.id, 0), place.name))


def menu_is_here() -> Message:
    """Brings the lasting keyboard."""
    # NOTE: When the lasting keyboard comes.
    return Message((say("The buttons below are always there for you."),), keyboard="menu")


async def known(tx: Tx, services: Services, chat: int) -> Person | None:
    """The person of a chat, if they said yes to be remembered."""
    return await people.by_chat(tx, services.database, services.community, chat)


async def remember(services: Services, chat: int, language: str, now: datetime) -> Person:
    """The person said yes: from now on we know them."""
    async with services.database.write() as tx:
        person = await people.add(tx, services.database, services.community, chat, language, consent=CONSENT, now=now)
    services.silenced.discard(person.id)  # a number may have been somebody's who erased themselves
    return person


async def change_language(services: Services, person: Person, language: str) -> None:
    async with services.database.write() as tx:
        await people.set_language(tx, services.community, person.id, language)
    services.stirred.set()


async def move_to(services: Services, person: Person, place: str) -> None:
    async with services.database.write() as tx:
        await people.set_place(tx, services.database, services.community, person.id, place)
    services.stirred.set()


def nearest(guide: Guide, lat: float, lon: float) -> tuple[Place, Text]:
    """The town nearest to a point, and how to say it; the point itself is forgotten."""
    place, away = guide.nearest_place(lat, lon)
    if away > 40:
        # NOTE: After a location was shared: {town} "Ringe".
        return place, say("You are far away. The nearest town I know is {town}.", town=town(place))
    # NOTE: After a location was shared: {town} "Ringe", {distance} "2.3 km".
    return place, say("📍 The nearest town is {town}, {distance} away.", town=town(place), distance=Distance(away))


async def stop(services: Services, person: Person, now: datetime) -> Message:
    """No more messages, at once, also those that are queued. Seats stay: the person may still come."""
    services.silenced.add(person.id)
    async with services.database.write() as tx:
        await people.set_state(tx, services.community, person.id, "stopped")
        await notices.stop(tx, services.community, person.id, now)
        await deliveries.of_person_to(tx, services.community, person.id, "stopped", now)
    return stopped()


def stopped() -> Message:
    return Message(
        (
            # NOTE: After /stop: the bot writes nothing by itself any more.
            say("🔕 You get no more messages from us."),
            # NOTE: After /stop; “me” is the bot.
            say("Your sign-ups are still there. You can always write to me."),
        ),
        ((Button(label("🔔 Messages on"), "go"), MY_PLANS),),
    )


async def start_again(services: Services, person: Person, now: datetime) -> Message:
    """Messages again, and reminders for what the person still has a seat for."""
    services.silenced.discard(person.id)
    async with services.database.write() as tx:
        await people.set_state(tx, services.community, person.id, "active")
        await notices.wake(tx, services.community, person.id)
        await deliveries.wake(tx, services.community, person.id, now)
        await restore_reminders(tx, services, person, now)
        await planning.restore(tx, services.guide, person.id, now)
        await news.restore(tx, services.community, person.id, now)
    services.hurry.set()
    # NOTE: After messages were turned on.
    return Message((say("🔔 You get messages again."),), main_menu())


async def blocked(services: Services, person: Person, now: datetime) -> None:
    """The person blocked us: what is queued is held back until they write again.

    A delivery that is in flight is settled by whoever sends it, who has read Telegram's reason.
    """
    async with services.database.write() as tx:
        if person.state == "active":
            await people.set_state(tx, services.community, person.id, "blocked")
        await notices.stop(tx, services.community, person.id, now, to="held")
        await deliveries.of_person_to(tx, services.community, person.id, "blocked", now, states=("waiting", "held"))


async def unblocked(services: Services, person: Person) -> None:
    """They are back; what is still in time is said. A stop stays a stop."""
    async with services.database.write() as tx:
        if person.state == "blocked":
            await people.set_state(tx, services.community, person.id, "active")
            await notices.wake(tx, services.community, person.id)
            await deliveries.wake(tx, services.community, person.id, services.clock())
    services.hurry.set()


def main_menu() -> Rows:
    return (
        (NETWORK,),
        (NEAR, MY_PLANS),
        # NOTE: Button, opens what happens in the first time in Denmark, one thing at a time.
        # NOTE: Button, lists courses of several evenings: “Ny i Danmark”, MindSpring, language groups.
        (Button(label("🧭 First steps"), "s"), Button(label("🎓 Programmes"), "P")),
        # NOTE: “🏘 Associations”: lists associations that welcome newcomers. “👋 New here?”: what newcomers, helpers and
        # associations do first.
        (Button(label("🏘 Associations"), "V"), Button(label("👋 New here?"), "Vn")),
        (PERSON, SETTINGS),
    )


def sorry() -> Message:
    """We could not answer, and it is not their fault."""
    return Message(
        # NOTE: When the program failed. Not the newcomer's fault.
        (say("😔 Something went wrong on our side. We look at it."),),
        ((FIND, PERSON),),
    )


def help_message() -> Message:
    return Message(
        (
            # NOTE: Head of the help; “I” is the bot.
            say("ℹ️ <b>What I can do</b>"),
            # NOTE: Help. The example must be a question that the bot understands.
            say("🔎 Write what you look for, such as: football on Saturday."),
            # NOTE: Help.
            say("✅ Sign up with one tap. I remind you the day before."),
            # NOTE: Help. A person: a human being, not the bot.
            say("🙋 Ask for a person, and a person answers."),
            # NOTE: Help: using the bot is free.
            say("It costs nothing."),
        ),
        # NOTE: Button for associations: begins the form of an activity, which a coordinator looks at.
        (*main_menu(), (Button(label("➕ Propose an activity"), "en"),)),
    )


def settings_message(guide: Guide, reader: Reader, endonym: str) -> Message:
    # NOTE: “⚙️ <b>Settings</b>”: Head of the settings. “🌍 Language: {language}”: Settings: {language} in its own
    # letters: "ትግርኛ".
    lines: list[Text | str] = [say("⚙️ <b>Settings</b>"), say("🌍 Language: {language}", language=endonym)]
    if reader.place in guide.places:
        # NOTE: Settings: {town} "Ringe".
        lines.append(say("🏘 Town: {town}", town=town(guide.places[reader.place or ""])))
    # NOTE: Settings: the quiet hours.
    lines.append(say("🌙 We do not write from 20:00 to 08:00, unless you asked for it or something is cancelled."))
    # NOTE: Button, the bot writes reminders and news again.
    loud = Button(label("🔔 Messages on"), "go")
    if reader.person and reader.person.state == "active":
        # NOTE: Button, the same as /stop.
        loud = Button(label("🔕 Messages off"), "stop")
    rows: list[tuple[Button, ...]] = [
        # NOTE: “🌍 Language”: to choose another language. “🏘 Town”: to choose another town.
        (Button(label("🌍 Language"), "lang"), Button(label("🏘 Town"), "t:0")),
        # NOTE: Button, tells what is kept.
        (loud, Button(label("🔒 Privacy"), "priv")),
        # NOTE: Button, opens whether one is counted in figures without names.
        (Button(label("🗞 New each week"), "W"), Button(label("📊 Statistics"), "Z")),
    ]
    if may_organise(reader.person):
        # NOTE: Button of a coordinator, lists the activities to look after.
        rows.append((Button(label("🗂 Coordinate"), "k"),))
    if reader.person and reader.person.roles:
        # NOTE: Button of volunteers and coordinators: stories and recommendations to learn from.
        rows.append((Button(label("📖 Knowledge"), "K"),))
    if reader.person and any(is_of_network(role) for role in reader.person.roles):
        # NOTE: Button, opens the meetings of the integration network.
        rows.append((Button(label("🏛 Meetings"), "M"),))
    if cohorts_led(reader.person):
        # NOTE: Button of a trainer: the groups they lead.
        rows.append((Button(label("🧑‍🏫 My groups"), "PD"),))
    # NOTE: Button, tells what the bot can do.
    return Message(lines, (*rows, (Button(label("ℹ️ Help"), "help"), PERSON)))
