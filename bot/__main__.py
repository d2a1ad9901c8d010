"""The command line: demo, run, check, load, understand, invite, inbox, catalogues, backup, restore."""

from __future__ import annotations

import signal

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C while it loads: the end, without a traceback

import asyncio
import errno
import sys
import warnings
from collections.abc import Coroutine
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:  # each command loads only what it needs, when it runs
    from bot.settings import Settings

ROOT = Path(__file__).parent.parent
PACKS = ROOT / "data" / "communities"
HIGHEST_PORT = 65_535
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


class Language(StrEnum):
    """What the demo's page may be told to speak."""

    da = "da"
    en = "en"
    ar = "ar"
    ti = "ti"


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Brobot: a bridge between newcomers and volunteers.",
)
catalogues_app = typer.Typer(no_args_is_help=True, help="The translations.")
inbox_app = typer.Typer(no_args_is_help=True, help="Updates that could not be answered.")
app.add_typer(catalogues_app, name="catalogues")
app.add_typer(inbox_app, name="inbox")


@app.command()
def demo(
    port: Annotated[
        int, typer.Option(min=0, max=HIGHEST_PORT, help="The page's port; a taken one: the next free one.")
    ] = 8123,
    pack: Annotated[str, typer.Option(help="The community, a folder of data/communities.")] = "faaborg-midtfyn",
    lang: Annotated[Language, typer.Option(help="The page's language; its own words are in da and en.")] = Language.en,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the browser.")] = False,
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its database and key.")] = Path("var/demo"),
) -> None:
    """Three phones in a browser, a clock that can be moved, the real bot. No token, no account."""
    from bot.demo.play import play  # noqa: PLC0415 # each command loads only what it needs

    _run(play(port=port, pack=pack, language=lang.value, open_page=not no_open, folder=folder))


@app.command()
def run(
    token_file: Annotated[Path | None, typer.Option(help="A file that holds the token.")] = None,
    leash: Annotated[bool, typer.Option("--leash", hidden=True)] = False,
) -> None:
    """The bot itself: polls, or by webhook where BROBOT_WEBHOOK_URL is set."""
    settings = _settings(**({"token": _read(token_file)} if token_file else {}))
    if not settings.token.get_secret_value():
        _fail("BROBOT_TOKEN is missing. Ask @BotFather for one (/newbot), and set it: BROBOT_TOKEN=123456789:AA…")

    from bot.app import run as run_bot  # noqa: PLC0415 # as above
    from bot.logs import set_up_logs  # noqa: PLC0415 # as above

    if leash and not sys.stdin.readline():  # the demo lets its bot begin with a line; without one it has ended
        raise typer.Exit(0)
    set_up_logs(settings.log_level, secrets=_secrets(settings))

    async def do() -> None:
        await _load_if_missing(settings)
        await run_bot(settings)

    _run(do(), leash=leash)


async def _load_if_missing(settings: Settings) -> None:
    """The first start loads the community's pack by itself; later changes of a pack are for `load`."""
    import structlog  # noqa: PLC0415 # as above

    from bot.app import open_database  # noqa: PLC0415 # as above
    from bot.loading import load_pack  # noqa: PLC0415 # as above
    from bot.packs import read_pack  # noqa: PLC0415 # as above
    from bot.store.communities import digest  # noqa: PLC0415 # as above

    folder = PACKS / settings.community
    database = await open_database(settings)
    try:
        async with database.read() as tx:
            loaded = await digest(tx, settings.community)
        if loaded is None and (folder / "community.yaml").is_file():
            await load_pack(database, read_pack(folder))
            structlog.get_logger("bot").info("pack loaded", community=settings.community, folder=str(folder))
    finally:
        await database.close()


@app.command()
def load(folders: Annotated[list[Path], typer.Argument(help="Packs: folders of data/communities.")]) -> None:
    """Loads packs into the database. Doing it again changes only what changed; sign-ups and own texts stay."""
    from bot.app import open_database  # noqa: PLC0415 # as above
    from bot.loading import load_pack  # noqa: PLC0415 # as above
    from bot.packs import read_pack  # noqa: PLC0415 # as above

    async def do() -> None:
        packs = [read_pack(folder) for folder in folders]
        database = await open_database(_settings())
        try:
            for pack in packs:
                changed = await load_pack(database, pack)
                typer.echo(f"{pack.community.name}: {'loaded' if changed else 'nothing new'}")
        finally:
            await database.close()

    _run(do())


@app.command()
def check(
    packs: Annotated[
        list[Path] | None, typer.Argument(help="Packs to check; all of data/communities by default.")
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Only what lies in files.")] = False,
) -> None:
    """Looks at settings, database, catalogues, data and Telegram: a line each, and how to mend what is wrong."""
    from bot.checking import check_all  # noqa: PLC0415 # as above

    folders = packs or sorted(path for path in PACKS.iterdir() if path.is_dir())
    if not asyncio.run(check_all(folders, ROOT, offline=offline)):
        raise typer.Exit(1)


@app.command()
def understand(
    pack: Annotated[str, typer.Option(help="The community whose towns are known.")] = "faaborg-midtfyn",
) -> None:
    """Reads questions as JSON lines on standard input, writes a frame for each."""
    from bot.core.understanding import gazetteer  # noqa: PLC0415 # as above
    from bot.packs import read_pack  # noqa: PLC0415 # as above
    from bot.understand import understand_lines  # noqa: PLC0415 # as above
    from bot.words import danish_towns, standard_words  # noqa: PLC0415 # as above

    towns = gazetteer(read_pack(PACKS / pack).places, danish_towns())
    for line in understand_lines(sys.stdin, standard_words(), towns):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


@app.command()
def invite(role: Annotated[str, typer.Argument(help="coordinator")] = "coordinator") -> None:
    """Prints a one-time link that makes who opens it a coordinator. It lasts seven days."""
    from bot.app import open_database  # noqa: PLC0415 # as above
    from bot.clock import system_clock  # noqa: PLC0415 # as above
    from bot.people import invite as make_invitation  # noqa: PLC0415 # as above

    if role != "coordinator":
        _fail(f"There is no role {role}. Write: python -m bot invite coordinator")

    async def do() -> None:
        settings = _settings()
        database = await open_database(settings)
        async with database.write() as tx:
            token = await make_invitation(tx, settings.community, role, system_clock())
        await database.close()
        typer.echo(f"Send this to the bot, or open it as a link after https://t.me/YOUR_BOT?start= :\ni_{token}")

    _run(do())


@inbox_app.command("list")
def list_inbox() -> None:
    """Updates that failed three times: their number, when they came, why. What was written is not shown."""
    from bot.app import open_database  # noqa: PLC0415 # as above
    from bot.inbox import set_aside  # noqa: PLC0415 # as above

    async def do() -> None:
        settings = _settings()
        database = await open_database(settings)
        for number, error, at in await set_aside(database, settings.community):
            typer.echo(f"{number}  {at:%Y-%m-%d %H:%M}  {error}")
        await database.close()

    _run(do())


@inbox_app.command("replay")
def replay_inbox(numbers: Annotated[list[int], typer.Argument(help="The updates' numbers.")]) -> None:
    """Puts updates that were set aside back in line; the running bot takes them up within ten seconds."""
    from bot.app import open_database  # noqa: PLC0415 # as above
    from bot.inbox import replay  # noqa: PLC0415 # as above

    async def do() -> None:
        settings = _settings()
        database = await open_database(settings)
        typer.echo(f"{await replay(database, settings.community, numbers)} put back in line")
        await database.close()

    _run(do())


@catalogues_app.command("update")
def update() -> None:
    """Brings bot.pot and every bot.po up to what the code says."""
    from bot.i18n.extract import update_catalogues  # noqa: PLC0415 # as above

    for path in update_catalogues(ROOT):
        typer.echo(path.relative_to(ROOT))


@app.command()
def backup(to: Annotated[Path, typer.Argument(help="The file to write.")]) -> None:
    """Copies a SQLite database while the bot runs. The key file is not in it: keep that elsewhere."""
    from bot.store.backup import BackupFault, back_up  # noqa: PLC0415 # as above

    try:
        back_up(_settings().database_url, to)
    except BackupFault as fault:
        _fail(str(fault))
    typer.echo(f"Written and read again: {to}")


@app.command()
def restore(source: Annotated[Path, typer.Argument(help="A file that backup wrote.")]) -> None:
    """Puts a backup in the place of the SQLite database; the old one is kept beside it. Stop the bot first."""
    from bot.store.backup import BackupFault, put_back  # noqa: PLC0415 # as above

    try:
        kept = put_back(source, _settings().database_url)
    except BackupFault as fault:
        _fail(str(fault))
    typer.echo(f"Restored. The database before it: {kept}" if kept else "Restored.")


def _settings(**given: Any) -> Settings:
    from bot.settings import SettingsFault, read_settings  # noqa: PLC0415 # as above

    try:
        return read_settings(**given)
    except SettingsFault as fault:
        _fail(str(fault))


def _secrets(settings: Settings) -> list[str]:
    from sqlalchemy import make_url  # noqa: PLC0415 # as above

    password = make_url(settings.database_url).password
    return [settings.token.get_secret_value(), settings.webhook_secret.get_secret_value(), str(password or "")]


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        _fail(f"The token file {path} cannot be read: {error}.")


def _run(work: Coroutine[Any, Any, None], *, leash: bool = False) -> None:
    """Runs to the end, or until it is told to end; what an operator can mend is said in a line, not in a traceback."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        _loop(_until_told(work, leash=leash))
    except (KeyboardInterrupt, asyncio.CancelledError):
        warnings.simplefilter("ignore", RuntimeWarning)  # what was not even begun need not be complained about
        raise typer.Exit(0) from None
    except Exception as error:
        if (mend := _mend(error)) is None:
            raise
        _fail(mend)


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


def _mend(error: BaseException) -> str | None:
    """What is wrong and how an operator mends it; None for what only a programmer can mend."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 # loaded where something went wrong

    from bot.faults import StartFault  # noqa: PLC0415 # the same
    from bot.packs import PackFaults  # noqa: PLC0415 # the same
    from bot.settings import SettingsFault  # noqa: PLC0415 # the same
    from bot.store.database import DatabaseFault  # noqa: PLC0415 # the same
    from bot.store.keys import KeyFault  # noqa: PLC0415 # the same
    from bot.words import WordFaults  # noqa: PLC0415 # the same

    if isinstance(error, BaseExceptionGroup):
        return next((mend for each in error.exceptions if (mend := _mend(each)) is not None), None)
    if isinstance(error, StartFault | SettingsFault | KeyFault | DatabaseFault | PackFaults | WordFaults):
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


def _fail(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(2)


if __name__ == "__main__":
    app()
