"""Saved answers under a case: the list, one as the person would get it in their language, and sending it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.cases.answering import called, reply
from bot.cases.asking import Sent
from bot.cases.shipped import shipped_answers
from bot.cases.showing import gone, not_yours
from bot.core.model import Person, Reader
from bot.core.query import code
from bot.core.say import Button, Content, Message, Text, Word, label, say
from bot.services import Services
from bot.store import cases, people, saved_answers
from bot.store.cases import Case
from bot.store.saved_answers import SavedAnswer, SavedText

AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Way:
    """The verbs of the buttons, in a private chat or in a topic of the group; answers are kept in private only."""

    offer: str = "hs"
    preview: str = "hS"
    send: str = "hR"
    keeps: bool = True


PRIVATE = Way()
IN_GROUP = Way("Gs", "GS", "GR", keeps=False)


async def known(services: Services) -> tuple[SavedAnswer, ...]:
    """The community's answers. The shipped ones are taken over the first time that somebody asks."""
    community = services.community
    async with services.database.read() as tx:
        found = await saved_answers.all_of(tx, community)
        there = await saved_answers.keys(tx, community)
    wanting = [each for each in shipped_answers() if each.key not in there]
    if not wanting:
        return found
    async with services.database.write() as tx:
        await saved_answers.add(tx, community, wanting)
        return await saved_answers.all_of(tx, community)


def version_for(texts: Mapping[str, SavedText], language: str) -> str:
    """The language of the text that a person gets: their own, else English, else the first that there is."""
    return next(each for each in (language, "en", *texts) if each in texts)


def named(answer: SavedAnswer) -> Content:
    return Content(answer.names, next(iter(answer.names), ""))


def mark_of(said: SavedText | None) -> str:
    """The state of a text, as a sign."""
    return "⚪" if said is None else {"human": "🟢", "draft": "🟡", "outdated": "🟠"}[said.state]


async def _asked(services: Services, reader: Reader, number: int) -> tuple[Case, Person] | Message:
    if not reader.coordinates or reader.person is None:
        return not_yours()
    async with services.database.read() as tx:
        case = await cases.one(tx, services.community, number)
        asker = (await people.by_ids(tx, services.community, [case.person])).get(case.person) if case else None
    return gone() if case is None or asker is None else (case, asker)


async def offer(services: Services, reader: Reader, number: int, page: int, way: Way = PRIVATE) -> Message:
    """The answers there are, each with the state of its text in the asker's language."""
    found = await _asked(services, reader, number)
    if isinstance(found, Message):
        return found
    case, asker = found
    answers = [each for each in await known(services) if each.texts]
    shown = answers[page * AT_ONCE : (page + 1) * AT_ONCE]
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                # NOTE: Button, a saved answer: {mark} a sign for its text in the asker's language, {name} "Come by".
                label("{mark} {name}", mark=mark_of(each.texts.get(asker.language)), name=named(each)),
                f"{way.preview}:{case.id}:{each.id}",
            ),
        )
        for each in shown
    ]
    paging = (
        *((Button(label("◀️ Back"), f"{way.offer}:{case.id}:{page - 1}"),) if page else ()),
        *(
            (Button(label("▶️ More"), f"{way.offer}:{case.id}:{page + 1}"),)
            if len(answers) > (page + 1) * AT_ONCE
            else ()
        ),
    )
    # NOTE: Button of a coordinator: saved answers are written and changed there.
    keep = (Button(label("✏️ Change answers"), "S:0"), Button(label("🙋 The case"), f"hv:{case.id}"))
    return Message(
        (
            # NOTE: Head of the list of answers that coordinators have written once.
            say("💬 <b>Saved answers</b>"),
            # NOTE: Above saved answers: {number} of the case "12", {language} "Arabic" of who asked.
            say("No. {number} reads {language}.", number=case.id, language=Word("language", asker.language)),
            # NOTE: Under a list of saved answers: what the signs before their names mean.
            say("🟢 by a person · 🟡 draft · 🟠 outdated · ⚪ missing in that language"),
        ),
        (*rows, *((paging,) if paging else ()), *((keep,) if way.keeps else ())),
    )


async def preview(
    services: Services, reader: Reader, number: int, answer: int, way: Way = PRIVATE, note: Text | None = None
) -> Message:
    """The answer as the person would get it, in which language, and what the coordinator reads of it."""
    found = await _asked(services, reader, number)
    if isinstance(found, Message):
        return found
    case, asker = found
    saved = next((each for each in await known(services) if each.id == answer and each.texts), None)
    if saved is None:
        return await offer(services, reader, number, 0, way)
    gets = version_for(saved.texts, asker.language)
    lines: list[Text | str] = [*((note, "") if note else ()), *_warned(saved, asker.language, gets)]
    # NOTE: A saved answer before it is sent to who asked: {language} "Arabic".
    lines += [say("💬 <b>They get this in {language}:</b>", language=Word("language", gets))]
    lines += [say("“{text}”", text=saved.texts[gets].text)]
    if reader.language != gets and reader.language in saved.texts:
        # NOTE: The same saved answer in the coordinator's own language: {language} "Danish".
        lines += ["", say("In {language}:", language=Word("language", reader.language))]
        lines += [say("“{text}”", text=saved.texts[reader.language].text)]
    async with services.database.read() as tx:
        seen = await cases.conversation(tx, services.community, case.id)
    last = seen[-1].id if seen else 0
    data = f"{way.send}:{case.id}:{saved.id}:{gets}:{_stamp(saved, gets)}:{last}"
    write = Button(
        label("✍️ {language}", language=Word("language", asker.language)), f"Sw:{saved.id}:{asker.language}:{case.id}"
    )
    return Message(
        lines,
        (
            (Button(label("📨 Send"), data, style="yes"),),
            *(((write,),) if way.keeps and gets != asker.language else ()),
            (Button(label("◀️ Back"), f"{way.offer}:{case.id}:0"),),
        ),
    )


def _warned(saved: SavedAnswer, wanted: str, gets: str) -> list[Text | str]:
    """What speaks against sending it as it is."""
    if gets != wanted:
        # NOTE: Before a saved answer is sent: {language} "Tigrinya" is what the person reads.
        return [say("⚠️ This answer has no text in {language}.", language=Word("language", wanted)), ""]
    if saved.texts[gets].state == "outdated":
        # NOTE: Before a saved answer is sent: its text in another language was changed after this one was written.
        return [say("🟠 This text is older than one in another language. It may say something else."), ""]
    if saved.texts[gets].state == "draft":
        # NOTE: Before a saved answer is sent.
        return [say("🟡 This text is a draft: nobody who speaks the language has read it."), ""]
    return []


def _stamp(saved: SavedAnswer, language: str) -> str:
    """What the coordinator read: a text that was changed meanwhile is shown once more before it is sent."""
    return code(saved.texts[language].text, 4)


async def send(
    services: Services,
    reader: Reader,
    number: int,
    answer: int,
    seen: tuple[str, str, int],
    now: datetime,
    way: Way = PRIVATE,
) -> Message:
    """Sends what was `seen` (its language, its stamp, the last words of the case). Twice is the same as once."""
    found = await _asked(services, reader, number)
    if isinstance(found, Message):
        return found
    case, asker = found
    language, stamp, last = seen
    saved = next((each for each in await known(services) if each.id == answer and each.texts), None)
    fits = saved is not None and version_for(saved.texts, asker.language) == language
    if saved is None or not fits or _stamp(saved, language) != stamp:
        # NOTE: To a coordinator who sends a saved answer: the text or the person's language is another than was shown.
        changed = say("⚠️ This has changed meanwhile. Look once more.")
        return await preview(services, reader, number, answer, way, changed)
    sent = Sent(saved.texts[language].text, f"s{answer}/{last}")
    passed = await reply(services, reader, case.id, sent, now)
    if way.keeps:
        return passed
    assert reader.person is not None
    async with services.database.read() as tx:
        name = await called(tx, services.community, reader.person.id)
    # NOTE: In the coordinators' group, where a saved answer was sent: {name} "Sana" sent it, {answer} "Come by".
    return Message((say("💬 {name} has sent: {answer}", name=name, answer=named(saved)),))
