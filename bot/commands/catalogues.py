"""The translations: brought up to what the code says."""

from __future__ import annotations

import typer

from bot.commands import terminal

app = typer.Typer(no_args_is_help=True, help="The translations.")


@app.command("update")
def update() -> None:
    """Brings bot.pot and every bot.po up to what the code says."""
    from bot.i18n.extract import update_catalogues  # noqa: PLC0415 # each command loads only what it needs

    for path in update_catalogues(terminal.ROOT):
        typer.echo(path.relative_to(terminal.ROOT))
