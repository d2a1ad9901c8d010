"""The stories over HTTP: what there is, how the one that plays stands, and starting, holding and ending it."""

from __future__ import annotations

from aiohttp import web

from bot.demo.botapi import ControlError
from bot.demo.botapi.bodies import body_of, json_answer, number_of, plainly, text_of
from bot.demo.stories.player import Player

LONGEST_PAUSE = 10.0


def add_stories(app: web.Application, player: Player) -> None:
    """Add `GET /demo/story?lang=da` (see `Player.told`) and `POST /demo/story`, whose body is `{"name"}` and perhaps
    `{"pause"}` to begin one, or `{"act": "next" | "hold" | "go" | "stop"}`."""

    async def told(request: web.Request) -> web.Response:
        return json_answer(player.told(request.query.get("lang", "en")))

    async def act(request: web.Request) -> web.Response:
        body = await body_of(request)
        wanted = body.get("act", "begin")
        if wanted == "begin":
            pause = number_of(body, "pause", 1.0)
            if not 0 <= pause <= LONGEST_PAUSE:
                raise ControlError(f'"pause" is a number from 0 to {LONGEST_PAUSE:.0f}')
            await player.begin(text_of(body, "name"), pause)
        elif wanted == "next":
            player.next()
        elif wanted in {"hold", "go"}:
            player.hold(on=wanted == "hold")
        elif wanted == "stop":
            await player.stop()
        else:
            raise ControlError("act is next, hold, go or stop")
        return json_answer(player.told(request.query.get("lang", "en")))

    async def end(_: web.Application) -> None:
        await player.stop()

    app.router.add_get("/demo/story", plainly(told))
    app.router.add_post("/demo/story", plainly(act))
    app.on_shutdown.append(end)
