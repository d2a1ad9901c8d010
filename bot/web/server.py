"""The web edge: Telegram's webhook, health for whoever watches, and metrics without persons."""

from __future__ import annotations

import asyncio
import hmac

import orjson
import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from bot.inbox import Inbox
from bot.services import Services
from bot.store import inbox as inbox_rows
from bot.store import notices

log = structlog.get_logger(__name__)

MOST_BYTES = 1_000_000
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 # the header's name, not a secret


async def serve(services: Services, inbox: Inbox) -> None:
    """Serves until cancelled, on the host and port of BROBOT_LISTEN; an empty port number 0 takes a free one."""
    host, _, port = services.settings.listen.rpartition(":")
    runner = web.AppRunner(make_app(services, inbox), access_log=None, shutdown_timeout=5.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, int(port)).start()
        log.info("listening", address=f"{host}:{port}")
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


def make_app(services: Services, inbox: Inbox) -> web.Application:
    """The routes: POST /telegram, GET /health, GET /metrics."""
    app = web.Application(client_max_size=MOST_BYTES)
    secret = services.settings.webhook_secret.get_secret_value()

    async def telegram(request: web.Request) -> web.Response:
        """200 only when the update lies in the database; anything else, and Telegram sends it again."""
        if not secret or not hmac.compare_digest(request.headers.get(SECRET, ""), secret):
            return web.Response(status=403)
        try:
            update = orjson.loads(await request.read())
            number = update["update_id"]
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400)
        if not isinstance(number, int):
            return web.Response(status=400)
        await inbox.take_one(update)
        return web.Response()

    async def health(_: web.Request) -> web.Response:
        """How long the oldest due notice waits, and what lies unanswered. 503 where the database does not answer."""
        try:
            return web.json_response(await _health(services))
        except Exception as error:  # noqa: BLE001 # whatever it is: not healthy
            log.error("not healthy", cause=type(error).__name__)
            return web.json_response({"ok": False}, status=503)

    async def metrics(_: web.Request) -> web.Response:
        registry = CollectorRegistry()
        for name, value in (await _health(services)).items():
            Gauge(f"brobot_{name}", name.replace("_", " "), registry=registry).set(float(value))
        return web.Response(body=generate_latest(registry), content_type="text/plain")

    app.add_routes([web.post("/telegram", telegram), web.get("/health", health), web.get("/metrics", metrics)])
    return app


async def _health(services: Services) -> dict[str, float | bool]:
    now = services.clock()
    async with services.database.read() as tx:
        due = await notices.next_due(tx, services.community)
        waiting = await inbox_rows.count(tx, services.community, "waiting")
        aside = await inbox_rows.count(tx, services.community, "aside")
    late = max(0.0, (now - due[0]).total_seconds()) if due else 0.0
    return {"ok": True, "updates_waiting": waiting, "updates_set_aside": aside, "notices_late_seconds": late}
