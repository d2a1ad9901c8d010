"""What there is to take part in, and the words around it: loaded, checked, understood."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.commands import terminal

app = typer.Typer()


@app.command()
def load(
    paths: Annotated[list[Path], typer.Argument(help="Packs (folders), calendars (.ics), or sheets (.xlsx, .csv).")],
    feed: Annotated[str, typer.Option(help="For a calendar: the name it has in `feeds list`.")] = "",
) -> None:
    """Loads packs, calendars and sheets. Doing it again changes only what changed; sign-ups and own texts stay."""
    from bot.app import open_database  # noqa: PLC0415 # each command loads only what it needs
    from bot.commands.feeds import load_file  # noqa: PLC0415 # as above
    from bot.commands.sheets import load_sheet_file  # noqa: PLC0415 # as above
    from bot.loading import load_pack  # noqa: PLC0415 # as above
    from bot.packs import read_pack  # noqa: PLC0415 # as above

    calendars = [path for path in paths if path.suffix.lower() in {".ics", ".ical"}]
    sheets = [path for path in paths if path.suffix.lower() in {".xlsx", ".xlsm", ".csv", ".tsv"}]

    packs_wanted = [path for path in paths if path not in {*calendars, *sheets}]
    for path in packs_wanted:
        if path.is_file():
            terminal.fail(
                f"{path}: a pack is a folder, a calendar .ics, a sheet .xlsx or .csv. What `export` writes as .json is "
                "for other programs; to load activities again, export them as .xlsx."
            )

    async def do() -> None:
        packs = [read_pack(path) for path in packs_wanted]
        settings = terminal.settings()
        database = await open_database(settings)
        try:
            for pack in packs:
                changed = await load_pack(database, pack)
                typer.echo(f"{pack.community.name}: {'loaded' if changed else 'nothing new'}")
            for path in calendars:
                await load_file(database, settings, path, feed)
            for path in sheets:
                await load_sheet_file(database, settings, path)
        finally:
            await database.close()

    terminal.run(do())


@app.command()
def check(
    packs: Annotated[
        list[Path] | None, typer.Argument(help="Packs to check; all of data/communities by default.")
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Only what lies in files.")] = False,
) -> None:
    """Looks at settings, database, catalogues, data and Telegram: a line each, and how to mend what is wrong."""
    from bot.checking import check_all  # noqa: PLC0415 # as above

    folders = packs or sorted(path for path in terminal.PACKS.iterdir() if path.is_dir())
    if not asyncio.run(check_all(folders, terminal.ROOT, offline=offline)):
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

    towns = gazetteer(read_pack(terminal.PACKS / pack).places, danish_towns())
    for line in understand_lines(sys.stdin, standard_words(), towns):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
