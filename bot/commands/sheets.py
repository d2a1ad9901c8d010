"""Activities as files: an empty sheet to fill in, and what there is for other programs to read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands import terminal
from bot.commands.running import Language

if TYPE_CHECKING:
    from bot.core.topics import Topics
    from bot.guide import Guide
    from bot.settings import Settings
    from bot.store.database import Database

app = typer.Typer()
SUFFIXES = ".ics, .csv, .xlsx or .json"


@app.command()
def template(
    to: Annotated[Path, typer.Argument(help="The file to write: .xlsx, or .csv.")],
    lang: Annotated[Language, typer.Option(help="The language of the headings; `load` reads all four.")] = Language.da,
) -> None:
    """Writes an empty sheet of activities, with what to write in each column. Fill it in, then `load` it."""
    from bot.sheets.writing import NAMES, as_csv, as_xlsx, help_rows, template_rows  # noqa: PLC0415 # only for this

    if to.suffix.lower() not in {".xlsx", ".csv"}:
        terminal.fail(f"{to}: a template is .xlsx or .csv. Write such as activities.xlsx")
    language = lang.value
    if to.suffix.lower() == ".csv":
        write(to, as_csv(template_rows(language)))
        return
    from bot.topics import read_topics  # noqa: PLC0415 # as above

    sheet, told = NAMES[language]
    sheets = {sheet: template_rows(language), told: help_rows(language, _allowed(read_topics(), language))}
    write(to, as_xlsx(sheets, rtl=language == "ar"))


def _allowed(topics: Topics, language: str) -> dict[str, list[str]]:
    """The words of the columns that know only some, in the language of the headings."""
    kinds = (("topics", "topic"), ("audience", "audience"), ("languages", "language"))
    return {path: [each.names.get(language, each.id) for each in topics.of(kind)] for path, kind in kinds}  # type: ignore[arg-type] # kinds of concepts


@app.command()
def export(
    to: Annotated[Path, typer.Argument(help="The file to write: .ics, .csv, .xlsx, or .json (HSDS 3.0).")],
    lang: Annotated[Language, typer.Option(help="The language of titles and headings.")] = Language.da,
    door: Annotated[bool, typer.Option("--door", help="The door lists of the next two weeks (.csv or .xlsx).")] = False,
) -> None:
    """Writes what there is to take part in, for other programs. No person is in it; door lists have numbers only."""
    if to.suffix.lower() not in {".ics", ".csv", ".xlsx", ".json"} or (door and to.suffix.lower() in {".ics", ".json"}):
        terminal.fail(f"{to}: write {'.csv or .xlsx' if door else SUFFIXES}, such as activities.xlsx")
    terminal.run(_export(to, lang.value, door=door))


async def _export(to: Path, language: str, *, door: bool) -> None:
    from bot.app import open_database  # noqa: PLC0415 # as above
    from bot.commands.feeds import read_guide  # noqa: PLC0415 # as above

    settings = terminal.settings()
    database = await open_database(settings)
    try:
        guide = await read_guide(database, settings)
        content = await _content(database, settings, guide, to.suffix.lower(), language, door=door)
    finally:
        await database.close()
    write(to, content)


async def _content(
    database: Database, settings: Settings, guide: Guide, suffix: str, language: str, *, door: bool
) -> bytes:
    from bot.clock import system_clock  # noqa: PLC0415 # as above

    now = system_clock()
    if suffix == ".ics":
        from bot.calendar_links import public_calendar  # noqa: PLC0415 # as above

        return public_calendar(guide, language, now, "")
    if suffix == ".json":
        import json  # noqa: PLC0415 # as above

        from bot.hsds import services_of  # noqa: PLC0415 # as above

        return json.dumps(services_of(guide, language, now, ""), ensure_ascii=False, indent=1).encode()
    from bot.exports import DOOR, door_rows, names_of  # noqa: PLC0415 # as above
    from bot.sheets.writing import NAMES, activity_rows, as_csv, as_xlsx  # noqa: PLC0415 # as above

    if door:
        async with database.read() as tx:
            rows = await door_rows(tx, guide, guide.activities.values(), language, now, timedelta(days=14))
    else:
        held = [each for each in guide.activities.values() if each.state != "cancelled"]
        rows = activity_rows(held, language, names_of(guide))
    name = DOOR[language][0] if door else NAMES[language][0]
    return as_csv(rows) if suffix == ".csv" else as_xlsx({name: rows}, rtl=language == "ar")


async def load_sheet_file(database: Database, settings: Settings, path: Path) -> None:
    """Loads the activities of a sheet. Raises SheetFaults: then nothing of it was taken."""
    from bot.clock import system_clock  # noqa: PLC0415 # as above
    from bot.commands.feeds import read_guide  # noqa: PLC0415 # as above
    from bot.importing import load_sheet  # noqa: PLC0415 # as above
    from bot.sheets.reading import Known, read_activities  # noqa: PLC0415 # as above

    guide = await read_guide(database, settings)
    community = guide.community
    known = Known(community.id, community.languages, guide.places, guide.organisations, guide.topics)
    filled = read_activities(path, known)
    found = await load_sheet(database, community.id, filled.activities, system_clock())
    typer.echo(f"{path.name}: {found.new} new, {found.changed} changed; {found.told} people told")
    for name, fields in found.kept.items():
        typer.echo(f"  ! {name}: {', '.join(fields)} stayed as a coordinator wrote it in the chat. Change it there.")
    for line in filled.left:
        typer.echo(f"  ! {line}")
    if filled.left:
        typer.echo("  No sheet can say a calendar's times. See: python -m bot feeds list; load FILE.ics --feed NAME")


def write(to: Path, content: bytes) -> None:
    """Never over a file that is there: it may be the one that somebody has filled in."""
    try:
        with to.open("xb") as file:
            file.write(content)
    except FileExistsError:
        terminal.fail(f"{to} is there already. Choose another name, or remove it.")
    except OSError as error:
        terminal.fail(f"{to} cannot be written: {error.strerror}.")
    typer.echo(f"Written: {to}")
