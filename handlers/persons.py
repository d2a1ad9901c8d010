"""A person answers: asking for one, and the coordinator's side of a case."""

from __future__ import annotations

from telegram import Message as Bubble
from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot import cases, people
from bot.coordination import nothing_here
from bot.core.say import Message, say
from bot.store import notices
from handlers.turn import Turn, turn


async def ask(here: Turn) -> None:
    """Anyone remembered may ask for a person; who is not is asked first, as an answer needs somewhere to go."""
    if here.person is None:
        await here.show(people.consent(here.services.guide))
        return
    await here.say(await cases.ask(here.services, here.reader, "", f"h{here.key}", here.now))


async def withdraw(here: Turn) -> None:
    if here.person is None:
        await here.show(nothing_here())
        return
    await here.show(await cases.withdraw(here.services, here.person, here.now))


async def take(here: Turn) -> None:
    """In the same bubble, as a reply to that one is what is passed on."""
    bubble = here.update.effective_message
    assert bubble is not None
    await here.show(await cases.take(here.services, here.reader, here.number(0), bubble.message_id))


async def close(here: Turn) -> None:
    await here.show(await cases.close(here.services, here.reader, here.number(0), here.now))


async def helped(here: Turn) -> None:
    """Did it help? If not, the same coordinators hear of it again."""
    if here.argument(1, "y", "n") == "n":
        await here.show(await cases.ask(here.services, here.reader, "", f"again{here.number(0)}", here.now))
        return
    # NOTE: After the newcomer said that a person's answer helped.
    await here.show(Message((say("🙏 Thank you. We are glad."),), people.main_menu()))


async def passes_on(here: Turn, bubble: Bubble) -> bool:
    """A coordinator's reply to a case goes to the person who asked. False where it is none."""
    replied = bubble.reply_to_message
    if not here.reader.coordinates or here.person is None or replied is None:
        return False
    async with here.services.database.read() as tx:
        notice = await notices.by_message(tx, here.services.community, here.person.id, replied.message_id)
    if notice is None or notice.kind != "case":
        return False
    number = int(notice.content["case"])
    await here.say(await cases.reply(here.services, here.reader, number, here.text, here.key, here.now))
    return True


async def added_to_case(here: Turn) -> Message | None:
    """While a case is open, what the person writes goes to their coordinator, as was said to them; None without one."""
    if here.person is None or not here.person.has_case:
        return None
    return await cases.ask(here.services, here.reader, here.text, f"m{here.key}", here.now)


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    for pattern, step in ((r"^h(~|$)", ask), (r"^hx", withdraw), (r"^ht:", take), (r"^hc:", close), (r"^hg:", helped)):
        application.add_handler(CallbackQueryHandler(turn(step), pattern=pattern))
    application.add_handler(CommandHandler("person", turn(ask)))
