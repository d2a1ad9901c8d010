"""Who comes in with a role: one-time links."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands import terminal

app = typer.Typer()


@app.command()
def invite(
    role: Annotated[str, typer.Argument(help="coordinator")] = "coordinator",
    organisation: Annotated[str, typer.Option(help="Only for the activities of this organisation: its id.")] = "",
) -> None:
    """Prints a one-time link that makes who opens it a coordinator. It lasts seven days."""
    from bot.app import open_database  # noqa: PLC0415 # each command loads only what it needs
    from bot.clock import system_clock  # noqa: PLC0415 # as above
    from bot.core.rights import COORDINATOR, organiser_of  # noqa: PLC0415 # as above
    from bot.invitations import invite as make_invitation  # noqa: PLC0415 # as above
    from bot.store.communities import load_organisations  # noqa: PLC0415 # as above

    if role != COORDINATOR:
        terminal.fail(f"There is no role {role}. Write: python -m bot invite coordinator")

    async def do() -> None:
        settings = terminal.settings()
        database = await open_database(settings)
        async with database.write() as tx:
            known = sorted(await load_organisations(tx, settings.community))
            if not organisation or organisation in known:
                wanted = organiser_of(organisation) if organisation else role
                token = await make_invitation(tx, settings.community, wanted, system_clock())
        await database.close()
        if organisation and organisation not in known:
            terminal.fail(f"There is no organisation {organisation}. Known are: {', '.join(known)}.")
        typer.echo(f"Open this once, with your bot's name in it:\nhttps://t.me/YOUR_BOT?start=i_{token}")

    terminal.run(do())
