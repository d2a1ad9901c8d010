"""Telegram's Bot API on loopback, strict where Telegram is, and the people who use it: `World` and `make_app`."""

from bot.demo.botapi.control import Hooks, add_control
from bot.demo.botapi.errors import ControlError, RefusedError
from bot.demo.botapi.limits import Limits
from bot.demo.botapi.records import Chat, Message, Person
from bot.demo.botapi.server import TOKEN, make_app
from bot.demo.botapi.state import World

__all__ = [
    "TOKEN",
    "Chat",
    "ControlError",
    "Hooks",
    "Limits",
    "Message",
    "Person",
    "RefusedError",
    "World",
    "add_control",
    "make_app",
]
