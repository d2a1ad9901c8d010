"""The figures of a quarter or a year as a file: the report on paper, or a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands import terminal
from bot.commands.sheets import write

app = typer.Typer()


@app.command()
def report(
    period: Annotated[str, typer.Argument(help="A year or a quarter: 2026, 2026-Q4.")],
    to: Annotated[Path, typer.Argument(help="The file to write: .pdf, or .xlsx.")],
) -> None:
    """Writes the figures of a year or a quarter in Danish. Counts under five are hidden in them."""
    if to.suffix.lower() not in {".pdf", ".xlsx"}:
        terminal.fail(f"{to}: a report is .pdf or .xlsx. Write such as report-2026.pdf")
    terminal.run(_report(period, to))


async def _report(name: str, to: Path) -> None:
    from bot.app import open_database  # noqa: PLC0415 # loaded when it is asked for
    from bot.commands.feeds import read_guide  # noqa: PLC0415 # as above
    from bot.core.periods import named  # noqa: PLC0415 # as above
    from bot.store import reports  # noqa: PLC0415 # as above

    settings = terminal.settings()
    period = named(name)
    database = await open_database(settings)
    try:
        guide = await read_guide(database, settings)
        async with database.read() as tx:
            figures = await reports.figures(tx, guide.community.id, name) if period else None
            made = await reports.periods(tx, guide.community.id)
    finally:
        await database.close()
    if period is None or figures is None:
        there = ", ".join(made) or "none yet; a quarter is ready a week after it ended, while the bot runs"
        terminal.fail(f"There are no figures of {name}. There are: {there}.")
    from bot.i18n import Catalogues, Names  # noqa: PLC0415 # as above
    from bot.numbers import files, words  # noqa: PLC0415 # as above
    from bot.topics import read_topics  # noqa: PLC0415 # as above

    names: Names = {(each.kind, each.id): each.names for each in read_topics().concepts}
    speech = files.Speech(files.PAPER, Catalogues.shipped(), names)
    sections = words.all_sections(guide, figures)
    if to.suffix.lower() == ".pdf":
        write(to, files.report(speech, guide.community.name, period, sections))
    else:
        write(to, files.sheet(speech, period, sections))
