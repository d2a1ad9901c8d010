"""The database's copies: backup and restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands import terminal

app = typer.Typer()


@app.command()
def backup(to: Annotated[Path, typer.Argument(help="The file to write.")]) -> None:
    """Copies a SQLite database while the bot runs. The key file is not in it: keep that elsewhere."""
    from bot.store.backup import BackupFault, back_up  # noqa: PLC0415 # each command loads only what it needs

    try:
        back_up(terminal.settings().database_url, to)
    except BackupFault as fault:
        terminal.fail(str(fault))
    typer.echo(f"Written and read again: {to}")


@app.command()
def restore(source: Annotated[Path, typer.Argument(help="A file that backup wrote.")]) -> None:
    """Puts a backup in the place of the SQLite database; the old one is kept beside it. Stop the bot first."""
    from bot.store.backup import BackupFault, put_back  # noqa: PLC0415 # as above

    try:
        kept = put_back(source, terminal.settings().database_url)
    except BackupFault as fault:
        terminal.fail(str(fault))
    typer.echo(f"Restored. The database before it: {kept}" if kept else "Restored.")
