"""The demo's web server: the page, what it has to know, the control interface and the Bot API, on one port."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from socket import socket

import orjson
from aiohttp import web

from bot.core.pack import Pack
from bot.demo.bot_process import BotProcess
from bot.demo.botapi import Hooks, Limits, World, add_control, make_app
from bot.demo.clock import DemoClock
from bot.demo.stories.control import add_stories
from bot.demo.stories.player import Player
from bot.demo.stories.script import Story, in_language
from bot.demo.theatre import Theatre

PAGE = Path(__file__).parent / "page"
SAFE = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
}


@asynccontextmanager
async def opened(
    pack: Pack, stories: tuple[Story, ...], language: str, settings: Mapping[str, str], bot: BotProcess, door: socket
) -> AsyncIterator[World]:
    """The theatre of the bot that has these settings, served at the door until the end of the block."""
    clock = DemoClock(Path(settings["BROBOT_CLOCK_FILE"]), pack.community.demo_starts)
    theatre = Theatre(
        pack=pack,
        url=settings["BROBOT_DATABASE_URL"],
        key_file=Path(settings["BROBOT_KEY_FILE"]),
        clock=clock,
        world=World(clock),
        bot=bot,
    )
    site = make_site(theatre, stories, token=settings["BROBOT_TOKEN"], language=language)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await theatre.open()
        await web.SockSite(runner, door).start()
        theatre.begin()
        yield theatre.world
    finally:
        await bot.end()
        await runner.cleanup()  # before the database: nobody is cut short in the middle of a query
        await theatre.close()


def make_site(theatre: Theatre, stories: tuple[Story, ...], *, token: str, language: str) -> web.Application:
    """The application: `/`, `/page/…`, `/demo/…` and the Bot API for the bot that holds this token."""
    app = make_app(theatre.world, token=token, limits=Limits(), network=None)
    hooks = Hooks(
        next_due=theatre.next_due,
        idle=theatre.idle,
        settled=theatre.settled,
        crash=theatre.bot.crash,
        restart=theatre.bot.restart,
        reset=theatre.reset,
    )
    control = add_control(app, theatre.world, hooks, theatre.clock)
    player = Player(stories, theatre.world, control.start_over, theatre.at_rest, control.walk.go, theatre.numbers)
    add_stories(app, player)
    app.router.add_get("/", _index)
    app.router.add_get("/demo/info", _info(theatre.pack, language, stories))
    app.router.add_static("/page/", PAGE)
    return app


async def _index(_: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGE / "index.html", headers=SAFE)


def _info(pack: Pack, language: str, stories: tuple[Story, ...]) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The towns a phone may be in, the page's first language, and the stories' titles in `?lang`, else in that one."""
    places = [{"name": each.name, "lat": each.lat, "lon": each.lon} for each in pack.places]
    said = {"community": pack.community.name, "places": places, "language": language}

    async def info(request: web.Request) -> web.Response:
        wanted = request.query.get("lang", language)
        titles = [{"name": each.name, "title": in_language(each.title, wanted)} for each in stories]
        return web.Response(body=orjson.dumps({**said, "stories": titles}), content_type="application/json")

    return info
