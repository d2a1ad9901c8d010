"""The demo: a Bot API and a page in this process, the real bot in another, over the real database. Loopback only."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import os
import signal
import sys
import webbrowser
from asyncio.subprocess import Process
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.core.pack import Pack
from bot.demo.botapi import TOKEN, Hooks, Limits, Person, World, add_control, make_app
from bot.demo.clock import DemoClock
from bot.faults import StartFault
from bot.loading import load_pack
from bot.packs import PACKS, PackFaults, read_pack
from bot.people import invite
from bot.settings import read_settings
from bot.store import inbox, notices, signups
from bot.store.database import Database
from bot.store.keys import make_keys, read_keys

PAGE = Path(__file__).parent / "page"
HOST = "127.0.0.1"
PORTS_TRIED = 50
FIRST_ANSWER_WITHIN = 30.0
PATIENCE = 20.0
PERSONS = (("أمينة", "ar", "newcomer"), ("Mette", "da", "volunteer"), ("Lone", "da", "coordinator"))


@dataclass
class Theatre:
    """The stage's memory (database, key, clock file) under one folder, the world of phones, and the bot's process."""

    folder: Path
    pack: Pack
    language: str
    world: World
    clock: DemoClock
    port: int = 0
    bot: Process | None = None
    database: Database | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"sqlite+aiosqlite:///{self.folder / 'brobot.db'}"

    async def prepare(self) -> None:
        """An empty database with the pack in it: every demo begins at the beginning."""
        for name in ("brobot.db", "brobot.db-wal", "brobot.db-shm", "bot.log"):
            (self.folder / name).unlink(missing_ok=True)
        key = self.folder / "brobot.key"
        if not key.exists():
            make_keys(key)
        self.database = Database(self.url, read_keys(key))
        await self.database.migrate()
        await load_pack(self.database, self.pack)

    async def start_bot(self) -> None:
        """The same program that runs for real, told of the loopback Bot API and the moved clock."""
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("BROBOT_")}
        surroundings |= {
            "BROBOT_TOKEN": TOKEN,
            "BROBOT_API_URL": f"http://{HOST}:{self.port}",
            "BROBOT_DATABASE_URL": self.url,
            "BROBOT_KEY_FILE": str(self.folder / "brobot.key"),
            "BROBOT_CLOCK_FILE": str(self.folder / "clock.json"),
            "BROBOT_COMMUNITY": self.pack.community.id,
            "BROBOT_LISTEN": f"{HOST}:0",
            "BROBOT_LOG_LEVEL": "WARNING",
        }
        log = (self.folder / "bot.log").open("ab")
        with log:
            self.bot = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                "--parent",
                str(os.getpid()),
                env=surroundings,
                stdout=log,
                stderr=log,
            )

    async def end_bot(self, how: int = signal.SIGTERM) -> None:
        """Ends the bot's process and waits for it; one that does not listen is killed."""
        if self.bot is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self.bot.send_signal(how)
        try:
            await asyncio.wait_for(self.bot.wait(), 5)
        except TimeoutError:
            self.bot.kill()
            await self.bot.wait()
        self.bot = None

    async def crash(self) -> None:
        """Kill -9, and the next process a moment later, as a supervisor would do."""
        await self.end_bot(signal.SIGKILL)
        await asyncio.sleep(1.0)
        await self.start_bot()

    async def restart(self) -> None:
        await self.end_bot()
        await self.start_bot()

    async def reset(self) -> None:
        """Everything anew; the phones come back when the world is emptied."""
        await self.end_bot()
        if self.database is not None:
            await self.database.close()
        self.clock.restart()
        await self.prepare()
        await self.start_bot()
        task = asyncio.create_task(self._come_back())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _come_back(self) -> None:
        while self.world.people:  # emptied by whoever asked for the reset, after this hook
            await asyncio.sleep(0.02)
        await self.cast()

    async def cast(self) -> None:
        """The three persons; the coordinator comes in by a real one-time invitation."""
        persons = {role: self.world.new_person(name, code, role=role) for name, code, role in PERSONS}
        assert self.database is not None
        async with self.database.write() as tx:
            token = await invite(tx, self.pack.community.id, "coordinator", self.clock())
        for role, payload in (("newcomer", ""), ("volunteer", ""), ("coordinator", f"i_{token}")):
            self.world.starts(persons[role], payload)
        for data in ("l:da", "yes"):  # Lone has come in; the others choose for themselves
            await self._tap(persons["coordinator"], data)

    async def _tap(self, person: Person, data: str) -> None:
        """Taps the first button whose data begins so, as soon as there is one."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while True:
                    for message in reversed(self.world.chat(person)):
                        for button in (each for row in message.buttons for each in row):
                            if button.get("callback_data", "").startswith(data):
                                self.world.taps(person, data=button["callback_data"], message_id=message.id)
                                return
                    await asyncio.sleep(0.03)

    async def next_due(self) -> tuple[datetime, str] | None:
        """The next moment at which something happens by itself."""
        assert self.database is not None
        async with self.database.read() as tx:
            notice = await notices.next_due(tx, self.pack.community.id)
            seat = await signups.next_due(tx, self.pack.community.id)
        moments = [each for each in (notice, (seat, "waiting_list") if seat else None) if each]
        return min(moments, default=None)

    async def idle(self) -> bool:
        """Nothing unanswered, nothing due, nothing being sent."""
        assert self.database is not None
        community = self.pack.community.id
        async with self.database.read() as tx:
            if await inbox.count(tx, community, "waiting") or await notices.in_flight(tx, community):
                return False
        due = await self.next_due()
        return due is None or due[0] > self.clock()

    async def settled(self) -> None:
        """Waits until what is due at the clock's now was said."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while not (self.world.idle and await self.idle()):
                    await asyncio.sleep(0.03)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await self.end_bot()
        if self.database is not None:
            await self.database.close()


async def play(*, port: int, pack: str, language: str, open_page: bool, folder: Path) -> None:
    """Runs the demo until it is ended. The last line printed is the page's address, when the bot has come."""
    _refuse_a_real_token()
    theatre = await _stage(pack, language, folder)
    runner = web.AppRunner(_application(theatre), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        theatre.port = await _listen(runner, port)
        await theatre.start_bot()
        await _first_answer(theatre)
        await theatre.cast()
        address = f"http://{HOST}:{theatre.port}/"
        if open_page:
            with contextlib.suppress(webbrowser.Error):
                webbrowser.open(address)
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        await _until_told()
    finally:
        await theatre.close()
        await runner.cleanup()


def _refuse_a_real_token() -> None:
    token = read_settings().token.get_secret_value()
    if token and token != TOKEN:
        raise StartFault(
            "BROBOT_TOKEN holds a real token, and the demo is only play. Remove it here (also from .env), "
            "or start the real bot with: python3 start.py run"
        )


async def _stage(pack: str, language: str, folder: Path) -> Theatre:
    if not (PACKS / pack).is_dir():
        known = ", ".join(sorted(path.name for path in PACKS.iterdir() if path.is_dir()))
        raise StartFault(f"There is no pack {pack}. Choose one of: {known}")
    try:
        read = read_pack(PACKS / pack)
    except PackFaults as faults:
        raise StartFault(str(faults)) from None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        clock = DemoClock(folder.resolve() / "clock.json", read.community.demo_starts)
    except OSError as error:
        raise StartFault(
            f"The demo cannot write to {folder}: {error.strerror}. Free the disk, or give --folder."
        ) from None
    theatre = Theatre(folder.resolve(), read, language, World(clock), clock)
    await theatre.prepare()
    return theatre


def _application(theatre: Theatre) -> web.Application:
    app = make_app(theatre.world, token=TOKEN, limits=Limits(), network=None)
    hooks = Hooks(
        next_due=theatre.next_due,
        idle=theatre.idle,
        settled=theatre.settled,
        crash=theatre.crash,
        restart=theatre.restart,
        reset=theatre.reset,
    )
    add_control(app, theatre.world, hooks, theatre.clock)

    async def index(_: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE / "index.html", headers=SAFE)

    async def info(_: web.Request) -> web.Response:
        places = [{"name": each.name, "lat": each.lat, "lon": each.lon} for each in theatre.pack.places]
        said = {
            "community": theatre.pack.community.name,
            "places": places,
            "language": theatre.language,
            "stories": [],
        }
        return web.json_response(said, dumps=lambda value: json.dumps(value, ensure_ascii=False))

    app.router.add_get("/", index)
    app.router.add_get("/demo/info", info)
    app.router.add_static("/page/", PAGE)
    return app


SAFE = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
}


async def _listen(runner: web.AppRunner, port: int) -> int:
    """The wanted port, or the next free one."""
    for candidate in range(port, port + PORTS_TRIED):
        try:
            site = web.TCPSite(runner, HOST, candidate)
            await site.start()
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
            continue
        found: int = runner.addresses[-1][1]
        return found
    raise StartFault(f"No port from {port} to {port + PORTS_TRIED - 1} is free. Give another with --port.")


async def _first_answer(theatre: Theatre) -> None:
    """Waits until the bot polls. One that ends instead has said why in its log."""
    assert theatre.bot is not None
    try:
        async with asyncio.timeout(FIRST_ANSWER_WITHIN):
            while not theatre.world.updates.allowed:
                if theatre.bot.returncode is not None:
                    said = (theatre.folder / "bot.log").read_text("utf-8", "replace").strip().splitlines()[-5:]
                    raise StartFault("The bot could not start:\n" + "\n".join(said))
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise StartFault(f"The bot did not answer in time. Look into {theatre.folder / 'bot.log'}.") from None


async def _until_told() -> None:
    """Until Ctrl-C or the end of the process is asked for."""
    ended = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has none in its loop
            asyncio.get_running_loop().add_signal_handler(name, ended.set)
    await ended.wait()
