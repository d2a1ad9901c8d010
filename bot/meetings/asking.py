"""What is asked in words: the next text answers, and is taken once; what cannot stand in a paper is said why."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.model import Reader
from bot.core.say import Button, Message, Text
from bot.editing.reading import readable
from bot.i18n import clean
from bot.meetings.words import LONGEST
from bot.services import Services
from bot.store import people
from bot.store.database import Tx


async def ask(
    services: Services,
    reader: Reader,
    what: str,
    number: int,
    lines: Sequence[Text | str],
    back: Button,
    **more: object,
) -> Message:
    """Asks, and remembers that the next text is the answer: `what` it is for and which row it belongs to."""
    assert reader.person is not None
    async with services.database.write() as tx:
        step = {"meets": what, "number": number, **more}
        await people.set_step(tx, services.community, reader.person.id, step)
    return Message(lines, ((back,),))


async def answered(tx: Tx, services: Services, reader: Reader) -> None:
    """The question was answered: what is written next is a question again."""
    assert reader.person is not None
    await people.set_step(tx, services.community, reader.person.id, None)


def fits(text: str, longest: int = LONGEST) -> tuple[str, Text | None]:
    """The text as it may stand in a paper, and what is wrong with it, if anything."""
    said = " ".join(clean(text).split())
    return said, readable(said, longest)
