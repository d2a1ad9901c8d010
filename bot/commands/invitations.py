"""Who comes in with a role: one-time links."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands import terminal

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer()
STAND_IN = "YOUR_BOT"
ANSWERS_WITHIN = 5.0


@app.command()
def invite(
    role: Annotated[str, typer.Argument(help="coordinator")] = "coordinator",
    organisation: Annotated[str, typer.Option(help="Only for the activities of this organisation: its id.")] = "",
    token_file: Annotated[Path | None, typer.Option(help="A file that holds the token, for the bot's name.")] = None,
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
        settings = terminal.settings(**({"token": terminal.read_token(token_file)} if token_file else {}))
        database = await open_database(settings)
        async with database.write() as tx:
            known = sorted(await load_organisations(tx, settings.community))
            if not organisation or organisation in known:
                wanted = organiser_of(organisation) if organisation else role
                token = await make_invitation(tx, settings.community, wanted, system_clock())
        await database.close()
        if organisation and organisation not in known:
            terminal.fail(f"There is no organisation {organisation}. Known are: {', '.join(known)}.")
        username, unknown = await _username(settings)
        typer.echo(
            "Open this once, or send it to one person:"
            if username
            else f"{unknown} Put its username for {STAND_IN} (BotFather shows it; it ends in bot), and open it once:"
        )
        typer.echo(f"https://t.me/{username or STAND_IN}?start=i_{token}")

    terminal.run(do())


async def _username(settings: Settings) -> tuple[str, str]:
    """The bot's username, as Telegram knows the token; empty where it cannot be known, with the reason."""
    import asyncio  # noqa: PLC0415 # as above

    from telegram.error import InvalidToken, TelegramError  # noqa: PLC0415 # as above

    from bot.telegram.pusher import make_bot  # noqa: PLC0415 # as above

    token = settings.token.get_secret_value()
    if not token:
        return "", "BROBOT_TOKEN is not set here, so I do not know your bot's name."
    try:
        async with asyncio.timeout(ANSWERS_WITHIN), make_bot(token, api_url=settings.api_url) as bot:
            return bot.username, ""
    except InvalidToken:
        return "", f"{settings.api_url} does not know this token, so I do not know your bot's name."
    except (TelegramError, TimeoutError):
        return "", f"{settings.api_url} does not answer, so I do not know your bot's name."
