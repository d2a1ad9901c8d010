"""`python -m bot check`: is everything there that a Brobot needs? One line for each part, and the mend."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from bot.faults import StartFault
from bot.i18n.check import check_catalogues, faults
from bot.packs import PackFaults, read_pack
from bot.settings import SettingsFault, read_settings
from bot.store.database import Database, DatabaseFault
from bot.store.keys import KeyFault, read_keys
from bot.words import WordFaults, danish_towns, standard_words


async def check_all(packs: Sequence[Path], root: Path, *, offline: bool) -> bool:
    """Prints what is right and what is not; false where anything must be mended. `offline`: files only."""
    console = Console(soft_wrap=True, highlight=False)
    good = [_packs(console, packs), _words(console), _catalogues(console, root)]
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
            pack = read_pack(folder)
        except PackFaults as found:
            good = _say(console, folder.name, [str(fault) for fault in found.faults], "")
            continue
        for warning in pack.warnings:
            console.print(f"! {warning}", markup=False)
        _say(console, folder.name, (), f"{len(pack.places)} places, {len(pack.activities)} activities")
    return good


def _words(console: Console) -> bool:
    try:
        words, towns = standard_words(), danish_towns()
    except WordFaults as found:
        return _say(console, "words", found.faults, "")
    return _say(console, "words", (), f"{', '.join(words.languages)}; {len(towns)} Danish towns")


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
        database = Database(settings.database_url, read_keys(settings.key_file))
        try:
            await database.migrate()
        finally:
            await database.close()
    except (SettingsFault, KeyFault, DatabaseFault, StartFault) as fault:
        return _say(console, "settings", [str(fault)], "")
    _say(console, "settings", (), f"community {settings.community}, database {database.name}")
    return await _telegram(console, settings.token.get_secret_value(), settings.api_url)


async def _telegram(console: Console, token: str, api_url: str) -> bool:
    from telegram.error import TelegramError  # noqa: PLC0415 # only where Telegram is asked

    from bot.telegram.pusher import make_bot  # noqa: PLC0415 # the same

    if not token:
        return _say(console, "Telegram", ["BROBOT_TOKEN is missing. Ask @BotFather for one (/newbot)."], "")
    try:
        async with make_bot(token, api_url=api_url) as bot:
            return _say(console, "Telegram", (), f"@{bot.username} at {api_url}")
    except TelegramError as error:
        return _say(console, "Telegram", [f"{api_url} does not answer: {error}. Check the token and the network."], "")
