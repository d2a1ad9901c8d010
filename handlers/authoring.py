"""Activities added and changed in chat: where each button of the form leads, and the texts that answer it."""

from __future__ import annotations

from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot.core.editing import STEPS, Edit
from bot.core.say import Message
from bot.editing import forms, letters, looking, moving, proposals, publishing, still_right, taking, texts
from bot.editing.questions import TOGGLED
from handlers.looking_after import LOOKING_AFTER
from handlers.turn import Turn, by_verb, remembered, shows, turn


async def activities(here: Turn) -> None:
    await here.show(await looking.overview(here.services, here.reader, here.now, here.number(0)))


async def ask_cancel_all(here: Turn) -> None:
    await here.show(looking.ask_cancel_all(here.services, here.reader, here.number(0)))


async def begin(here: Turn) -> None:
    await here.show(await forms.begin(here.services, here.reader, _key(here), here.now))


async def change(here: Turn) -> None:
    await here.show(await forms.begin_change(here.services, here.reader, here.number(0), _key(here), here.now))


async def copy(here: Turn) -> None:
    made = await forms.begin_change(here.services, here.reader, here.number(0), _key(here), here.now, copy=True)
    await here.show(made)


def _key(here: Turn) -> str:
    """A form for each tap: the bubble may be tapped again for another one."""
    return f"u{here.update.update_id}"


async def drafts(here: Turn) -> None:
    await here.show(await forms.drafts(here.services, here.reader, here.now))


async def _opened(here: Turn) -> Edit | None:
    """The form of a button; what stands in its way is said."""
    found = await forms.opened(here.services, here.reader, here.number(0))
    if isinstance(found, Message):
        await here.show(found)
        return None
    return found


async def form(here: Turn) -> None:
    edit = await _opened(here)
    if edit is not None:
        await here.show(await forms.show(here.services, here.reader, edit, here.now))


async def onward(here: Turn) -> None:
    edit = await _opened(here)
    if edit is not None:
        await here.show(await forms.ask_next(here.services, here.reader, edit, here.now))


async def question(here: Turn) -> None:
    step, page = here.argument(1, *STEPS), min(here.number(2), 200)
    edit = await _opened(here)
    if edit is not None:
        await here.show(await forms.ask(here.services, here.reader, edit, step, here.now, page=page))


async def answer(here: Turn) -> None:
    step, value = here.argument(1, *STEPS), here.argument(2)
    await here.show(await taking.tapped(here.services, here.reader, here.number(0), step, value, here.now))


async def toggle(here: Turn) -> None:
    step, value, page = here.argument(1, *TOGGLED), here.argument(2), min(here.number(3), 200)
    await here.show(await taking.toggled(here.services, here.reader, here.number(0), step, value, page, here.now))


async def chosen(here: Turn) -> None:
    step = here.argument(1, *TOGGLED)
    await here.show(await taking.chosen(here.services, here.reader, here.number(0), step, here.now))


async def leave(here: Turn) -> None:
    edit = await _opened(here)
    if edit is not None:
        await here.show(await forms.later(here.services, here.reader, edit))


async def ask_away(here: Turn) -> None:
    edit = await _opened(here)
    if edit is not None:
        await here.show(forms.ask_away(edit))


async def throw_away(here: Turn) -> None:
    edit = await _opened(here)
    if edit is not None:
        await here.show(await forms.throw_away(here.services, here.reader, edit, here.now))


async def preview(here: Turn) -> None:
    """In the coordinator's language, or in the one that was tapped: then the whole bubble is."""
    language = (
        here.argument(1, *here.services.catalogues.languages) if len(here.arguments) > 1 else here.reader.language
    )
    shown = await publishing.preview(here.services, here.reader, here.number(0), language, here.now)
    await here.speaking(language).show(shown)


async def publish(here: Turn) -> None:
    force = len(here.arguments) > 1 and here.argument(1, "f") == "f"
    await here.show(await publishing.publish(here.services, here.reader, here.number(0), here.now, force=force))


async def ask_time(here: Turn) -> None:
    await here.show(await moving.ask(here.services, here.reader, *here.occurrence))


async def move(here: Turn) -> None:
    number, day = here.occurrence
    start, end, seen = here.moment(2), here.moment(3), here.argument(4)
    await here.show(await moving.move(here.services, here.reader, number, day, start, end, seen, here.now))


async def proposed(here: Turn) -> None:
    await here.show(await proposals.waiting(here.services, here.reader))


async def send_back(here: Turn) -> None:
    await here.show(await proposals.ask_words(here.services, here.reader, here.number(0)))


async def is_awaited(here: Turn) -> bool:
    """Whether the text answers a question of a form. Then it is taken, and nothing else."""
    step = here.person.step if here.person else None
    if not step:
        return False
    if "edit" in step and step.get("field"):
        number, field = int(str(step["edit"])), str(step["field"])
        await here.say(await taking.typed(here.services, here.reader, number, field, here.text, here.now))
        return True
    read = next((TYPED[name] for name in TYPED if name in step), None)
    if read is None:
        return False
    await here.say(await read(here.services, here.reader, step, here.text, here.now))
    return True


TYPED = {"moves": moving.typed, "text": texts.typed, "letter": letters.typed, "sends_back": proposals.send_back}
"""What a text answers, by what stands in the person's step."""


async def is_located(here: Turn, lat: float, lon: float) -> bool:
    """Whether a place of the map belongs to a form. Then it is the venue's, and nobody's home."""
    step = here.person.step if here.person else None
    if not step or "edit" not in step:
        return False
    await here.say(await taking.located(here.services, here.reader, int(str(step["edit"])), lat, lon, here.now))
    return True


VERBS = {
    "ek": activities,
    "ea": shows(looking.look),
    "eK": ask_cancel_all,
    "eC": shows(looking.cancel_all),
    "en": begin,
    "ee": change,
    "ec": copy,
    "eo": drafts,
    "e": form,
    "eg": onward,
    "ef": question,
    "es": answer,
    "et": toggle,
    "ez": chosen,
    "el": leave,
    "ex": ask_away,
    "eX": throw_away,
    "ep": preview,
    "eP": publish,
    "em": ask_time,
    "eM": move,
    "eA": shows(proposals.propose),
    "ei": proposed,
    "eV": shows(proposals.show),
    "eB": shows(proposals.approve),
    "eS": send_back,
    "eY": shows(still_right.confirm),
    **LOOKING_AFTER,
}


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    application.add_handler(CallbackQueryHandler(turn(remembered(by_verb(VERBS))), pattern=r"^e[a-zA-Z]?(:|$)"))
    application.add_handler(CommandHandler("propose", turn(remembered(begin))))
