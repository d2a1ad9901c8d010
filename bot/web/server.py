"""The web edge: Telegram's webhook, health for whoever watches, and metrics without persons."""

from __future__ import annotations

import asyncio
import hmac
from datetime import datetime
from typing import Any

import orjson
import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from bot.faults import StartFault
from bot.inbox import Inbox
from bot.services import Services
from bot.store import inbox as inbox_rows
from bot.store import notices
from bot.web.calendars import add_calendars

log = structlog.get_logger(__name__)

MOST_BYTES = 1_000_000
MOST_NUMBERS = 2**63
RETRY_AFTER = "2"
"""Seconds after which Telegram shall send again what could not be stored."""

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 # the header's name, not a secret


async def serve(services: Services, inbox: Inbox) -> None:
    """Serves until cancelled, on the host and port of BROBOT_LISTEN; port number 0 takes a free one.

    Raises StartFault where it cannot listen there.
    """
    host, _, port = services.settings.listen.rpartition(":")
    runner = web.AppRunner(make_app(services, inbox), access_log=None, shutdown_timeout=5.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, int(port)).start()
        except OSError as error:
            raise StartFault(
                f"BROBOT_LISTEN: {host}:{port} cannot be listened on: {error.strerror}. End what uses it, or choose "
                "another port, such as 127.0.0.1:8081."
            ) from None
        log.info("listening", address=f"{host}:{port}")
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


def make_app(services: Services, inbox: Inbox) -> web.Application:
    """The routes: POST /telegram, GET /health, GET /metrics, and the calendars."""
    app = web.Application(client_max_size=MOST_BYTES)
    secret = services.settings.webhook_secret.get_secret_value().encode()

    async def telegram(request: web.Request) -> web.Response:
        """200 only when the update lies in the database; anything else, and Telegram sends it again."""
        shown = request.headers.get(SECRET, "").encode("utf-8", "surrogateescape")
        if not secret or not hmac.compare_digest(shown, secret):
            return web.Response(status=403)
        update = _update(await request.read())
        if update is None:
            return web.Response(status=400)
        try:
            await inbox.take_one(update)
        except Exception:  # noqa: BLE001 # the inbox has logged what stood in the way
            return web.Response(status=503, headers={"Retry-After": RETRY_AFTER})
        return web.Response()

    async def health(_: web.Request) -> web.Response:
        """How long the oldest update and the oldest due notice wait. 503 where the database does not answer."""
        found = await _health(services)
        return web.json_response(found, status=200 if found["ok"] else 503)

    async def metrics(_: web.Request) -> web.Response:
        registry = CollectorRegistry()
        for name, value in (await _health(services)).items():
            Gauge(f"brobot_{name}", name.replace("_", " "), registry=registry).set(float(value))
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app.add_routes([web.post("/telegram", telegram), web.get("/health", health), web.get("/metrics", metrics)])
    add_calendars(app, services)
    return app


def _update(body: bytes) -> dict[str, Any] | None:
    """The update in a request's body; None for what cannot be one."""
    try:
        update = orjson.loads(body)
    except ValueError:
        return None
    if not isinstance(update, dict):
        return None
    number = update.get("update_id")
    return update if isinstance(number, int) and 0 <= number < MOST_NUMBERS else None


async def _health(services: Services) -> dict[str, float | bool]:
    now = services.clock()
    try:
        async with services.database.read() as tx:
            due = await notices.next_due(tx, services.community)
            oldest = await inbox_rows.oldest(tx, services.community)
            waiting = await inbox_rows.count(tx, services.community, "waiting")
            aside = await inbox_rows.count(tx, services.community, "aside")
    except Exception as error:  # noqa: BLE001 # whatever it is: not healthy
        log.error("not healthy", cause=type(error).__name__)
        return {"ok": False}
    return {
        "ok": True,
        "updates_waiting": waiting,
        "updates_late_seconds": _late(oldest, now),
        "updates_set_aside": aside,
        "notices_late_seconds": _late(due[0] if due else None, now),
    }


def _late(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
