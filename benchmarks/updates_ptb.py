"""The bare echo of python-telegram-bot on its default transport, for `benchmarks.updates`: URL, token, in flight.

Runs in the environment of the rivals, so it imports nothing of ours.
"""

from __future__ import annotations

import sys
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Says what was said."""
    message: Any = update.message
    await message.reply_text(message.text)


def main(url: str, token: str, in_flight: int) -> None:
    """Polls until ended."""
    builder = ApplicationBuilder().token(token).base_url(f"{url}/bot")
    application = builder.concurrent_updates(in_flight if in_flight > 1 else False).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
