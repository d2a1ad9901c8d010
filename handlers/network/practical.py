"""The practical list of a pair: where each of its buttons leads, and the words that are added to it."""

from __future__ import annotations

from bot.network.practical import keeping
from handlers.turn import Turn, shows


async def tick(here: Turn) -> None:
    done = here.argument(2, "y", "n") == "y"
    await here.show(
        await keeping.tick(here.services, here.reader, here.number(0), here.argument(1), here.now, done=done)
    )


async def take_off(here: Turn) -> None:
    await here.show(await keeping.take_off(here.services, here.reader, here.number(0), here.argument(1), here.now))


async def put_back(here: Turn) -> None:
    await here.show(await keeping.put_back(here.services, here.reader, here.number(0), here.argument(1), here.now))


async def is_awaited(here: Turn) -> bool:
    """Whether the text is a thing for the list. Then it is taken, and nothing else."""
    number = keeping.adding(here.reader, here.now)
    if number is None:
        return False
    await here.say(await keeping.add(here.services, here.reader, number, here.text, here.key, here.now))
    return True


PRACTICAL = {
    "nj": shows(keeping.show),
    "njt": tick,
    "njx": shows(keeping.choose_off),
    "njX": take_off,
    "nja": shows(keeping.ask_own),
    "njA": put_back,
}
"""The verbs of the buttons of a list."""
