"""The control interface over HTTP: what the page and outside tests do with phones, clock and trouble."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import orjson
from aiohttp import web

from bot.demo.botapi import rooms, view
from bot.demo.botapi.bodies import body_of, json_answer, number_of, plainly, text_of, whole_of
from bot.demo.botapi.errors import ControlError
from bot.demo.botapi.phone import RINGE
from bot.demo.botapi.records import Chat, Json, Message
from bot.demo.botapi.state import World
from bot.demo.botapi.walk import Walk
from bot.demo.clock import DemoClock

IDLE_WITHIN = 30.0
IDLE_EVERY = 0.02
HEARTBEAT = 15.0
MOST_EVENTS = 1_000


async def _nothing() -> None:
    return None


async def _nothing_due() -> tuple[datetime, str] | None:
    return None


async def _always_idle() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the control interface needs to know of the bot. The defaults stand for a bot that has no plans.

    `next_due` is when the bot will next speak of its own accord, and what; `idle` whether it has nothing left to do;
    `settled` waits until what is due at the clock's now was sent; `crash` kills the bot, `restart` ends and starts it,
    `reset` empties its memory.
    """

    next_due: Callable[[], Awaitable[tuple[datetime, str] | None]] = _nothing_due
    idle: Callable[[], Awaitable[bool]] = _always_idle
    settled: Callable[[], Awaitable[None]] = _nothing
    crash: Callable[[], Awaitable[None]] = _nothing
    restart: Callable[[], Awaitable[None]] = _nothing
    reset: Callable[[], Awaitable[None]] = _nothing


def add_control(app: web.Application, world: World, hooks: Hooks, clock: DemoClock) -> Control:
    """Add `/demo/…` to the application, and give what answers there.

    Errors are 4xx with `{"error": "…"}` in plain English.
    Only requests that name this machine as their host, and come from no page of another site, are answered.
    `clock` is the one the world was made with.
    """
    control = Control(world, hooks, clock)
    for method, path, handler in (
        ("GET", "/demo/people", control.people),
        ("POST", "/demo/people", control.new_person),
        ("POST", "/demo/groups", control.new_group),
        ("GET", "/demo/groups", control.groups),
        ("POST", "/demo/room", control.room),
        ("POST", "/demo/say", control.say),
        ("POST", "/demo/start", control.start),
        ("POST", "/demo/tap", control.tap),
        ("POST", "/demo/location", control.location),
        ("POST", "/demo/media", control.media),
        ("GET", "/demo/chat/{id}", control.chat),
        ("GET", "/demo/file/{id}", control.file),
        ("GET", "/demo/clock", control.clock_now),
        ("POST", "/demo/clock", control.move_clock),
        ("GET", "/demo/idle", control.idle),
        ("GET", "/demo/calls", control.calls),
        ("POST", "/demo/fault", control.fault),
        ("POST", "/demo/reset", control.reset),
        ("GET", "/demo/events", control.events),
    ):
        app.router.add_route(method, path, plainly(handler))
    app.on_shutdown.append(control.close)
    return control


class Control:
    """The handlers. Each reads its JSON, calls the world, and answers what the phone would show."""

    def __init__(self, world: World, hooks: Hooks, clock: DemoClock) -> None:
        self.world = world
        self.hooks = hooks
        self.clock = clock
        self.walk = Walk(world, clock, hooks)
        self._streams: set[asyncio.Queue[Json | None]] = set()

    async def close(self, _: web.Application) -> None:
        """End the event streams."""
        for stream in self._streams:
            stream.put_nowait(None)

    async def people(self, _: web.Request) -> web.Response:
        """Everybody who has a phone."""
        return json_answer({"people": [view.person(person) for person in self.world.people.values()]})

    async def new_person(self, request: web.Request) -> web.Response:
        """A new phone."""
        body = await body_of(request)
        name, code = text_of(body, "name"), text_of(body, "language_code", "da")
        person = self.world.new_person(name, code, role=text_of(body, "role", "newcomer"))
        return json_answer({"id": person.id})

    async def groups(self, _: web.Request) -> web.Response:
        """The groups the bot is in."""
        return json_answer({"groups": [view.group(c) for c in self.world.chats.values() if not c.private]})

    async def new_group(self, request: web.Request) -> web.Response:
        """A supergroup with topics, with these members (the first owns it)."""
        body = await body_of(request)
        members = [self.world.person(id_) for id_ in body.get("members", [])]
        with_bot = body.get("bot") is not False
        return json_answer({"id": self.world.new_group(text_of(body, "title"), members, with_bot=with_bot).id})

    async def room(self, request: web.Request) -> web.Response:
        """What a member does with a group: one of `rooms.ACTS`."""
        body = await body_of(request)
        chat, person = self._group(body), self.world.person(whole_of(body, "id"))
        if chat is None:
            raise ControlError("chat is the id of a group")
        rooms.act(self.world, person, chat, text_of(body, "act"), whole_of(body, "thread", 0))
        return json_answer({"ok": True})

    async def say(self, request: web.Request) -> web.Response:
        """A text, in the private chat or a group's topic, perhaps as a reply to a message there."""
        body = await body_of(request)
        message = self.world.says(
            whole_of(body, "id"),
            text_of(body, "text"),
            chat=self._group(body),
            thread=whole_of(body, "thread", 0),
            reply_to=whole_of(body, "reply_to", 0),
        )
        return _sent(message)

    async def start(self, request: web.Request) -> web.Response:
        """Start, or a deep link's payload."""
        body = await body_of(request)
        return _sent(self.world.starts(whole_of(body, "id"), text_of(body, "payload", "")))

    async def tap(self, request: web.Request) -> web.Response:
        """A button by label or data; `sent` tells what it was."""
        body = await body_of(request)
        sent = self.world.taps(
            whole_of(body, "id"),
            label=text_of(body, "label", "") or None,
            data=text_of(body, "data", "") or None,
            message_id=whole_of(body, "message_id", 0) or None,
            chat=self._group(body),
            at=(number_of(body, "lat", RINGE[0]), number_of(body, "lon", RINGE[1])),
            twice=body.get("twice") is True,
        )
        return json_answer({"ok": True, "sent": sent})

    async def location(self, request: web.Request) -> web.Response:
        """A place shared from the phone."""
        body = await body_of(request)
        place = number_of(body, "lat"), number_of(body, "lon")
        return _sent(self.world.shares_location(whole_of(body, "id"), *place))

    async def media(self, request: web.Request) -> web.Response:
        """A voice note, photo, sticker …"""
        body = await body_of(request)
        message = self.world.sends_media(
            whole_of(body, "id"),
            text_of(body, "kind"),
            text=text_of(body, "text", ""),
            chat=self._group(body),
            thread=whole_of(body, "thread", 0),
            reply_to=whole_of(body, "reply_to", 0),
        )
        return _sent(message)

    async def chat(self, request: web.Request) -> web.Response:
        """What the phone (or a group) shows now."""
        id_ = request.match_info["id"]
        if not id_.lstrip("-").isdigit():
            raise ControlError(f"{id_} is no id")
        return json_answer(view.chat(self.world, int(id_)))

    async def file(self, request: web.Request) -> web.Response:
        """A file's bytes under its own type; a picture is shown, anything else saved."""
        file = self.world.files.get(request.match_info["id"])
        if file is None:
            raise ControlError("there is no such file")
        shown = "inline" if file.mime in {"image/png", "image/jpeg", "audio/ogg"} else "attachment"
        headers = {"Content-Disposition": f'{shown}; filename="{view.safe(file.name)}"'}
        headers |= {"X-Content-Type-Options": "nosniff"}
        return web.Response(body=file.content, content_type=file.mime.split(";")[0], headers=headers)

    async def clock_now(self, _: web.Request) -> web.Response:
        """The demo's now, and what falls due next."""
        return json_answer(await self.walk.told())

    async def move_clock(self, request: web.Request) -> web.Response:
        """Forward by a time span, to a moment, or to what falls due next; every due moment on the way is kept."""
        stops = await self.walk.go(await body_of(request))
        return json_answer({**await self.walk.told(), "stops": stops})

    async def idle(self, _: web.Request) -> web.Response:
        """Answers once the bot has nothing left to do: seen twice, so no work hides between two looks."""
        quiet = 0
        try:
            async with asyncio.timeout(IDLE_WITHIN):
                while quiet < 2:
                    at_rest = self.world.idle and await self.hooks.idle() and self.world.idle
                    quiet = quiet + 1 if at_rest else 0
                    await asyncio.sleep(IDLE_EVERY)
        except TimeoutError:
            return json_answer({"error": f"the bot still had work after {IDLE_WITHIN:.0f} s", "idle": False}, 408)
        return json_answer({"idle": True})

    async def calls(self, request: web.Request) -> web.Response:
        """The bot's requests since a number (0: all that are kept)."""
        since = request.query.get("since", "0")
        if not since.isdigit():
            raise ControlError("since is a number")
        calls = [view.call(call) for call in self.world.calls if call.n > int(since)]
        return json_answer({"calls": calls, "next": calls[-1]["n"] if calls else int(since)})

    async def fault(self, request: web.Request) -> web.Response:
        """Makes it hard."""
        body = await body_of(request)
        kind, trouble = text_of(body, "kind"), self.world.trouble
        count, seconds = whole_of(body, "count", 0), number_of(body, "seconds", 0.0)
        if count < 0 or not 0 <= seconds <= 600:
            raise ControlError("count is 0 or more, seconds 0 to 600")
        if kind in {"block", "unblock"}:
            act = self.world.blocks if kind == "block" else self.world.unblocks
            act(whole_of(body, "id"))
        elif kind == "outage":
            trouble.start_outage(seconds=seconds or (0.0 if count else 5.0), count=count)
            self.world.updates.release()
        elif kind == "flood":
            trouble.flood, trouble.flood_seconds = count or 1, int(seconds) or 2
        elif kind == "drop":
            trouble.drop = count or 1
        elif kind == "error":
            trouble.error = count or 1
        elif kind in {"crash", "restart"}:
            await (self.hooks.crash() if kind == "crash" else self.hooks.restart())
        else:
            raise ControlError("kind is block, unblock, flood, outage, drop, error, crash or restart")
        return json_answer({"ok": True})

    async def reset(self, _: web.Request) -> web.Response:
        """Everything anew."""
        await self.start_over()
        return json_answer({"ok": True})

    async def start_over(self) -> None:
        """First the bot's memory, then the world."""
        await self.hooks.reset()
        self.world.empty()

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: what changed, so that the page can look again."""
        stream: asyncio.Queue[Json | None] = asyncio.Queue(MOST_EVENTS)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        stop = self.world.watch(lambda event: None if stream.full() else stream.put_nowait(event))
        self._streams.add(stream)
        try:
            await response.write(b": connected\n\n")
            while True:
                try:
                    event = await asyncio.wait_for(stream.get(), HEARTBEAT)
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                if event is None:
                    return response
                await response.write(b"data: " + orjson.dumps(event) + b"\n\n")
        except ConnectionError:
            return response
        finally:
            self._streams.discard(stream)
            stop()

    def _group(self, body: Json) -> Chat | None:
        id_ = whole_of(body, "chat", 0)
        if id_ and id_ not in self.world.chats:
            raise ControlError(f"there is no chat {id_}")
        return self.world.chats.get(id_)


def _sent(message: Message) -> web.Response:
    return json_answer({"ok": True, "message_id": message.id})
