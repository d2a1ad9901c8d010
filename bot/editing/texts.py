"""The texts of an activity in each language: their state, written in the chat by who knows the language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.cases import not_yours
from bot.core.model import Activity, Reader
from bot.core.pack import ABOUT_LONGEST, TITLE_LONGEST, wrong_script
from bot.core.rights import may_edit
from bot.core.say import Button, Message, Text, Word, label, say
from bot.editing.in_words import states
from bot.editing.reading import readable
from bot.editing.translators import ask_translators, may_translate, wanting
from bot.i18n import clean
from bot.people import main_menu
from bot.services import Services
from bot.signups import gone
from bot.store import activities, communities, people, translators


async def page(services: Services, reader: Reader, number: int, notes: Sequence[Text] = ()) -> Message:
    """Every language with its words and their state, and what can be done about each."""
    activity = services.guide.activities.get(number)
    if activity is None or not may_edit(reader.person, activity.organisation):
        return gone() if activity is None else not_yours()
    languages = services.guide.community.languages
    lines: list[Text | str] = [*notes, *([""] if notes else [])]
    # NOTE: Head of a coordinator's page of an activity's texts.
    lines.append(say("🌍 <b>Texts</b>"))
    for language, state in states(activity.texts, languages, activity.source):
        lines += ["", say("{language} {state}", language=Word("language", language), state=state)]
        said = activity.texts.get(language)
        if said is not None:
            lines += [say("<b>{title}</b>", title=said.title), say("{about}", about=said.about)]
    rows = [
        # NOTE: Button, a text is written in this language: {language} "Arabic".
        (Button(label("✍️ {language}", language=Word("language", each)), f"ew:{number}:{each}"), *_more(activity, each))
        for each in languages
        if each != activity.source
    ]
    # NOTE: Button of a coordinator: who translates is asked for all texts that are missing or outdated.
    ask = ((Button(label("📨 Ask translators"), f"eq:{number}"),),) if wanting(activity, languages) else ()
    return Message(lines, (*rows, *ask, (Button(label("◀️ Back"), f"ea:{number}"),)))


def _more(activity: Activity, language: str) -> tuple[Button, ...]:
    said = activity.texts.get(language)
    if said is None or said.state == "human":
        return ()
    # NOTE: Button, a text that was a draft or outdated is right as it stands.
    return (Button(label("✅ It is right"), f"er:{activity.number}:{language}"),)


async def ask(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """Asks translators once more; nobody is asked twice for the same words."""
    activity = services.guide.activities.get(number)
    if activity is None or not may_edit(reader.person, activity.organisation):
        return gone() if activity is None else not_yours()
    async with services.database.write() as tx:
        wanted = wanting(activity, services.guide.community.languages)
        asked = await ask_translators(tx, services, activity, wanted, now, but=reader.person.id if reader.person else 0)
    services.hurry.set()
    # NOTE: To a coordinator who asked for translations.
    done = say("📨 I have asked those who translate.") if asked else say("Nobody has said yet that they translate.")
    return await page(services, reader, number, [done])


async def _may_write(services: Services, reader: Reader, activity: Activity, language: str) -> bool:
    if reader.person is None:
        return False
    async with services.database.read() as tx:
        theirs = await translators.languages_of(tx, services.community, reader.person.id)
        return may_edit(reader.person, activity.organisation) or (
            language in theirs and await may_translate(tx, services, reader)
        )


async def begin(services: Services, reader: Reader, number: int, language: str, note: Text | None = None) -> Message:
    """The original, and then two short answers: the name, the text."""
    activity = services.guide.activities.get(number)
    if activity is None or not await _may_write(services, reader, activity, language):
        return gone() if activity is None else not_yours()
    if language == activity.source or language not in services.guide.community.languages:
        return gone()
    await _listen(services, reader, {"text": number, "language": language})
    # NOTE: To a translator: {language} "Tigrinya".
    head = say("✍️ <b>1 of 2: write the name in {language}</b>", language=Word("language", language))
    return _asked(activity, head, note)


def _asked(activity: Activity, head: Text, note: Text | None) -> Message:
    original = activity.texts[activity.source]
    said = say("<b>{title}</b>", title=original.title), say("{about}", about=original.about)
    # NOTE: Button, a text is not written now.
    return Message((*((note, "") if note else ()), head, "", *said), ((Button(label("✖️ Not now"), "eN"),),))


async def _listen(services: Services, reader: Reader, step: Mapping[str, object] | None) -> None:
    assert reader.person is not None
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, reader.person.id, step)


async def not_now(services: Services, reader: Reader) -> Message:
    if reader.person is not None:
        await _listen(services, reader, None)
    return Message((say("All right."),), main_menu())


async def typed(services: Services, reader: Reader, step: Mapping[str, object], text: str, now: datetime) -> Message:
    """The name, then the text; in other letters than the language's it is asked again, and nothing is lost."""
    number, language = int(str(step["text"])), str(step["language"])
    activity = services.guide.activities.get(number)
    if activity is None or not await _may_write(services, reader, activity, language):
        return gone() if activity is None else not_yours()
    said = " ".join(clean(text).split())
    wrong = readable(said, ABOUT_LONGEST if "title" in step else TITLE_LONGEST) or _wrong_letters(said, language)
    title = str(step.get("title", ""))
    # NOTE: To a translator: {language} "Tigrinya".
    second = say("✍️ <b>2 of 2: write the text in {language}</b>", language=Word("language", language))
    if wrong is not None:
        return _asked(activity, second, wrong) if title else await begin(services, reader, number, language, wrong)
    if not title:
        await _listen(services, reader, {"text": number, "language": language, "title": said})
        return _asked(activity, second, None)
    await _save(services, reader, number, language, title, said, now)
    # NOTE: To whoever wrote a text in their language.
    thanks = say("🙏 Thank you. Newcomers read it from now on.")
    if may_edit(reader.person, activity.organisation):
        return await page(services, reader, number, [thanks])
    return Message((thanks, "", say("<b>{title}</b>", title=title), say("{about}", about=said)), main_menu())


def _wrong_letters(said: str, language: str) -> Text | None:
    if wrong_script(said, language) is None:
        return None
    # NOTE: To a translator who wrote in other letters: {language} "Tigrinya".
    return say(
        "⚠️ That is not written in the letters of {language}. Write it again.", language=Word("language", language)
    )


async def _save(
    services: Services, reader: Reader, number: int, language: str, title: str, about: str, now: datetime
) -> None:
    assert reader.person is not None
    async with services.database.write() as tx:
        await activities.set_text(tx, services.community, number, language, title, about)
        await people.set_step(tx, services.community, reader.person.id, None)
        await communities.touch(tx, services.community)
    await services.current.refresh(now)


async def approve(services: Services, reader: Reader, number: int, language: str, now: datetime) -> Message:
    """A draft or an outdated text is right as it stands: somebody who may say so has read it."""
    activity = services.guide.activities.get(number)
    if activity is None or not await _may_write(services, reader, activity, language):
        return gone() if activity is None else not_yours()
    said = activity.texts.get(language)
    if said is not None:
        await _save(services, reader, number, language, said.title, said.about, now)
    return await page(services, reader, number)
