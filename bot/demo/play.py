"""The demo from beginning to end: a folder and a port of its own, the bot's process, the theatre, the page's address.

It reads few modules itself: the bot's process starts first, and both load their libraries side by side.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import fcntl
import secrets
import socket
import sys
import webbrowser
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.demo.bot_process import BotProcess
from bot.faults import StartFault
from bot.settings import read_settings

if TYPE_CHECKING:  # loaded later, see above
    from bot.demo.botapi import World

PACKS = Path(__file__).parent.parent.parent / "data" / "communities"
HOST = "127.0.0.1"
PORTS_TRIED = 50
FOLDERS_TRIED = 50
FIRST_ANSWER_WITHIN = 60.0
LOOKS_EVERY = 0.02
HIGHEST_PORT = 65_535


async def play(*, port: int, pack: str, language: str, open_page: bool, folder: Path) -> None:
    """Runs the demo until it is cancelled. The last line printed is the page's address, once the page is there.

    The bot comes a moment later, as the phones of the page tell; what is written to it meanwhile waits for it, as at
    Telegram. Raises StartFault where it does not come.
    """
    _refuse_a_real_token()
    _refuse_unknown(pack)
    with _own_folder(folder) as own, _own_port(port) as door:
        async with _performance(pack, language, own, door) as (bot, world):
            address = f"{_address(door)}/"
            sys.stdout.write(f"{address}\n")
            sys.stdout.flush()
            if open_page:
                with contextlib.suppress(webbrowser.Error):
                    webbrowser.open(address)
            await _first_answer(bot, world)
            bot.keep()
            await asyncio.Event().wait()


def _refuse_a_real_token() -> None:
    if read_settings().token.get_secret_value():
        raise StartFault(
            "BROBOT_TOKEN holds a real token, and the demo is only play. Remove it here (also from .env), "
            "or start the real bot with: python3 start.py run"
        )


def _refuse_unknown(pack: str) -> None:
    if not (PACKS / pack / "community.yaml").is_file():
        known = ", ".join(sorted(path.name for path in PACKS.iterdir() if path.is_dir()))
        raise StartFault(f"There is no pack {pack}. Choose one of: {known}")


@contextmanager
def _own_folder(folder: Path) -> Iterator[Path]:
    """The folder; where another demo plays in it, the next beside it: `demo-2`, `demo-3` …"""
    for number in range(1, FOLDERS_TRIED + 1):
        candidate = folder.resolve() if number == 1 else folder.resolve().with_name(f"{folder.name}-{number}")
        candidate.mkdir(parents=True, exist_ok=True)
        with (candidate / "in-use").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield candidate
            return
    raise StartFault(f"{FOLDERS_TRIED} demos play in {folder} and beside it. End one, or give another --folder.")


@contextmanager
def _own_port(port: int) -> Iterator[socket.socket]:
    """A listening socket on the wanted port, or on the next free one."""
    last = min(port + PORTS_TRIED - 1, HIGHEST_PORT)
    for candidate in range(port, last + 1):
        try:
            door = socket.create_server((HOST, candidate))
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
            continue
        with door:
            yield door
        return
    raise StartFault(f"No port from {port} to {last} is free. Give another with --port.")


@asynccontextmanager
async def _performance(
    pack: str, language: str, folder: Path, door: socket.socket
) -> AsyncIterator[tuple[BotProcess, World]]:
    """Everything open and played until the end of the block."""
    page_port = door.getsockname()[1]
    with _own_port(page_port + 1 if page_port < HIGHEST_PORT else 0) as beside:
        listen = f"{HOST}:{beside.getsockname()[1]}"  # the bot's own web server: a phone's calendar is fetched there
    token = f"7000000001:{secrets.token_urlsafe(24)}"  # a new one each time: a bot of another demo is not let in
    key_file = folder / "brobot.key"
    settings = {
        "BROBOT_TOKEN": token,
        "BROBOT_API_URL": _address(door),
        "BROBOT_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'brobot.db'}",
        "BROBOT_KEY_FILE": str(key_file),
        "BROBOT_CLOCK_FILE": str(folder / "clock.json"),
        "BROBOT_COMMUNITY": Path(pack).name,
        "BROBOT_LISTEN": listen,
        "BROBOT_PUBLIC_URL": f"http://{listen}",
        "BROBOT_LOG_LEVEL": "WARNING",
    }
    bot = BotProcess(settings, folder)
    bot.log.unlink(missing_ok=True)
    await bot.prepare()
    try:
        from bot.demo.site import opened  # noqa: PLC0415 # while the bot's process loads the same and more
        from bot.demo.stories.reading import read_stories  # noqa: PLC0415 # as above
        from bot.packs import PackFaults, read_pack  # noqa: PLC0415 # as above
        from bot.store.keys import make_keys  # noqa: PLC0415 # as above

        if not key_file.exists():
            make_keys(key_file)
        try:
            known = read_pack(PACKS / pack)
        except PackFaults as faults:
            raise StartFault(str(faults)) from None
        stories = read_stories(PACKS / pack)
        async with opened(known, stories, language, settings, bot, door) as world:
            bot.go()
            yield bot, world
    finally:
        await bot.end()


def _address(door: socket.socket) -> str:
    return f"http://{HOST}:{door.getsockname()[1]}"


async def _first_answer(bot: BotProcess, world: World) -> None:
    """Waits until the bot polls. One that ends instead has said why in its log."""
    try:
        async with asyncio.timeout(FIRST_ANSWER_WITHIN):
            while not world.updates.allowed:
                if bot.has_ended:
                    raise StartFault(f"The bot could not start:\n{bot.last_words}")
                await asyncio.sleep(LOOKS_EVERY)
    except TimeoutError:
        raise StartFault(f"The bot did not answer in time. Look into {bot.log}.") from None
