"""Saved answers are kept by coordinators: written, put into other languages, named, changed and removed in the chat."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cases import saved
from bot.cases.saved import AT_ONCE, known, mark_of, named
from bot.cases.shipped import NAME_LONGEST, TEXT_LONGEST
from bot.cases.showing import not_yours
from bot.core.model import Reader
from bot.core.pack import wrong_script
from bot.core.say import Button, Listing, Message, Text, Word, label, say
from bot.editing.reading import language_of
from bot.i18n import clean
from bot.services import Services
from bot.store import people, saved_answers
from bot.store.saved_answers import NewAnswer, SavedAnswer, SavedText

Step = Mapping[str, object]


async def overview(services: Services, reader: Reader, page: int = 0, note: Text | None = None) -> Message:
    """Every answer, with the state of its text in each language."""
    if not reader.coordinates:
        return not_yours()
    await _listen(services, reader, None)
    answers = await known(services)
    # NOTE: Head of the list of answers that coordinators have written once.
    lines: list[Text | str] = [*((note, "") if note else ()), say("💬 <b>Saved answers</b>")]
    rows: list[tuple[Button, ...]] = []
    for each in answers[page * AT_ONCE : (page + 1) * AT_ONCE]:
        signs = tuple(
            say("{language} {state}", language=Word("language", language), state=mark_of(each.texts.get(language)))
            for language in _languages(services)
        )
        lines += ["", say("<b>{title}</b>", title=named(each)), say("🌍 {texts}", texts=Listing(signs))]
        rows.append((Button(label("💬 {name}", name=named(each)), f"Sa:{each.id}"),))
    paging = (
        *((Button(label("◀️ Back"), f"S:{page - 1}"),) if page else ()),
        *((Button(label("▶️ More"), f"S:{page + 1}"),) if len(answers) > (page + 1) * AT_ONCE else ()),
    )
    if not answers:
        # NOTE: To a coordinator: there are no saved answers.
        lines.append(say("There is none."))
    # NOTE: Button of a coordinator, writes a new saved answer.
    last = (Button(label("➕ New answer"), "Sn"), Button(label("🗂 Coordinate"), "k"))
    return Message(lines, (*rows, *((paging,) if paging else ()), last))


def _languages(services: Services) -> tuple[str, ...]:
    return services.guide.community.languages


async def _listen(services: Services, reader: Reader, step: Step | None) -> None:
    """What the next text is for. A step of something else is left alone where nothing is asked here."""
    assert reader.person is not None
    if step is None and "saved" not in (reader.person.step or {}):
        return
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, reader.person.id, step)


async def _one(services: Services, reader: Reader, number: int) -> SavedAnswer | Message:
    if not reader.coordinates or reader.person is None:
        return not_yours()
    found = next((each for each in await known(services) if each.id == number), None)
    # NOTE: To a coordinator who opened a saved answer that a colleague has removed.
    return found or await overview(services, reader, note=say("This answer is not there any more."))


async def show(services: Services, reader: Reader, number: int, note: Text | None = None) -> Message:
    """One answer in every language, and what can be done about each."""
    answer = await _one(services, reader, number)
    if isinstance(answer, Message):
        return answer
    await _listen(services, reader, None)
    lines: list[Text | str] = [*((note, "") if note else ()), say("<b>{title}</b>", title=named(answer))]
    rows = []
    for language in _languages(services):
        said = answer.texts.get(language)
        lines += ["", _state(language, said)]
        lines += [say("“{text}”", text=said.text)] if said else []
        # NOTE: Button, a text is written in this language: {language} "Arabic".
        write = Button(label("✍️ {language}", language=Word("language", language)), f"Sw:{number}:{language}")
        # NOTE: Button, a text that was a draft or outdated is right as it stands.
        right = Button(label("✅ It is right"), f"Sr:{number}:{language}")
        rows.append((write, *((right,) if said and said.state != "human" else ())))
    # NOTE: “✏️ Name”: Button, a saved answer is called something else. “🗑 Remove”: a saved answer is deleted.
    last = (Button(label("✏️ Name"), f"Sm:{number}"), Button(label("🗑 Remove"), f"Sx:{number}", style="no"))
    return Message(lines, (*rows, last, (Button(label("◀️ Back"), "S:0"),)))


def _state(language: str, said: SavedText | None) -> Text:
    state = (
        say("❌ missing")
        if said is None
        else {"human": say("✅ by a person"), "draft": say("📝 draft"), "outdated": say("⚠️ outdated")}[said.state]
    )
    return say("{language} {state}", language=Word("language", language), state=state)


async def new(services: Services, reader: Reader) -> Message:
    """A new answer begins with its name."""
    if not reader.coordinates:
        return not_yours()
    await _listen(services, reader, {"saved": 0})
    return _ask_name()


def _ask_name(note: Text | None = None) -> Message:
    return Message(
        (
            *((note, "") if note else ()),
            # NOTE: To a coordinator who writes a saved answer.
            say("💬 <b>What shall it be called?</b>"),
            # NOTE: To a coordinator who names a saved answer.
            say("A word or three, only for you and your colleagues."),
        ),
        ((Button(label("◀️ Back"), "S:0"),),),
    )


def _ask_text(language: str, note: Text | None = None) -> Message:
    # NOTE: To a coordinator who writes a saved answer: {language} "Arabic".
    head = say("💬 <b>Write it in {language}</b>", language=Word("language", language)) if language else say(
        "💬 <b>Write the answer</b>"
    )  # fmt: skip
    # NOTE: To a coordinator who writes a saved answer.
    below = say("It is sent word for word. Write no names and no numbers of persons in it.")
    return Message((*((note, "") if note else ()), head, below), ((Button(label("◀️ Back"), "S:0"),),))


async def rename(services: Services, reader: Reader, number: int) -> Message:
    answer = await _one(services, reader, number)
    if isinstance(answer, Message):
        return answer
    await _listen(services, reader, {"saved": number, "rename": True})
    return _ask_name()


async def write(services: Services, reader: Reader, number: int, language: str, case: int = 0) -> Message:
    """The next text is the answer in this language; afterwards the case goes on, where there is one."""
    answer = await _one(services, reader, number)
    if isinstance(answer, Message):
        return answer
    await _listen(services, reader, {"saved": number, "language": language, "case": case})
    asked = _ask_text(language)
    before = answer.texts.get(language) or (
        answer.texts[saved.version_for(answer.texts, reader.language)] if answer.texts else None
    )
    shown = ("", say("“{text}”", text=before.text)) if before else ()
    return Message((*asked.lines, *shown), asked.buttons)


async def typed(services: Services, reader: Reader, step: Step, text: str, key: str) -> Message:
    """A name, or a text: what does not fit is asked again, and nothing is lost. `key` tells one message from another,
    as each may come twice."""
    if not reader.coordinates:
        await _listen(services, reader, None)
        return not_yours()
    said, number = clean(text).strip(), int(str(step["saved"]))
    if step.get("rename") or (number == 0 and step.get("at") in (None, key)):
        return await _named(services, reader, number, " ".join(said.split()), key)
    language = str(step.get("language") or language_of(said, reader.language))
    wrong = _wrong(said, language)
    if wrong is not None:
        return _ask_text(str(step.get("language") or ""), wrong)
    if number == 0:
        return await _made(services, reader, {reader.language: str(step["name"])}, language, said, key)
    return await _written(services, reader, number, language, said, int(str(step.get("case") or 0)))


def _wrong(said: str, language: str) -> Text | None:
    if len(said) > TEXT_LONGEST:
        return say("⚠️ That is {length} characters. At most {most} fit.", length=len(said), most=TEXT_LONGEST)
    if wrong_script(said, language) is None:
        return None
    # NOTE: To a translator who wrote in other letters: {language} "Tigrinya".
    return say(
        "⚠️ That is not written in the letters of {language}. Write it again.", language=Word("language", language)
    )


async def _named(services: Services, reader: Reader, number: int, name: str, key: str) -> Message:
    if len(name) > NAME_LONGEST:
        return _ask_name(say("⚠️ That is {length} characters. At most {most} fit.", length=len(name), most=NAME_LONGEST))
    if number == 0:
        await _listen(services, reader, {"saved": 0, "name": name, "at": key})
        return _ask_text("")
    answer = await _one(services, reader, number)
    if isinstance(answer, Message):
        return answer
    async with services.database.write() as tx:
        await saved_answers.rename(tx, services.community, number, {reader.language: name})
    return await show(services, reader, number)


async def _made(
    services: Services, reader: Reader, names: Mapping[str, str], language: str, said: str, key: str
) -> Message:
    assert reader.person is not None
    made = NewAnswer(f"c{reader.person.id}/{key}", names, {language: SavedText(said)})
    async with services.database.write() as tx:
        await saved_answers.add(tx, services.community, [made])
        found = next(each for each in await saved_answers.all_of(tx, services.community) if each.key == made.key)
    return await show(services, reader, found.id, _kept())


def _kept() -> Text:
    # NOTE: To a coordinator who has written a saved answer.
    return say("💾 Saved. You find it under every case.")


async def _written(services: Services, reader: Reader, number: int, language: str, said: str, case: int) -> Message:
    answer = await _one(services, reader, number)
    if isinstance(answer, Message):
        return answer
    async with services.database.write() as tx:
        await saved_answers.set_text(tx, services.community, answer, language, said)
    await _listen(services, reader, None)
    if case:
        return await saved.preview(services, reader, case, number, note=_kept())
    return await show(services, reader, number, _kept())


async def approve(services: Services, reader: Reader, number: int, language: str) -> Message:
    """A draft or an outdated text is right as it stands: somebody who speaks the language has read it."""
    answer = await _one(services, reader, number)
    if isinstance(answer, Message):
        return answer
    if language in answer.texts:
        async with services.database.write() as tx:
            await saved_answers.set_text(tx, services.community, answer, language, answer.texts[language].text)
    return await show(services, reader, number)


async def ask_remove(services: Services, reader: Reader, number: int) -> Message:
    """It cannot be taken back, so it is asked."""
    answer = await _one(services, reader, number)
    if isinstance(answer, Message):
        return answer
    return Message(
        # NOTE: Before a saved answer is deleted: {name} "Come by".
        (say("🗑 <b>Remove “{name}” for everyone?</b>", name=named(answer)),),
        ((Button(label("🗑 Remove"), f"SX:{number}", style="no"), Button(label("◀️ No, go back"), f"Sa:{number}")),),
    )


async def remove(services: Services, reader: Reader, number: int) -> Message:
    """Twice is the same as once."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.write() as tx:
        await saved_answers.remove(tx, services.community, number)
    return await overview(services, reader)
