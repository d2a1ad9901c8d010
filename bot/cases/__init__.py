"""Cases: somebody asks for a person, a coordinator takes it, and both write through the bot: one conversation."""

from bot.cases.answering import close, free_cases_of, note, reply, show, take
from bot.cases.asking import Sent, ask, helped, withdraw
from bot.cases.showing import not_yours
from bot.cases.waiting import remind_due

__all__ = [
    "Sent",
    "ask",
    "close",
    "free_cases_of",
    "helped",
    "not_yours",
    "note",
    "remind_due",
    "reply",
    "show",
    "take",
    "withdraw",
]
