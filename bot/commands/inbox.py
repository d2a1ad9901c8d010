"""Updates that could not be answered: shown, and put back in line."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands import terminal

app = typer.Typer(no_args_is_help=True, help="Updates that could not be answered.")


@app.command("list")
def list_inbox() -> None:
    """Updates that failed three times: their number, when they came, why. What was written is not shown."""
    from bot.app import open_database  # noqa: PLC0415 # each command loads only what it needs
    from bot.inbox import set_aside  # noqa: PLC0415 # as above

    async def do() -> None:
        settings = terminal.settings()
        database = await open_database(settings)
        for number, error, at in await set_aside(database, settings.community):
            typer.echo(f"{number}  {at:%Y-%m-%d %H:%M}  {error}")
        await database.close()

    terminal.run(do())


@app.command("replay")
def replay_inbox(numbers: Annotated[list[int], typer.Argument(help="The updates' numbers.")]) -> None:
    """Puts updates that were set aside back in line; the running bot takes them up within ten seconds."""
    from bot.app import open_database  # noqa: PLC0415 # as above
    from bot.inbox import replay  # noqa: PLC0415 # as above

    async def do() -> None:
        settings = terminal.settings()
        database = await open_database(settings)
        typer.echo(f"{await replay(database, settings.community, numbers)} put back in line")
        await database.close()

    terminal.run(do())
