"""The command line: joins the families of `bot/commands/`."""

from __future__ import annotations

import gc
import signal

if __name__ == "__main__":
    gc.set_threshold(100_000, 20, 20)  # libraries are no garbage: to look through them took a tenth of loading them
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C while it loads: the end, without a traceback

import typer

from bot.commands import catalogues, content, copies, feeds, inbox, invitations, numbers, running, sheets

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Brobot: a bridge between newcomers and volunteers.",
)
for family in (running, content, sheets, numbers, invitations, copies):
    app.add_typer(family.app)
app.add_typer(catalogues.app, name="catalogues")
app.add_typer(feeds.app, name="feeds")
app.add_typer(inbox.app, name="inbox")


if __name__ == "__main__":
    app()
