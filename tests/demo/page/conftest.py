"""The demo's page in a headless browser, served with a strict Content-Security-Policy."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest_asyncio
from aiohttp import ClientSession, web
from aiohttp.typedefs import Handler
from playwright.async_api import Browser, async_playwright

import bot.demo
from bot.demo.botapi import Hooks, World, add_control, make_app
from bot.demo.clock import DemoClock
from bot.demo.stories.control import add_stories
from bot.demo.stories.player import Player
from bot.demo.stories.script import Step, Story
from tests.conftest import CHROMIUM_OPTIONS
from tests.demo.page.played import PlayedDemo

PAGE = Path(bot.demo.__file__).parent / "page"
START = datetime(2026, 11, 26, 9, 2, tzinfo=UTC)  # Thursday 26/11 2026, 10:02 in Denmark
DUE = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)
INFO = {
    "community": "Faaborg-Midtfyn",
    "language": "en",
    "places": [{"name": "Ringe", "lat": 55.2386, "lon": 10.4793}, {"name": "Korinth", "lat": 55.1381, "lon": 10.3294}],
    "stories": [{"name": "hello", "title": "قصة قصيرة"}],
}
HELLO = Story(
    "hello",
    {"en": "A short story", "da": "En kort historie"},
    (),
    (
        Step(1, "newcomer", "say", "Hej", {"en": "{newcomer} says hello.", "da": "{newcomer} siger hej."}),
        Step(2, "volunteer", "tap", "none", {"en": "Mette presses what is not there.", "da": "Mette trykker."}),
    ),
)


@web.middleware
async def _strictly(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    if not response.prepared:
        response.headers["Content-Security-Policy"] = "default-src 'self'"
    return response


async def _index(_: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGE / "index.html")


async def _info(_: web.Request) -> web.Response:
    return web.json_response(INFO)


def _people(world: World) -> tuple[int, int, int]:
    amina = world.new_person("Amina", "ar", role="newcomer", started=True)
    mette = world.new_person("Mette", "da", role="volunteer", started=True)
    lone = world.new_person("Lone", "da", role="coordinator", started=True)
    return amina.id, mette.id, lone.id


def _app(world: World, clock: DemoClock) -> web.Application:
    async def next_due() -> tuple[datetime, str] | None:
        return (DUE, "reminder") if clock() < DUE else None

    app = make_app(world)
    app.middlewares.append(_strictly)
    control = add_control(app, world, Hooks(next_due=next_due), clock)

    async def start_over() -> None:
        world.empty()
        _people(world)

    async def idle() -> bool:
        return True

    async def numbers() -> dict[str, int]:
        return {}

    add_stories(app, Player((HELLO,), world, start_over, idle, control.walk.go, numbers))
    app.router.add_get("/", _index)
    app.router.add_get("/demo/info", _info)
    app.router.add_static("/page/", PAGE)
    return app


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_browser(chromium: str) -> AsyncIterator[Browser]:
    """One browser for all these tests: starting it takes longer than most of them. Each has a profile of its own."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_OPTIONS))
        yield opened
        await opened.close()


@pytest_asyncio.fixture(loop_scope="session")
async def demo(shared_browser: Browser) -> AsyncIterator[PlayedDemo]:
    """The demo, its three people, and a browser's page that is not opened yet."""
    clock = DemoClock(None, START, frozen=True)
    world = World(clock)
    runner = web.AppRunner(_app(world, clock), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    page = await shared_browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
    visited: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: visited.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    async with ClientSession() as session:
        yield PlayedDemo(world, url, session, *_people(world), page, visited, complaints)
        await page.close()
    await runner.cleanup()
