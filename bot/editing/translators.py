"""Who translates: said by themselves, language by language; asked in the chat when a text is missing or outdated."""

from __future__ import annotations

from datetime import datetime

from bot.core.model import Activity, Reader
from bot.core.query import code
from bot.core.rights import may_organise
from bot.core.say import Button, Message, Word, label, say
from bot.people import main_menu
from bot.services import Services
from bot.store import network, notices, people, translators
from bot.store.database import Tx
from bot.store.notices import NewNotice


async def may_translate(tx: Tx, services: Services, reader: Reader) -> bool:
    """What they write is shown to newcomers at once: so approved volunteers, and who looks after activities."""
    if reader.person is None:
        return False
    if may_organise(reader.person):
        return True
    found = await network.one_volunteer(tx, services.community, reader.person.id, services.guide.point)
    return found is not None and found.state == "approved"


async def page(services: Services, reader: Reader) -> Message:
    """The languages of the community, each to be ticked."""
    async with services.database.read() as tx:
        allowed = await may_translate(tx, services, reader)
        mine = (
            await translators.languages_of(tx, services.community, reader.person.id) if reader.person else frozenset()
        )
    if not allowed:
        # NOTE: To somebody who wants to translate but is no approved volunteer yet.
        return Message((say("💛 First a coordinator talks with you. Tap 🤝 Let's Network to help."),), main_menu())
    buttons = [
        Button(
            label("{mark} {word}", mark="✅" if each in mine else "▫️", word=Word("language", each)),
            f"eU:{each}:{'n' if each in mine else 'y'}",
        )
        for each in services.guide.community.languages
    ]
    return Message(
        (
            # NOTE: To a volunteer: choosing the languages into which they translate short texts.
            say("🌍 <b>Which languages do you write well?</b>"),
            say("Now and then I ask you for two short sentences about an activity. You can always say no."),
        ),
        (tuple(buttons[:2]), tuple(buttons[2:]), main_menu()[1]),
    )


async def tick(services: Services, reader: Reader, language: str, *, yes: bool) -> Message:
    """They translate into this language, or no more. Setting it twice is the same as once."""
    async with services.database.write() as tx:
        if reader.person is not None and await may_translate(tx, services, reader):
            await translators.set_language(tx, services.community, reader.person.id, language, yes=yes)
    return await page(services, reader)


def wanting(activity: Activity, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages without a text, or with one that is older than the original."""
    texts = activity.texts
    return tuple(
        each for each in languages if each != activity.source and (each not in texts or texts[each].state == "outdated")
    )


async def ask_translators(
    tx: Tx, services: Services, activity: Activity, languages: tuple[str, ...], now: datetime, but: int = 0
) -> int:
    """Asks everyone who agreed, once for each wording of the original; gives how many."""
    said = activity.texts[activity.source]
    wanted = []
    for language in languages:
        those = await translators.of_language(tx, services.community, language)
        active = await people.by_ids(tx, services.community, those)
        content = {"activity": activity.number, "language": language}
        key = f"{activity.number}/{language}/{code(said.title + said.about, 6)}"
        wanted += [
            NewNotice(person, "translate_activity", key, now, content)
            for person in those
            if person != but and active[person].state == "active"
        ]
    await notices.add(tx, services.community, wanted)
    return len(wanted)
