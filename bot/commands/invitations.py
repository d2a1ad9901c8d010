"""Who comes in with a role: one-time links."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands import terminal

app = typer.Typer()


@app.command()
def invite(role: Annotated[str, typer.Argument(help="coordinator")] = "coordinator") -> None:
    """Prints a one-time link that makes who opens it a coordinator. It lasts seven days."""
    from bot.app import open_database  # noqa: PLC0415 # each command loads only what it needs
    from bot.clock import system_clock  # noqa: PLC0415 # as above
    from bot.people import invite as make_invitation  # noqa: PLC0415 # as above

    if role != "coordinator":
        terminal.fail(f"There is no role {role}. Write: python -m bot invite coordinator")

    async def do() -> None:
        settings = terminal.settings()
        database = await open_database(settings)
        async with database.write() as tx:
            token = await make_invitation(tx, settings.community, role, system_clock())
        await database.close()
        typer.echo(f"Send this to the bot, or open it as a link after https://t.me/YOUR_BOT?start= :\ni_{token}")

    terminal.run(do())
