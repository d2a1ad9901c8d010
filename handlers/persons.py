"""A person answers: asking for one, sending a voice note or a picture, and the coordinator's side of a case."""

from __future__ import annotations

from telegram import Message as Bubble
from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot import cases
from bot.cases import Sent, asking
from bot.coordination import nothing_here
from bot.core.model import Person
from bot.core.rights import may_organise
from bot.core.say import Message
from bot.store import cases as case_rows
from bot.store import notices
from bot.store.cases import Why
from handlers.turn import Turn, remembered, shows, turn

HEARD = ("voice", "video_note", "audio")
SEEN = ("photo", "video", "document")
KINDS = (*HEARD, *SEEN, "animation", "sticker", "contact", "poll", "dice", "venue", "location")
"""What is not text. What is heard or seen opens a case; the rest is only added to an open one."""

NOTE = ("/note", "//")
"""How a coordinator begins what is for colleagues only."""

OF_A_CASE = ("ht", "hc", "ho", "hs", "hS", "hR")
"""The verbs of buttons that name a case."""


def kind_of(bubble: Bubble) -> str:
    """What a bubble is: text, or one of KINDS."""
    return next((kind for kind in KINDS if getattr(bubble, kind, None)), "text")


def sent(here: Turn, prefix: str = "m") -> Sent:
    """What was written or sent, by a key that is the same for an update that comes twice; an edit has its own."""
    bubble = here.update.effective_message
    assert bubble is not None
    edited = here.update.edited_message is not None
    edition = f"e{int(bubble.edit_date.timestamp())}" if edited and bubble.edit_date else ""
    text = bubble.text or bubble.caption or ""
    return Sent(text, f"{prefix}{bubble.message_id}{edition}", kind_of(bubble), bubble.message_id, edited)


@remembered
async def ask(here: Turn) -> None:
    """Anyone remembered may ask for a person; who is not is asked first, as an answer needs somewhere to go."""
    await here.say(await cases.ask(here.services, here.reader, Sent("", f"h{here.key}"), here.now))


async def withdraw(here: Turn) -> None:
    if here.person is None:
        await here.show(nothing_here())
        return
    number = here.number(0) if here.arguments else 0
    await here.show(await cases.withdraw(here.services, here.person, here.now, number))


async def take(here: Turn) -> None:
    """In the same bubble, as a reply to that one is what is passed on."""
    await _take(here, over=False)


async def take_over(here: Turn) -> None:
    await _take(here, over=True)


async def _take(here: Turn, *, over: bool) -> None:
    bubble = here.update.effective_message
    assert bubble is not None
    taken = await cases.take(here.services, here.reader, here.number(0), bubble.message_id, over=over)
    await (here.say(taken) if kind_of(bubble) != "text" else here.show(taken))


async def show(here: Turn) -> None:
    await here.say(await cases.show(here.services, here.reader, here.number(0)))


async def switched(here: Turn, before: Person, language: str) -> None:
    """Whose case is open is read in another language from now on."""
    if before.has_case:
        await asking.switched(here.services, before, language, here.now)


async def helped(here: Turn) -> None:
    """Did it help? If not, the same coordinators hear of it again."""
    well = here.argument(1, "y", "n") == "y"
    await here.show(await cases.helped(here.services, here.reader, here.number(0), here.now, well=well))


async def passes_on(here: Turn, bubble: Bubble) -> bool:
    """The reply of who answers to a case goes to the person who asked, or is a note. False where it is none."""
    if here.person is None or not may_organise(here.person) or bubble.reply_to_message is None:
        return False
    number = await _case_of(here, bubble.reply_to_message)
    if number is None:
        return False
    said = sent(here)
    if said.text.startswith(NOTE):
        said = Sent(_without_mark(said.text), said.key, said.kind, said.source, said.edited)
        await here.say(await cases.note(here.services, here.reader, number, said, here.now))
    else:
        await here.say(await cases.reply(here.services, here.reader, number, said, here.now))
    return True


def _without_mark(text: str) -> str:
    mark = next(each for each in NOTE if text.startswith(each))
    return text.removeprefix(mark).strip()


async def _case_of(here: Turn, replied: Bubble) -> int | None:
    """The case of a bubble: by its own buttons, by the notice it was, or by what the coordinator once wrote there."""
    assert here.person is not None
    markup = replied.reply_markup
    for button in (each for row in (markup.inline_keyboard if markup else ()) for each in row):
        verb, number, *_ = [*str(button.callback_data or "").split(":"), ""]
        if verb in OF_A_CASE and number.isdigit():
            return int(number)
    async with here.services.database.read() as tx:
        community, me = here.services.community, here.person.id
        notice = await notices.by_message(tx, community, me, replied.message_id)
        if notice is not None and "case" in notice.content:
            return int(notice.content["case"])
        return await case_rows.by_source(tx, community, me, replied.message_id)


async def added_to_case(here: Turn) -> Message | None:
    """While a case is open, what the person writes goes to their coordinator, as was said to them; None without one."""
    if here.person is None or not here.person.has_case:
        return None
    return await cases.ask(here.services, here.reader, sent(here), here.now)


async def takes(here: Turn) -> bool:
    """A voice note or a picture goes to a person, as does whatever is sent while a case is open. False for the rest."""
    bubble = here.update.effective_message
    assert bubble is not None
    if await passes_on(here, bubble):
        return True
    said = sent(here)
    if here.person is None or said.kind == "text":
        return False
    if here.person.has_case and bubble.media_group_id:
        await bubble.set_reaction("👀")  # the first of an album was answered in words
        await cases.ask(here.services, here.reader, said, here.now)
        return True
    if not here.person.has_case and said.kind not in HEARD + SEEN:
        return False
    why: Why = "voice" if said.kind in HEARD else "media"
    await here.say(await cases.ask(here.services, here.reader, said, here.now, why=why))
    return True


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    for pattern, step in (
        (r"^h(~|$)", ask),
        (r"^hx", withdraw),
        (r"^ht:", take),
        (r"^ho:", take_over),
        (r"^hv:", show),
        (r"^hc:", shows(cases.close)),
        (r"^hg:", helped),
    ):
        application.add_handler(CallbackQueryHandler(turn(step), pattern=pattern))
    application.add_handler(CommandHandler("person", turn(ask)))
