"""How we talk to Telegram: the transport, its errors, the pace, the pusher."""

import os

# python-telegram-bot 22 gives times as numbers, with a warning at each, unless asked for what version 23 will give.
os.environ.setdefault("PTB_TIMEDELTA", "true")
