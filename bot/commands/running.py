"""What runs until it is told to end: the demo, and the bot itself."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands import terminal

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer()
HIGHEST_PORT = 65_535


class Language(StrEnum):
    """What the demo's page may be told to speak."""

    da = "da"
    en = "en"
    ar = "ar"
    ti = "ti"


@app.command()
def demo(
    port: Annotated[
        int, typer.Option(min=0, max=HIGHEST_PORT, help="The page's port; a taken one: the next free one.")
    ] = 8123,
    pack: Annotated[str, typer.Option(help="The community, a folder of data/communities.")] = "faaborg-midtfyn",
    lang: Annotated[Language, typer.Option(help="The page's language.")] = Language.en,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the browser.")] = False,
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its database and key.")] = Path("var/demo"),
) -> None:
    """Three phones in a browser, a clock that can be moved, the real bot. No token, no account."""
    from bot.demo.play import play  # noqa: PLC0415 # each command loads only what it needs

    terminal.run(play(port=port, pack=pack, language=lang.value, open_page=not no_open, folder=folder))


@app.command()
def run(
    token_file: Annotated[Path | None, typer.Option(help="A file that holds the token.")] = None,
    leash: Annotated[bool, typer.Option("--leash", hidden=True)] = False,
) -> None:
    """The bot itself: polls, or by webhook where BROBOT_WEBHOOK_URL is set."""
    settings = terminal.settings(**({"token": terminal.read_token(token_file)} if token_file else {}))
    if not settings.token.get_secret_value():
        terminal.fail(
            "BROBOT_TOKEN is missing. Ask @BotFather for one (/newbot), and set it: BROBOT_TOKEN=123456789:AA…"
        )

    from bot.logs import set_up_logs  # noqa: PLC0415 # as above
    from bot.process import run as run_bot  # noqa: PLC0415 # as above

    set_up_logs(settings.log_level, secrets=terminal.secrets(settings))

    async def do() -> None:
        await _load_if_missing(settings)
        await run_bot(settings)

    terminal.run(do(), leash=leash)


@app.command(hidden=True)
def nursery() -> None:
    """The demo's bots: `run --leash` in a new process for each line of standard input."""
    from bot.commands.nursery import keep  # noqa: PLC0415 # as above

    keep(lambda: app(["run", "--leash"], prog_name="python -m bot"))


async def _load_if_missing(settings: Settings) -> None:
    """The first start loads the community's pack by itself; later changes of a pack are for `load`."""
    import structlog  # noqa: PLC0415 # as above

    from bot.app import open_database  # noqa: PLC0415 # as above
    from bot.loading import load_pack  # noqa: PLC0415 # as above
    from bot.packs import read_pack  # noqa: PLC0415 # as above
    from bot.store.communities import digest  # noqa: PLC0415 # as above

    folder = terminal.PACKS / settings.community
    database = await open_database(settings)
    try:
        async with database.read() as tx:
            loaded = await digest(tx, settings.community)
        if loaded is None and (folder / "community.yaml").is_file():
            await load_pack(database, read_pack(folder))
            structlog.get_logger("bot").info("pack loaded", community=settings.community, folder=str(folder))
    finally:
        await database.close()
