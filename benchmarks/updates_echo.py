"""An echo the way Brobot answers, for `benchmarks.updates`: stored first, answered, marked as answered. URL, folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, MessageHandler, filters

from benchmarks.known_people import COMMUNITY, database_url
from benchmarks.loopback import TOKEN
from bot.app import ALLOWED
from bot.clock import system_clock
from bot.inbox import RAW, Inbox, Verdict
from bot.store.database import Database
from bot.store.keys import read_keys
from bot.telegram.polling import poll
from bot.telegram.pusher import make_bot


async def echo(update: Update, _context: Any) -> None:
    """Says what was said."""
    message: Any = update.message
    await message.reply_text(message.text)


async def give_up(raw: RAW) -> None:
    """Nothing is set aside here."""
    raise RuntimeError(f"update {raw['update_id']} could not be answered")


async def main(url: str, folder: Path) -> None:
    """Polls until ended."""
    database = Database(database_url(folder), read_keys(folder / "brobot.key"))
    bot = make_bot(TOKEN, api_url=url, rate=10_000, chat_seconds=0)
    application = ApplicationBuilder().bot(bot).updater(None).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    await application.initialize()

    async def handle(raw: RAW) -> Verdict:
        await application.process_update(Update.de_json(raw, bot))
        return "done"

    inbox = Inbox(database, COMMUNITY, system_clock, handle, give_up)
    await poll(bot, inbox.take, await inbox.confirmed(), ALLOWED)


if __name__ == "__main__":
    if sys.platform == "win32":
        from asyncio import run
    else:
        from uvloop import run
    run(main(sys.argv[1], Path(sys.argv[2])))
