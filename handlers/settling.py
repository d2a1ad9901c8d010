"""Settings, language, stop and start, privacy and erasing, help: commands and buttons that do the same."""

from __future__ import annotations

from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot import people, privacy
from handlers.turn import Turn, remembered, turn


async def settings(here: Turn) -> None:
    endonym = here.services.catalogues.endonym(here.reader.language)
    await here.show(people.settings_message(here.services.guide, here.reader, endonym))


async def language(here: Turn) -> None:
    await here.show(people.choose_language(here.services, here.reader.language))


async def stop(here: Turn) -> None:
    """At once. Someone we do not know gets nothing unasked anyway, and is told so."""
    if here.person is None:
        await here.show(people.stopped())
        return
    await here.show(await people.stop(here.services, here.person, here.now))


@remembered
async def start_again(here: Turn) -> None:
    assert here.person is not None
    await here.show(await people.start_again(here.services, here.person, here.now))


async def explain_privacy(here: Turn) -> None:
    await here.show(privacy.explain(here.reader))


async def my_data(here: Turn) -> None:
    if here.person is None:
        await here.show(privacy.nothing_kept())
        return
    await here.say(await privacy.my_data(here.services, here.person))


async def ask_delete(here: Turn) -> None:
    await here.show(privacy.nothing_kept() if here.person is None else privacy.ask_delete())


async def delete(here: Turn) -> None:
    if here.person is None:
        await here.show(privacy.nothing_kept())
        return
    await here.say(await privacy.erase(here.services, here.person, here.now))


async def help_(here: Turn) -> None:
    await here.show(people.help_message())


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    for pattern, commands, step in (
        (r"^set$", ("settings",), settings),
        (r"^lang$", ("language",), language),
        (r"^stop$", ("stop",), stop),
        (r"^go$", ("go",), start_again),
        (r"^priv$", ("privacy",), explain_privacy),
        (r"^data$", ("mydata",), my_data),
        (r"^del$", ("deleteme",), ask_delete),
        (r"^del!$", (), delete),
        (r"^help$", ("help",), help_),
    ):
        application.add_handler(CallbackQueryHandler(turn(step), pattern=pattern.replace("$", r"(~|$)")))
        for command in commands:
            application.add_handler(CommandHandler(command, turn(step)))
