"""Somebody writes an item of their own: in one message, then what it is and its theme; then a coordinator looks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from bot.core.knowledge import Kind, Piece, State, TooLong, typed_piece
from bot.core.model import Person, Reader
from bot.core.pack import wrong_privacy
from bot.core.rights import COORDINATOR
from bot.core.say import Button, Message, Text, label, say
from bot.editing.reading import language_of
from bot.i18n import clean
from bot.knowledge.pages import card, lines_of, named
from bot.knowledge.shelf import gone, may_read, not_for_you
from bot.knowledge.shipped import shipped
from bot.services import Services
from bot.store import knowledge, notices, people
from bot.store.database import Tx
from bot.store.knowledge import Written
from bot.store.notices import NewNotice

Step = Mapping[str, object]
IN_MAKING = ("begun", "back")
MOST_MINE = 8


async def _reads(services: Services, reader: Reader) -> bool:
    async with services.database.read() as tx:
        return await may_read(tx, services, reader.person)


async def begin(services: Services, reader: Reader, number: int = 0) -> Message:
    """The next text is the item; `number`: one of theirs that is written anew."""
    person = reader.person
    if person is None or not await _reads(services, reader):
        return not_for_you()
    shown: list[Text | str] = []
    if number:
        mine = await _mine(services, person, number)
        if mine is None:
            return gone()
        shown = ["", say("“{text}”", text=f"{mine.content['title']}\n{mine.content['text']}")]
        if mine.content.get("note"):
            # NOTE: A coordinator's words on a story that was sent back: {text} in their own words.
            shown += ["", say("💬 A coordinator wrote: “{text}”", text=str(mine.content["note"]))]
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, person.id, {"writes": number})
    return _ask(shown)


def _ask(more: list[Text | str], wrong: Text | None = None) -> Message:
    return Message(
        (
            *((wrong, "") if wrong else ()),
            # NOTE: To a volunteer or coordinator who adds a story or recommendation.
            say("✍️ <b>Write it in one message</b>"),
            # NOTE: Below it: how to write a story or recommendation.
            say("The first line is its name. Then two or three sentences: what you did, and what came of it."),
            say("Write no names and no numbers of persons."),
            *more,
        ),
        ((Button(label("◀️ Back"), "K"),),),
    )


async def _mine(services: Services, person: Person, number: int) -> Written | None:
    """An item of this person's that they may still write on."""
    async with services.database.read() as tx:
        found = await knowledge.one(tx, services.community, number)
    return found if found is not None and found.person == person.id and found.state in IN_MAKING else None


async def typed(services: Services, reader: Reader, step: Step, text: str, key: str, now: datetime) -> Message:
    """Keeps what was written; what does not fit is asked again, with the words to correct. `key` names the message."""
    person = reader.person
    if person is None or not await _reads(services, reader):
        return not_for_you()
    said = clean(text).strip()
    piece = typed_piece(said)
    wrong = _wrong(said, piece)
    if wrong is not None or not isinstance(piece, Piece):
        return _ask([], wrong)
    content = {"title": piece.title, "text": piece.text, "source": language_of(said, reader.language)}
    number = int(str(step["writes"]))
    async with services.database.write() as tx:
        if number:
            held = await knowledge.one(tx, services.community, number, held=True)
            if held is None or held.person != person.id or held.state not in IN_MAKING:
                return gone()
            await knowledge.save(
                tx, services.community, number, now, state="begun", content={**held.content, **content}
            )
        else:
            number = (await knowledge.add(tx, services.community, person.id, key, content, now))[0].id
            await people.set_step(tx, services.community, person.id, {"writes": number})
    return _ask_kind(number)


def _wrong(said: str, piece: Piece | TooLong | None) -> Text | None:
    if wrong_privacy(said) is not None:
        # NOTE: To somebody who wrote a phone number, an e-mail address or a CPR number into a story for all.
        return say("⚠️ That holds a number or an address of a person. Leave it out and write it again.")
    if piece is None:
        # NOTE: To somebody who wrote a story without a name or without sentences.
        return say("⚠️ It needs a first line as its name, and a sentence or two below it.")
    if isinstance(piece, TooLong):
        if piece.part == "title":
            # NOTE: The first line of a story is too long: {length} "84", {most} "60" characters.
            return say(
                "⚠️ The first line is {length} characters. At most {most} fit.", length=piece.length, most=piece.most
            )
        return say("⚠️ That is {length} characters. At most {most} fit.", length=piece.length, most=piece.most)
    return None


def _ask_kind(number: int) -> Message:
    return Message(
        # NOTE: After somebody wrote an item. A story tells what was done; a recommendation says what to do.
        (say("📖 <b>What is it?</b>"),),
        (
            (
                # NOTE: Buttons: what somebody has written for the others.
                Button(label("💡 Recommendation"), f"KK:{number}:recommendation"),
                Button(label("📗 Story"), f"KK:{number}:story"),
            ),
        ),
    )


async def choose_kind(services: Services, reader: Reader, number: int, kind: str, now: datetime) -> Message:
    """Then its theme."""
    mine = await _mine(services, reader.person, number) if reader.person else None
    if mine is None:
        return gone()
    async with services.database.write() as tx:
        content = {**mine.content, "kind": cast(Kind, kind)}
        await knowledge.save(tx, services.community, number, now, state=mine.state, content=content)
    buttons = [Button(label("{name}", name=named(each)), f"KT:{number}:{each.id}") for each in shipped().themes]
    return Message(
        # NOTE: Above buttons with themes, such as “Children and youth”.
        (say("🏷 <b>What is it about?</b>"),),
        tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)),
    )


async def choose_theme(services: Services, reader: Reader, number: int, theme: str, now: datetime) -> Message:
    """With its theme it goes to the coordinators; a coordinator's own is there at once. Twice is the same as once."""
    person = reader.person
    if person is None or not await _reads(services, reader):
        return not_for_you()
    community = services.community
    async with services.database.write() as tx:
        mine = await knowledge.one(tx, community, number, held=True)
        if mine is None or mine.person != person.id or mine.state == "removed":
            return gone()
        await people.set_step(tx, community, person.id, None)
        if mine.state in IN_MAKING:
            again = int(mine.content.get("round", 0)) + 1
            content = {**mine.content, "themes": [theme], "note": "", "round": again}
            state: State = "shown" if reader.coordinates else "proposed"
            await knowledge.save(tx, community, number, now, state=state, content=content)
            if state == "proposed":
                await _tell_coordinators(tx, community, f"k{number}/{again}", number, person, now)
    services.hurry.set()
    if reader.coordinates:
        # NOTE: To a coordinator who wrote a story or recommendation: all volunteers and coordinators see it.
        return await card(services, reader, str(number), [say("✅ It is there now, for all who help.")])
    return Message(
        (
            # NOTE: To a volunteer who wrote a story or recommendation.
            say("📨 Thank you. A coordinator reads it before anybody else does."),
            say("I tell you what comes of it."),
        ),
        ((Button(label("📋 Mine"), "Km"), Button(label("📖 Knowledge"), "K")),),
    )


async def _tell_coordinators(tx: Tx, community: str, key: str, number: int, by: Person, now: datetime) -> None:
    those = [each for each in await people.with_role(tx, community, COORDINATOR) if each.id != by.id]
    wanted = [
        NewNotice(each.id, "knowledge_new", key, now, {"item": number}) for each in those if each.state == "active"
    ]
    await notices.add(tx, community, wanted)


async def mine(services: Services, reader: Reader) -> Message:
    """What the reader wrote, and where each stands."""
    person = reader.person
    if person is None or not await _reads(services, reader):
        return not_for_you()
    async with services.database.read() as tx:
        found = await knowledge.of_person(tx, services.community, person.id)
    # NOTE: Head of what the reader wrote for the others.
    lines: list[Text | str] = [say("📋 <b>What you wrote</b>")]
    tiles = []
    for number, each in enumerate(found[:MOST_MINE], 1):
        lines += ["", say("<b>{number}. {title}</b>", number=number, title=str(each.content["title"])), _standing(each)]
        verb = {"shown": "Ks", "proposed": "Kv"}.get(each.state, "Ke")
        tiles.append(Button(label("{number}", number=number), f"{verb}:{each.id}"))
    if not found:
        lines.append(say("There is none."))
    grid = tuple(tuple(tiles[at : at + 4]) for at in range(0, len(tiles), 4))
    last = (Button(label("✍️ Add your own"), "Kn"), Button(label("📖 Knowledge"), "K"))
    return Message(lines, (*grid, last))


def _standing(each: Written) -> Text:
    match each.state:
        case "shown":
            # NOTE: Where a story stands that the reader wrote.
            return say("✅ Everybody who helps can read it.")
        case "proposed":
            # NOTE: Where a story stands that the reader wrote.
            return say("⏳ A coordinator has not read it yet.")
        case "back":
            # NOTE: Where a story stands that the reader wrote: a coordinator sent it back with words.
            return say("💬 A coordinator sent it back.")
        case _:
            # NOTE: Where a story stands that the reader wrote: not sent.
            return say("✏️ Not finished.")


async def show_mine(services: Services, reader: Reader, number: int) -> Message:
    """An item of the reader's that waits for a coordinator."""
    async with services.database.read() as tx:
        found = await knowledge.one(tx, services.community, number)
    if found is None or reader.person is None or found.person != reader.person.id or not found.content:
        return gone()
    lines = [_standing(found), "", *lines_of(shipped(), reader, found.item)]
    return Message(lines, ((Button(label("📋 Mine"), "Km"), Button(label("📖 Knowledge"), "K")),))
