"""Calendars of organisations that are read by themselves: subscribed to, looked at, fetched now, ended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.commands import terminal

if TYPE_CHECKING:
    from bot.core.feed_activity import Defaults
    from bot.guide import Guide
    from bot.settings import Settings
    from bot.store.database import Database
    from bot.subscriptions import Taken

app = typer.Typer(no_args_is_help=True, help="Calendars that are read by themselves, so that nothing is typed twice.")


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="A short name: a-z, 0-9 and hyphens, such as ringe-boldklub.")],
    url: Annotated[str, typer.Argument(help="https://, http:// or webcal://; leave it out for files.")] = "",
    *,
    organisation: Annotated[str, typer.Option(help="Whose activities they are: an id of organisations.yaml.")],
    place: Annotated[str, typer.Option(help="The town of events that name none: an id of places.yaml.")],
    topic: Annotated[list[str], typer.Option(help="What they are about, of topics.yaml; may be given again.")],
    audience: Annotated[list[str] | None, typer.Option(help="Whom they are only or mainly for.")] = None,
    spoken: Annotated[list[str] | None, typer.Option(help="A language spoken there; da by default.")] = None,
    language: Annotated[str, typer.Option(help="The language its texts are written in.")] = "da",
    price: Annotated[int, typer.Option(min=0, help="Kroner.")] = 0,
    capacity: Annotated[int | None, typer.Option(min=1, help="Seats; no limit where it is left out.")] = None,
    sign_up: Annotated[Literal["each", "course", "none"], typer.Option(help="As in a pack.")] = "each",
    contact: Annotated[str, typer.Option(help="Whom to ask for, a role, in that language.")] = "",
) -> None:
    """Subscribes to a calendar. What no calendar says (whose, what about, seats) is said here, for all its events."""
    from bot.core.feed_activity import Defaults  # noqa: PLC0415 # each command loads only what it needs

    defaults = Defaults(
        organisation=organisation,
        place=place,
        topics=tuple(topic),
        audience=tuple(audience or ()),
        languages=tuple(spoken or ("da",)),
        price=price,
        capacity=capacity,
        contact={language: contact} if contact else {},
        sign_up=sign_up,
        language=language,
    )
    terminal.run(_add(name, url, defaults))


async def _add(name: str, url: str, defaults: Defaults) -> None:
    from bot.app import open_database  # noqa: PLC0415 # as above
    from bot.clock import system_clock  # noqa: PLC0415 # as above
    from bot.feeds.addresses import feed_address  # noqa: PLC0415 # as above
    from bot.store import feeds  # noqa: PLC0415 # as above

    try:
        address = feed_address(url) if url else ""
    except ValueError as error:
        terminal.fail(f"{url[:60]} {error}. Write it such as https://example.org/calendar.ics")
    settings = terminal.settings()
    database = await open_database(settings)
    try:
        _check(name, defaults, await read_guide(database, settings))
        async with database.write() as tx:
            await feeds.add(tx, settings.community, name, address, defaults, system_clock())
    finally:
        await database.close()
    if not address:
        typer.echo(f"{name}: load its files with: python -m bot load FILE.ics --feed {name}")
        return
    typer.echo(f"{name}: subscribed")
    await _fetch([name], accept=False)


def _check(name: str, defaults: Defaults, guide: Guide) -> None:
    """Every word of a subscription is one that the community knows."""
    from bot.fields import ID, nearest  # noqa: PLC0415 # as above

    if not ID.fullmatch(name) or len(name) > 30:
        terminal.fail(f"{name[:60]} is not a name. Write a-z, 0-9 and hyphens, at most 30, such as ringe-boldklub.")
    topics = guide.topics
    for option, said, known in (
        ("organisation", (defaults.organisation,), guide.organisations),
        ("place", (defaults.place,), guide.places),
        ("topic", defaults.topics, topics.ids("topic")),
        ("audience", defaults.audience, topics.ids("audience")),
        ("spoken", defaults.languages, topics.ids("language")),
        ("language", (defaults.language,), guide.community.languages),
    ):
        for word in said:
            if word not in known:
                terminal.fail(f"--{option}: {word[:60]} is not known here. {nearest(word, known)}")


async def read_guide(database: Database, settings: Settings) -> Guide:
    """The community as the database has it; the command ends with a line where it has none."""
    from bot.clock import system_clock  # noqa: PLC0415 # as above
    from bot.guide import load_guide  # noqa: PLC0415 # as above
    from bot.topics import read_topics  # noqa: PLC0415 # as above

    async with database.read() as tx:
        guide = await load_guide(tx, settings.community, system_clock(), read_topics())
    if guide is None:
        name = settings.community
        terminal.fail(
            f"The community {name} is not in the database. Load it: python -m bot load data/communities/{name}"
        )
    return guide


@app.command("list")
def list_feeds() -> None:
    """Every calendar: whether it is taken, and which of its events cannot be used and why."""
    from bot.app import open_database  # noqa: PLC0415 # as above
    from bot.store import feeds  # noqa: PLC0415 # as above

    async def do() -> None:
        settings = terminal.settings()
        database = await open_database(settings)
        async with database.read() as tx:
            found = await feeds.every(tx, settings.community)
        await database.close()
        for feed in found:
            taken = f"taken {feed.taken_at:%Y-%m-%d %H:%M} UTC" if feed.taken_at else "not taken yet"
            since = f" since {feed.failing_since:%Y-%m-%d %H:%M} UTC" if feed.failing_since else ""
            failing = f"; failing{since}: {feed.told}" if feed.fault else ""
            typer.echo(f"{'✗' if feed.fault else '✓'} {feed.id}: {taken}{failing}")
            for each in feed.unread:
                typer.echo(f"  ! {each.title[:60]}: {each.why}.")

    terminal.run(do())


@app.command("fetch")
def fetch_now(
    names: Annotated[list[str] | None, typer.Argument(help="Their names; all by default.")] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Believe a calendar that suddenly lacks most of what it had.")
    ] = False,
) -> None:
    """Fetches calendars now. The bot does so by itself every six hours."""
    terminal.run(_fetch(names or [], accept=accept))


async def _fetch(names: list[str], *, accept: bool) -> None:
    from bot.app import open_database  # noqa: PLC0415 # as above
    from bot.clock import system_clock  # noqa: PLC0415 # as above
    from bot.core.feed import FeedFault  # noqa: PLC0415 # as above
    from bot.store import feeds  # noqa: PLC0415 # as above
    from bot.subscriptions import refresh  # noqa: PLC0415 # as above

    settings = terminal.settings()
    database = await open_database(settings)
    failed = False
    try:
        async with database.read() as tx:
            found = [each for each in await feeds.every(tx, settings.community) if each.url]
        missing = set(names) - {each.id for each in found}
        if missing:
            names_of = ", ".join(sorted(missing))
            terminal.fail(f"There is no calendar {names_of} with an address. See: python -m bot feeds list")
        for feed in (each for each in found if not names or each.id in names):
            try:
                taken = await refresh(
                    database, settings.community, feed, system_clock(), inner=settings.inner_feeds, accept=accept
                )
            except FeedFault as fault:
                failed = True
                typer.echo(f"✗ {feed.id}: nothing was changed. {fault}", err=True)
            else:
                typer.echo(f"✓ {feed.id}: {said(taken)}")
    finally:
        await database.close()
    if failed:
        raise typer.Exit(2)


def said(taken: Taken | None) -> str:
    """What a reading changed, in a line."""
    if taken is None:
        return "nothing new"
    line = f"{taken.new} new, {taken.changed} changed, {taken.gone} gone; {taken.told} people told"
    return line + "".join(f"\n  ! {each.title[:60]}: {each.why}." for each in taken.unread)


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="The calendar's name.")],
    keep: Annotated[bool, typer.Option("--keep", help="Its activities stay, and are looked after in chat.")] = False,
) -> None:
    """Ends a subscription. Its coming activities are called off, and everyone signed up is told; or they are kept."""
    from bot.app import open_database  # noqa: PLC0415 # as above
    from bot.clock import system_clock  # noqa: PLC0415 # as above
    from bot.subscriptions import remove as end  # noqa: PLC0415 # as above

    async def do() -> None:
        settings = terminal.settings()
        database = await open_database(settings)
        try:
            taken = await end(database, settings.community, name, system_clock(), keep=keep)
        finally:
            await database.close()
        if taken is None:
            terminal.fail(f"There is no calendar {name}. See: python -m bot feeds list")
        typer.echo(f"{name}: ended; {taken.gone} activities called off, {taken.told} people told")

    terminal.run(do())


async def load_file(database: Database, settings: Settings, path: Path, name: str) -> None:
    """Takes a calendar from a file, as if it had been fetched. Raises FeedFault."""
    from bot.clock import system_clock  # noqa: PLC0415 # as above
    from bot.feeds.apart import read_apart  # noqa: PLC0415 # as above
    from bot.feeds.fetching import LARGEST  # noqa: PLC0415 # as above
    from bot.store import feeds  # noqa: PLC0415 # as above
    from bot.subscriptions import take  # noqa: PLC0415 # as above

    async with database.read() as tx:
        feed = await feeds.one(tx, settings.community, name)
    if feed is None:
        terminal.fail(
            f"{path}: say once whose calendar it is (python -m bot feeds add --help), then load it with --feed NAME."
        )
    if path.stat().st_size > LARGEST:
        terminal.fail(f"{path}: it is larger than {LARGEST // 1_000_000} MB. Export a shorter time.")
    now = system_clock()
    content = await read_apart(path.read_bytes(), now)
    typer.echo(f"✓ {name}: {said(await take(database, settings.community, feed, content, now))}")
