"""What commands share: settings read, work run to its end, and what an operator can mend told in a line."""

from __future__ import annotations

import asyncio
import errno
import signal
import sys
import warnings
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:  # loaded when a command asks for it
    from bot.settings import Settings

ROOT = Path(__file__).parent.parent.parent
PACKS = ROOT / "data" / "communities"
ANOTHER_FOLDER = "Make it writable for who runs Brobot, or choose another folder."
CANNOT_WRITE = {
    errno.ENOSPC: "Make room on that disk.",
    errno.EDQUOT: "Make room on that disk.",
    errno.EROFS: ANOTHER_FOLDER,
    errno.EACCES: ANOTHER_FOLDER,
    errno.EPERM: ANOTHER_FOLDER,
    errno.ENOTDIR: ANOTHER_FOLDER,
    errno.EEXIST: ANOTHER_FOLDER,
}


def settings(**given: Any) -> Settings:
    """Every setting, with what the command line gives before the environment's."""
    from bot.settings import SettingsFault, read_settings  # noqa: PLC0415 # loaded where it is asked for

    try:
        return read_settings(**given)
    except SettingsFault as fault:
        fail(str(fault))


def secrets(settings: Settings) -> list[str]:
    """What no log line may hold."""
    from sqlalchemy import make_url  # noqa: PLC0415 # as above

    password = make_url(settings.database_url).password
    return [settings.token.get_secret_value(), settings.webhook_secret.get_secret_value(), str(password or "")]


def read_token(path: Path) -> str:
    """The token of `--token-file`."""
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        fail(f"The token file {path} cannot be read: {error}.")


def run(work: Coroutine[Any, Any, None], *, leash: bool = False) -> None:
    """Runs to the end, or until it is told to end; what an operator can mend is said in a line, not in a traceback."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        _loop(_until_told(work, leash=leash))
    except (KeyboardInterrupt, asyncio.CancelledError):
        warnings.simplefilter("ignore", RuntimeWarning)  # what was not even begun need not be complained about
        raise typer.Exit(0) from None
    except Exception as error:
        if (mend := how_to_mend(error)) is None:
            raise
        fail(mend)


async def _until_told(work: Coroutine[Any, Any, None], *, leash: bool) -> None:
    """Ends in order on SIGTERM, as on Ctrl-C, and when the leash that a demo holds is let go."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    leash_end = sys.stdin.fileno() if leash else None

    def let_go() -> None:
        assert leash_end is not None
        loop.remove_reader(leash_end)
        task.cancel()

    if sys.platform != "win32":
        loop.add_signal_handler(signal.SIGTERM, task.cancel)
        if leash_end is not None:
            loop.add_reader(leash_end, let_go)  # nothing more is written there: it can be read when it is closed
    await work


def how_to_mend(error: BaseException) -> str | None:
    """What is wrong and how an operator mends it; None for what only a programmer can mend."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 # loaded where something went wrong

    from bot.core.feed import FeedFault  # noqa: PLC0415 # the same
    from bot.faults import StartFault  # noqa: PLC0415 # the same
    from bot.packs import PackFaults  # noqa: PLC0415 # the same
    from bot.settings import SettingsFault  # noqa: PLC0415 # the same
    from bot.sheets.reading import SheetFaults  # noqa: PLC0415 # the same
    from bot.store.database import DatabaseFault  # noqa: PLC0415 # the same
    from bot.store.keys import KeyFault  # noqa: PLC0415 # the same
    from bot.words import WordFaults  # noqa: PLC0415 # the same

    if isinstance(error, BaseExceptionGroup):
        return next((mend for each in error.exceptions if (mend := how_to_mend(each)) is not None), None)
    if isinstance(
        error, StartFault | FeedFault | SettingsFault | KeyFault | DatabaseFault | PackFaults | SheetFaults | WordFaults
    ):
        return str(error)
    if isinstance(error, DBAPIError):
        return f"The database cannot be used: {error.orig}. Check that it runs, and that its disk has room."
    if isinstance(error, OSError) and error.filename and error.errno in CANNOT_WRITE:
        return f"{error.filename}: {error.strerror}. {CANNOT_WRITE[error.errno]}"
    return None


def _loop(work: Coroutine[Any, Any, None]) -> None:
    if sys.platform == "win32":
        asyncio.run(work)
    else:
        import uvloop  # noqa: PLC0415 # not made for Windows

        uvloop.run(work)


def fail(text: str) -> NoReturn:
    """Ends the command with exit code 2 and a line on standard error."""
    typer.echo(text, err=True)
    raise typer.Exit(2)
