"""Calendars over the web: the community's for everyone by language, a private one for who has its link."""

from __future__ import annotations

import hashlib

from aiohttp import web

from bot import calendar_links
from bot.services import Services
from bot.settings import is_here

MIME = "text/calendar; charset=utf-8"
SECONDS = 3600


def add_calendars(app: web.Application, services: Services) -> None:
    """GET /calendar/{language}.ics, and /calendar/mine/{token}.ics with one's own sign-ups."""
    kept: dict[str, tuple[object, bytes]] = {}

    async def public(request: web.Request) -> web.Response:
        language = request.match_info["language"]
        guide = services.guide
        if language not in guide.community.languages:
            return web.Response(status=404)
        version = (guide.version, guide.day)
        if language not in kept or kept[language][0] != version:  # it takes a second where there are hundreds
            kept[language] = (version, await calendar_links.public(services, language, services.clock()))
        return _answer(request, kept[language][1], f"public, max-age={SECONDS}")

    async def private(request: web.Request) -> web.Response:
        """404 for whatever is no link of anybody: nobody learns whether it once was one."""
        found = await calendar_links.private(services, request.match_info["token"], services.clock())
        if found is None:
            return web.Response(status=404)
        return _answer(request, found, "private, no-cache")

    async def open_it(request: web.Request) -> web.Response:
        """From a chat, which opens https only, to the phone's calendar; in the demo, to the calendar itself."""
        base = services.settings.public_url
        opened = f"{request.path}.ics" if is_here(base) else f"webcal://{base.partition('://')[2]}{request.path}.ics"
        return web.Response(status=302, headers={"Location": opened, **UNSEEN})

    app.router.add_get(r"/calendar/{language:[a-z]{2,3}}.ics", public)
    app.router.add_get(r"/calendar/mine/{token:[A-Za-z0-9_-]{20,60}}.ics", private)
    app.router.add_get(r"/calendar/mine/{token:[A-Za-z0-9_-]{20,60}}", open_it)


UNSEEN = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff"}


def _answer(request: web.Request, content: bytes, cache: str) -> web.Response:
    etag = f'"{hashlib.sha256(_without_stamps(content)).hexdigest()[:24]}"'
    headers = {"ETag": etag, "Cache-Control": cache, **UNSEEN}
    if request.headers.get("If-None-Match") == etag:
        return web.Response(status=304, headers=headers)
    return web.Response(body=content, headers={"Content-Type": MIME, **headers})


def _without_stamps(content: bytes) -> bytes:
    """What makes two calendars the same: when each was written does not count."""
    return b"\n".join(line for line in content.splitlines() if not line.startswith(b"DTSTAMP"))
