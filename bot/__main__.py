"""The command line: demo, run, check, load, understand, invite, inbox, catalogues, backup, restore."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from bot.faults import StartFault
from bot.settings import Settings, SettingsFault, read_settings
from bot.store.database import DatabaseFault
from bot.store.keys import KeyFault

ROOT = Path(__file__).parent.parent
PACKS = ROOT / "data" / "communities"
FAULTS = (StartFault, SettingsFault, KeyFault, DatabaseFault)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Brobot: a bridge between newcomers and volunteers.",
)
catalogues_app = typer.Typer(no_args_is_help=True, help="The translations.")
inbox_app = typer.Typer(no_args_is_help=True, help="Updates that could not be answered.")
app.add_typer(catalogues_app, name="catalogues")
app.add_typer(inbox_app, name="inbox")


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="The page's port; a taken one: the next free one.")] = 8123,
    pack: Annotated[str, typer.Option(help="The community, a folder of data/communities.")] = "faaborg-midtfyn",
    lang: Annotated[
        str, typer.Option(help="The page's language: da, en, ar or ti (the page itself speaks da and en).")
    ] = "en",
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the browser.")] = False,
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its database and key.")] = Path("var/demo"),
) -> None:
    """Three phones in a browser, a clock that can be moved, the real bot. No token, no account."""
    from bot.demo.theatre import play  # noqa: PLC0415 # each command loads only what it needs

    _run(play(port=port, pack=pack, language=lang, open_page=not no_open, folder=folder))


@app.command()
def run(
    token_file: Annotated[Path | None, typer.Option(help="A file that holds the token.")] = None,
    parent: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """The bot itself: polls, or by webhook where BROBOT_WEBHOOK_URL is set."""
    from bot.app import run as run_bot  # noqa: PLC0415 # as above
    from bot.logs import set_up_logs  # noqa: PLC0415 # as above

    given = {"token": _read(token_file)} if token_file else {}
    settings = _settings(**given)
    if not settings.token.get_secret_value():
        _fail("BROBOT_TOKEN is missing. Ask @BotFather for one (/newbot), and set it: BROBOT_TOKEN=123456789:AA…")
    set_up_logs(settings.log_level, secrets=[settings.token.get_secret_value()])
    _run(run_bot(settings, parent=parent))


@app.command()
def load(folders: Annotated[list[Path], typer.Argument(help="Packs: folders of data/communities.")]) -> None:
    """Loads packs into the database. Doing it again changes only what changed; sign-ups and own texts stay."""
    from bot.app import open_database  # noqa: PLC0415 # as above
    from bot.loading import load_pack  # noqa: PLC0415 # as above
    from bot.packs import PackFaults, read_pack  # noqa: PLC0415 # as above

    async def do() -> None:
        database = await open_database(_settings())
        try:
            for folder in folders:
                pack = read_pack(folder)
                changed = await load_pack(database, pack)
                typer.echo(f"{pack.community.name}: {'loaded' if changed else 'nothing new'}")
        finally:
            await database.close()

    try:
        _run(do())
    except PackFaults as faults:
        _fail(str(faults))


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
    try:
        return read_settings(**given)
    except SettingsFault as fault:
        _fail(str(fault))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        _fail(f"The token file {path} cannot be read: {error}.")


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Runs to the end, or until Ctrl-C; what an operator can mend is said in a line, not in a traceback."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        _loop(work)
    except (KeyboardInterrupt, asyncio.CancelledError):
        raise typer.Exit(0) from None
    except FAULTS as fault:
        _fail(str(fault))
    except ExceptionGroup as several:
        mendable = several.subgroup(FAULTS)
        if mendable is None:
            raise
        _fail(str(_first(mendable)))


def _loop(work: Coroutine[Any, Any, None]) -> None:
    if sys.platform == "win32":
        asyncio.run(work)
    else:
        import uvloop  # noqa: PLC0415 # not made for Windows

        uvloop.run(work)


def _first(several: BaseExceptionGroup[BaseException]) -> BaseException:
    error = several.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error


def _fail(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(2)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C while it loads: the end, without a traceback
    app()
