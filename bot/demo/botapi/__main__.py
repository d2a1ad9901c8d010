"""The Bot API on loopback as a process of its own: `python -m bot.demo.botapi --port 8081`."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import ipaddress
import signal
import sys
from pathlib import Path

from aiohttp import web

from bot.clock import system_clock
from bot.demo.botapi import TOKEN, Hooks, Limits, World, add_control, make_app
from bot.demo.clock import DemoClock

KEPT = 100_000


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.demo.botapi", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address (no other is taken)")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--no-limits", action="store_true", help="accept any pace")
    parser.add_argument("--rate", type=int, default=30, help="sends a second, overall")
    parser.add_argument("--chat-rate", type=int, default=1, help="sends a second in a private chat; 0 for any")
    parser.add_argument("--hidden", type=int, help="the true overall limit that nobody was told")
    parser.add_argument("--ban", type=float, default=0.0, help="seconds everything is refused after a 429")
    parser.add_argument("--net", default="", metavar="20-120", help="milliseconds until a request arrives")
    parser.add_argument("--people", type=int, default=0, help="people who have started the bot already")
    parser.add_argument("--journal", type=Path, help="a file that gets all requests and answers at the end")
    parser.add_argument("--twice", choices=["", "same", "new"], default="", help="deliver every update twice")
    return parser.parse_args()


async def _serve(arguments: argparse.Namespace) -> None:
    clock = DemoClock(None, system_clock())
    world = World(clock, journal=KEPT if arguments.journal else 0)
    world.twice = arguments.twice
    for number in range(arguments.people):
        world.new_person(f"Person {number + 1}", started=True)
    limits = Limits(arguments.rate, arguments.chat_rate, hidden=arguments.hidden, ban=arguments.ban)
    app = make_app(
        world,
        token=arguments.token,
        limits=None if arguments.no_limits else limits,
        network=_network(arguments.net),
    )
    add_control(app, world, Hooks(), clock)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, arguments.host, arguments.port)
    await site.start()
    host, port = runner.addresses[0][:2]
    sys.stdout.write(f"http://{f'[{host}]' if ':' in host else host}:{port}\n")
    sys.stdout.flush()
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no handlers in the loop
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await stop.wait()
    await runner.cleanup()
    if arguments.journal:
        world.write_journal(arguments.journal)


def _network(text: str) -> tuple[float, float] | None:
    if not text:
        return None
    low, _, high = text.partition("-")
    return float(low) / 1000, float(high or low) / 1000


def main() -> int:
    """Serve until interrupted. Answers 2 where the address is not loopback: this stand-in is for nobody else."""
    arguments = _arguments()
    try:
        loopback = ipaddress.ip_address(arguments.host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        sys.stderr.write(f"{arguments.host} is not a loopback address: use 127.0.0.1 or ::1\n")
        return 2
    if sys.platform == "win32":
        asyncio.run(_serve(arguments))
    else:
        import uvloop  # noqa: PLC0415  not installed on Windows

        uvloop.run(_serve(arguments))
    return 0


if __name__ == "__main__":
    sys.exit(main())
