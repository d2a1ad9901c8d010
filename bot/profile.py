"""How the bot introduces itself in Telegram: its commands and descriptions, in every language."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from telegram import BotCommand, BotCommandScopeChat
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.core.say import Text, say
from bot.i18n import say_plain
from bot.services import Services

log = structlog.get_logger(__name__)

COMMANDS: Sequence[tuple[str, Text]] = (
    # NOTE: What /start does, in Telegram's menu of commands.
    ("start", say("Begin")),
    # NOTE: What /plans does, in Telegram's menu of commands.
    ("plans", say("My plans")),
    # NOTE: What /network opens, in Telegram's menu of commands.
    ("network", say("Let's Network: a person for you")),
    # NOTE: What /person does, in Telegram's menu of commands.
    ("person", say("Ask a person")),
    # NOTE: What /settings does, in Telegram's menu of commands.
    ("settings", say("Language, town, messages")),
    # NOTE: What /privacy tells, in Telegram's menu of commands.
    ("privacy", say("What we keep")),
    # NOTE: What /stop does, in Telegram's menu of commands.
    ("stop", say("No more messages")),
    # NOTE: What /help tells, in Telegram's menu of commands; “I” is the bot.
    ("help", say("What I can do")),
)
# NOTE: The bot's description in Telegram, before anything is said. At most 120 letters.
WHAT = say("Find things to do and people to meet near you. It costs nothing.")
DESCRIPTION_LONGEST = 512


def commands(services: Services, language: str) -> list[BotCommand]:
    return [
        BotCommand(name, say_plain(text, language, services.catalogues, services.names)[:256])
        for name, text in COMMANDS
    ]


async def introduce(bot: ExtBot[int], services: Services) -> None:
    """Sets commands and descriptions. Telegram is asked again at the next start where it was not reached."""
    languages = services.catalogues.languages
    said = {each: say_plain(WHAT, each, services.catalogues, services.names) for each in languages}
    everyone = "\n".join(said.values())[:DESCRIPTION_LONGEST]  # a phone set to no language of ours reads all of them
    try:
        await bot.set_my_commands(commands(services, "en"))
        await bot.set_my_description(everyone)
        await bot.set_my_short_description(said["en"][:120])
        for language in languages:
            await bot.set_my_commands(commands(services, language), language_code=language)
            await bot.set_my_description(said[language], language_code=language)
            await bot.set_my_short_description(said[language][:120], language_code=language)
    except TelegramError as error:
        log.warning("the bot's profile could not be set; it is tried again at the next start", cause=str(error))


async def commands_for(bot: ExtBot[int], services: Services, chat: int, language: str) -> None:
    """The command menu of one chat follows the language that its person chose."""
    try:
        await bot.set_my_commands(commands(services, language), scope=BotCommandScopeChat(chat))
    except TelegramError as error:
        log.warning("commands of a chat could not be set", cause=str(error))
