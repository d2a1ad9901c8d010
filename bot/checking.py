"""`python -m bot check`: is everything there that a Brobot needs? One line for each part, and the mend."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from sqlalchemy import make_url, select, text
from sqlalchemy.exc import DBAPIError

from bot.cases.shipped import ANSWERS, AnswerFaults, read_answers
from bot.demo.stories.reading import StoryFaults, read_stories
from bot.i18n.check import check_catalogues, faults
from bot.knowledge.shipped import KNOWLEDGE, KnowledgeFaults, read_knowledge
from bot.network.practical.things import PRACTICAL, read_practical
from bot.network.rules import NETWORK, NetworkFaults, read_network
from bot.packs import PackFaults, read_pack
from bot.settings import Settings, SettingsFault, read_settings
from bot.store import inbox
from bot.store.communities import digest
from bot.store.database import HEAD, Database, DatabaseFault
from bot.store.keys import KeyFault, read_keys
from bot.store.tables import people
from bot.words import WordFaults, danish_towns, standard_words


async def check_all(packs: Sequence[Path], root: Path, *, offline: bool) -> bool:
    """Prints what is right and what is not; false where anything must be mended. `offline`: files only."""
    console = Console(soft_wrap=True, highlight=False)
    good = [_packs(console, packs), _words(console), _network(console), _practical(console), _answers(console)]
    good += [_knowledge(console), _catalogues(console, root)]
    if not offline:
        good += [await _settings(console)]
    return all(good)


def _say(console: Console, name: str, problems: Sequence[str], done: str) -> bool:
    for problem in problems:
        console.print(f"✗ {problem}", markup=False)
    if not problems:
        console.print(f"✓ {name}: {done}", markup=False)
    return not problems


def _packs(console: Console, packs: Sequence[Path]) -> bool:
    good = True
    for folder in packs:
        try:
            pack, stories = read_pack(folder), read_stories(folder)
        except (PackFaults, StoryFaults) as found:
            good = _say(console, folder.name, [str(fault) for fault in found.faults], "")
            continue
        for warning in pack.warnings:
            console.print(f"! {warning}", markup=False)
        _say(
            console,
            folder.name,
            (),
            f"{len(pack.places)} places, {len(pack.activities)} activities, {len(stories)} stories",
        )
    return good


def _words(console: Console) -> bool:
    try:
        words, towns = standard_words(), danish_towns()
    except WordFaults as found:
        return _say(console, "words", found.faults, "")
    return _say(console, "words", (), f"{', '.join(words.languages)}; {len(towns)} Danish towns")


def _network(console: Console) -> bool:
    try:
        rules = read_network(NETWORK)
    except NetworkFaults as found:
        return _say(console, NETWORK.name, [str(fault) for fault in found.faults], "")
    done = f"{len(rules.alone)} offers of one's own, {len(rules.follow_ups)} follow-ups"
    return _say(console, NETWORK.name, (), done)


def _practical(console: Console) -> bool:
    try:
        found = read_practical(PRACTICAL)
    except NetworkFaults as wrong:
        return _say(console, PRACTICAL.name, [str(fault) for fault in wrong.faults], "")
    return _say(console, PRACTICAL.name, (), f"{len(found.things)} things for the list of two")


def _answers(console: Console) -> bool:
    try:
        found = read_answers(ANSWERS)
    except AnswerFaults as wrong:
        return _say(console, ANSWERS.name, [str(fault) for fault in wrong.faults], "")
    return _say(console, ANSWERS.name, (), f"{len(found)} answers to begin with")


def _knowledge(console: Console) -> bool:
    try:
        found = read_knowledge(KNOWLEDGE)
    except KnowledgeFaults as wrong:
        return _say(console, KNOWLEDGE.name, [str(fault) for fault in wrong.faults], "")
    drafts = {each for item in found.items for each, said in item.texts.items() if said.state == "draft"}
    done = f"{len(found.items)} stories and recommendations, drafts in {', '.join(sorted(drafts)) or 'no language'}"
    return _say(console, KNOWLEDGE.name, (), done)


def _catalogues(console: Console, root: Path) -> bool:
    found = check_catalogues(root / "locales")
    wrong = faults(found)
    for fault in found:
        if fault not in wrong:
            console.print(f"! {fault}", markup=False)
    return _say(console, "catalogues", [str(fault) for fault in wrong], "every sentence has its translation")


async def _settings(console: Console) -> bool:
    try:
        settings = read_settings()
    except SettingsFault as fault:
        return _say(console, "settings", str(fault).splitlines(), "")
    good = _say(console, "settings", (), f"community {settings.community}, Bot API {settings.api_url}")
    good &= await _database(console, settings)
    return await _telegram(console, settings.token.get_secret_value(), settings.api_url) and good


async def _database(console: Console, settings: Settings) -> bool:
    """Looks, and changes nothing: a check may run beside a bot, also one of another version."""
    file = make_url(settings.database_url).database
    if settings.database_url.startswith("sqlite") and not Path(file or "").exists():
        return _say(console, "database", (), f"none yet; the first start makes {file}")
    try:
        database = Database(settings.database_url, read_keys(settings.key_file))
        try:
            return _say(console, "database", (), await _looked_at(database, settings.community))
        finally:
            await database.close()
    except (KeyFault, DatabaseFault) as fault:
        return _say(console, "database", [str(fault)], "")
    except (DBAPIError, OSError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        mend = "Check BROBOT_DATABASE_URL, that the server runs, and that the disk may be written."
        return _say(console, "database", [f"{make_url(settings.database_url)!r}: {cause}. {mend}"], "")


async def _looked_at(database: Database, community: str) -> str:
    async with database.read() as tx:
        version = await tx.scalar(text("SELECT version_num FROM alembic_version"))
    if version != HEAD and version > HEAD:
        await database.migrate()  # changes nothing, and says whose database it is
    if version != HEAD:
        return f"{database.name}, tables of version {version}; the next start brings them to {HEAD}"
    async with database.read() as tx:
        await tx.scalar(select(people.c.chat).limit(1))  # opens a sealed field: with the wrong key it does not
        loaded = await digest(tx, community) is not None
        aside = await inbox.count(tx, community, "aside")
    held = "its pack is loaded" if loaded else "its pack is loaded at the first start"
    left = f"; {aside} updates are set aside, see `python -m bot inbox list`" if aside else ""
    return f"{database.name}, {held}{left}"


async def _telegram(console: Console, token: str, api_url: str) -> bool:
    from telegram.error import InvalidToken, TelegramError  # noqa: PLC0415 # only where Telegram is asked

    from bot.telegram.pusher import make_bot  # noqa: PLC0415 # the same

    if not token:
        return _say(console, "Telegram", ["BROBOT_TOKEN is missing. Ask @BotFather for one (/newbot)."], "")
    bot = make_bot(token, api_url=api_url)
    try:
        async with bot:
            return _say(console, "Telegram", (), f"@{bot.username} at {api_url}")
    except InvalidToken:
        problem = f"{api_url} does not know this token. Ask @BotFather for it (/token), and set BROBOT_TOKEN."
    except TelegramError as error:
        problem = f"{api_url} does not answer: {error}. Check BROBOT_API_URL and the network.".replace(token, "…")
    return _say(console, "Telegram", [problem], "")
