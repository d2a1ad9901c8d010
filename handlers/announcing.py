"""Announcements: the coordinator's buttons, what is written or recorded for one, and a volunteer who translates."""

from __future__ import annotations

from telegram import Message as Bubble
from telegram.constants import MessageEntityType
from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot.announcing import checking, choosing, composing, desk, helping, reporting, scheduling, versions
from bot.announcing.checking import Shown
from bot.announcing.composing import Sent
from bot.core.announcing.timing import OFFSETS
from bot.core.say import Message, say
from handlers.turn import Turn, by_verb, shows, turn

LAST_PAGE = 10_000
_MARKED = {
    MessageEntityType.BOLD,
    MessageEntityType.ITALIC,
    MessageEntityType.UNDERLINE,
    MessageEntityType.STRIKETHROUGH,
    MessageEntityType.CODE,
    MessageEntityType.BLOCKQUOTE,
    MessageEntityType.TEXT_LINK,
}


def _page(here: Turn, at: int) -> int:
    return min(LAST_PAGE, here.number(at)) if len(here.arguments) > at else 0


def _language(here: Turn, at: int = 1) -> str:
    return here.argument(at, *here.services.catalogues.languages)


async def overview(here: Turn) -> None:
    await here.show(await desk.overview(here.services, here.reader, _page(here, 0)))


async def begin(here: Turn) -> None:
    await here.show(await composing.begin(here.services, here.reader, here.now))


async def all_versions(here: Turn) -> None:
    await here.show(await versions.overview(here.services, here.reader, here.number(0)))


async def language(here: Turn) -> None:
    await here.show(await versions.language(here.services, here.reader, here.number(0), _language(here)))


async def write(here: Turn) -> None:
    await here.show(await composing.ask(here.services, here.reader, here.number(0), _language(here), "write", here.now))


async def correct(here: Turn) -> None:
    await here.show(
        await composing.ask(here.services, here.reader, here.number(0), _language(here), "correct", here.now)
    )


async def ask_volunteers(here: Turn) -> None:
    await here.show(
        await versions.ask_volunteers(here.services, here.reader, here.number(0), _language(here), here.now)
    )


async def mark(here: Turn) -> None:
    await here.show(await versions.mark(here.services, here.reader, here.number(0), _language(here)))


async def use(here: Turn) -> None:
    await here.show(await versions.accept(here.services, here.reader, here.number(0), _language(here), here.now))


async def remove(here: Turn) -> None:
    await here.show(await versions.remove(here.services, here.reader, here.number(0), _language(here)))


async def languages(here: Turn) -> None:
    await here.show(await versions.languages(here.services, here.reader, here.number(0), _language(here)))


async def move_language(here: Turn) -> None:
    await here.show(
        await versions.move_language(here.services, here.reader, here.number(0), _language(here), _language(here, 2))
    )


async def choices(here: Turn) -> None:
    what = here.argument(1, *"tlrbue")
    await here.show(await choosing.choices(here.services, here.reader, here.number(0), what, _page(here, 2), here.now))


async def choose(here: Turn) -> None:
    what = here.argument(1, *"ztklrbue")
    value, more = (*here.arguments[2:], "", "")[:2]
    await here.show(await choosing.choose(here.services, here.reader, here.number(0), what, value, more, here.now))


async def hours(here: Turn) -> None:
    here.day(1)
    await here.show(await scheduling.hours(here.services, here.reader, here.number(0), here.argument(1), here.now))


async def at_once(here: Turn) -> None:
    await here.show(await scheduling.set_time(here.services, here.reader, here.number(0), None, here.now))


async def at_time(here: Turn) -> None:
    await here.show(await scheduling.set_time(here.services, here.reader, here.number(0), here.moment(1), here.now))


async def activities(here: Turn) -> None:
    await here.show(await scheduling.activities(here.services, here.reader, here.number(0), _page(here, 1), here.now))


def _where(here: Turn) -> tuple[int, str]:
    here.day(2)
    return here.number(1), here.argument(2)


async def offsets(here: Turn) -> None:
    await here.show(await scheduling.offsets(here.services, here.reader, here.number(0), _where(here), here.now))


async def set_offset(here: Turn) -> None:
    letter = here.argument(3, *dict(OFFSETS))
    await here.show(
        await scheduling.set_offset(here.services, here.reader, here.number(0), _where(here), letter, here.now)
    )


async def how(here: Turn) -> None:
    if len(here.arguments) == 1:
        await here.show(await scheduling.how(here.services, here.reader, here.number(0)))
        return
    await here.show(await scheduling.switch(here.services, here.reader, here.number(0), here.argument(1, *"mlUu")))


async def send(here: Turn) -> None:
    bubble = here.update.effective_message
    assert bubble is not None
    await here.show(
        await checking.send(here.services, here.reader, here.number(0), here.number(1), bubble.message_id, here.now)
    )


async def preview(here: Turn) -> None:
    await _show_all(here, await checking.preview(here.services, here.reader, here.number(0)))


async def test(here: Turn) -> None:
    await _show_all(here, await checking.preview(here.services, here.reader, here.number(0), own=True))


async def _show_all(here: Turn, shown: list[Shown]) -> None:
    """Each in its own language, as the phones of its readers show it."""
    for spoken, message in shown:
        await here.speaking(spoken).say(message)


async def of_a_preview(here: Turn) -> None:
    # NOTE: A coordinator tapped a button of a preview.
    await here.say(Message((say("This is a preview. The button works for those who get it."),)))


async def pause(here: Turn) -> None:
    await here.show(await scheduling.pause(here.services, here.reader, here.number(0), here.now, yes=True))


async def go_on(here: Turn) -> None:
    await here.show(await scheduling.pause(here.services, here.reader, here.number(0), here.now, yes=False))


async def not_reached(here: Turn) -> None:
    """A bubble of its own: an edited one cannot be kept from being forwarded."""
    await here.say(await reporting.not_reached(here.services, here.reader, here.number(0), _page(here, 1), here.now))


async def volunteer_writes(here: Turn) -> None:
    await here.say(await helping.accept(here.services, here.reader, here.number(0), _language(here), here.now))


async def volunteer_declines(here: Turn) -> None:
    await here.show(await helping.decline())


STEPS = {
    "B": overview, "Bn": begin, "Bo": shows(desk.page), "Bv": all_versions, "Bl": language, "Bw": write,
    "BC": correct,
    "Bq": ask_volunteers, "Bh": mark, "By": use, "Bx": remove, "Bk": languages, "BL": move_language,
    "Ba": shows(choosing.page), "Bf": choices, "Bc": choose,
    "Bt": shows(scheduling.when), "Bd": hours, "BN": at_once, "Bu": at_time, "BT": activities, "BA": offsets,
    "BO": set_offset,
    "Bm": how, "Bs": shows(checking.check), "BS": send, "Bg": preview, "Be": test, "BP": of_a_preview,
    "Bz": pause, "BZ": go_on, "BX": shows(scheduling.ask_cancel), "BK": shows(scheduling.cancel),
    "Br": shows(reporting.report), "BU": not_reached,
    "BV": volunteer_writes, "BW": volunteer_declines,
}  # fmt: skip


async def is_awaited(here: Turn, bubble: Bubble) -> bool:
    """Whether what was sent is for an announcement. Then it is taken, and nothing else is made of it."""
    wanted = composing.awaited(here.reader, here.now)
    if wanted is None:
        return False
    await here.say(await composing.take(here.services, here.reader, wanted, sent(bubble), here.now))
    return True


def sent(bubble: Bubble) -> Sent:
    """What a message of Telegram holds that an announcement can use."""
    typed = bubble.text or bubble.caption or ""
    entities = bubble.entities or bubble.caption_entities
    marked = any(each.type in _MARKED for each in entities)
    html = (bubble.text_html if bubble.text else bubble.caption_html) or ""
    found = Sent(typed, html if marked else "")
    if bubble.photo:
        largest = bubble.photo[-1]
        return Sent(typed, found.html, photo=largest.file_id, bytes=largest.file_size or 0)
    if bubble.voice:
        return Sent(typed, found.html, voice=bubble.voice.file_id)
    if bubble.text:
        return found
    is_picture = bubble.document is not None and (bubble.document.mime_type or "").startswith("image/")
    return Sent(typed, other="picture_file" if is_picture else "other")


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    application.add_handler(CallbackQueryHandler(turn(by_verb(STEPS)), pattern=r"^B"))
    application.add_handler(CommandHandler("announce", turn(overview)))
