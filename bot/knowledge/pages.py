"""The pages of knowledge: the way in, what was searched for, a theme, and one item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import quote

from bot.core.knowledge import Item, Named, Shelf
from bot.core.knowledge_search import nearest_themes, search
from bot.core.model import Reader
from bot.core.say import Button, Content, Listing, Message, Rows, Text, Word, label, say, say_many
from bot.knowledge.shelf import index_of, item_of, opened
from bot.services import Services
from bot.store import knowledge, people

AT_ONCE = 4
SOON = timedelta(minutes=30)
"""For how long what is written is searched for, after the page was opened or something was searched."""

QUERY_LONGEST = 120
LINK_LONGEST = 1_500
"""Characters of an address that phones open."""


async def overview(services: Services, reader: Reader, now: datetime) -> Message:
    """The way in: what is written next is searched for; or a theme is chosen."""
    shelf = await opened(services, reader)
    if isinstance(shelf, Message):
        return shelf
    await _listen(services, reader, "", now)
    return Message(
        (
            # NOTE: Head of the stories and recommendations that volunteers and coordinators share.
            say("📖 <b>Knowledge</b>"),
            # NOTE: How many stories and recommendations there are.
            say_many("{n} story or recommendation", "{n} stories and recommendations", len(shelf.items)),
            "",
            # NOTE: Over buttons with themes, such as “Children and youth”.
            say("🔎 Write what you look for, or choose:"),
        ),
        (*_themes(shelf, [each for each in shelf.themes if shelf.about(each.id)]), *_ways(reader)),
    )


def _themes(shelf: Shelf, themes: Sequence[Named]) -> Rows:
    buttons = [
        # NOTE: Button, a theme of knowledge and how many items it has: {theme} "Children and youth", {n} "3".
        Button(label("{theme} ({n})", theme=named(each), n=len(shelf.about(each.id))), f"Kt:{each.id}:0")
        for each in themes
    ]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _ways(reader: Reader) -> Rows:
    # NOTE: “✍️ Add your own”: a volunteer writes a story or recommendation. “📋 Mine”: lists what the reader wrote.
    own = (Button(label("✍️ Add your own"), "Kn"), Button(label("📋 Mine"), "Km"))
    return (own, (Button(label("🗂 Coordinate"), "k"),)) if reader.coordinates else (own,)


def named(each: Named) -> Content:
    return Content(each.names, "da")


async def _listen(services: Services, reader: Reader, query: str, now: datetime) -> None:
    """What is written next is searched for; the query is kept for its pages."""
    assert reader.person is not None
    step = {"knows": query, "since": now.isoformat()}
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, reader.person.id, step)


def listens(reader: Reader, now: datetime) -> bool:
    """Whether the next text is searched for: soon, or it was meant for the bot."""
    step = reader.person.step if reader.person else None
    return bool(step and "knows" in step and now - datetime.fromisoformat(str(step["since"])) <= SOON)


async def look_for(services: Services, reader: Reader, query: str, now: datetime) -> Message:
    """What was found; honest where nothing was, with the themes that are nearest."""
    query = " ".join(query.split())[:QUERY_LONGEST]
    await _listen(services, reader, query, now)
    return await found(services, reader, query)


async def found(services: Services, reader: Reader, query: str, page: int = 0) -> Message:
    """A page of what a query finds."""
    shelf = await opened(services, reader)
    if isinstance(shelf, Message):
        return shelf
    hits = search(index_of(services, shelf), services.words, query, reader.language)
    if not hits:
        return Message(
            (
                # NOTE: Nothing was found among the stories and recommendations: {query} in the reader's own words.
                say("🤷 I found nothing on “{query}”.", query=query),
                # NOTE: Over buttons with themes.
                say("These themes are nearest:"),
            ),
            (*_themes(shelf, nearest_themes(shelf, services.words, query)[:6]), *_ways(reader)),
        )
    # NOTE: Head of what was found: {query} in the reader's own words.
    head = say("🔎 “{query}”", query=query)
    return _listed(shelf, reader, [hit.item for hit in hits], head, "Kp", page)


async def more_found(services: Services, reader: Reader, page: int, now: datetime) -> Message:
    """Another page of what was searched for last."""
    step = reader.person.step if reader.person else None
    query = str(step["knows"]) if step and step.get("knows") else ""
    return await (found(services, reader, query, page) if query else overview(services, reader, now))


async def of_theme(services: Services, reader: Reader, theme: str, page: int, now: datetime) -> Message:
    """A page of a theme."""
    shelf = await opened(services, reader)
    if isinstance(shelf, Message):
        return shelf
    known = shelf.theme(theme)
    if known is None:
        return await overview(services, reader, now)
    return _listed(shelf, reader, shelf.about(theme), say("📖 <b>{theme}</b>", theme=named(known)), f"Kt:{theme}", page)


def _listed(shelf: Shelf, reader: Reader, items: Sequence[Item], head: Text, verb: str, page: int) -> Message:
    shown = items[page * AT_ONCE : (page + 1) * AT_ONCE]
    lines: list[Text | str] = [head]
    tiles = []
    for number, each in enumerate(shown, page * AT_ONCE + 1):
        title = each.texts[each.read_in(reader.language)].title
        lines += ["", say("<b>{number}. {title}</b>", number=number, title=f"{_sign(each)} {title}")]
        lines.append(say("🏷 {themes}", themes=_themes_of(shelf, each)))
        tiles.append(Button(label("{number}", number=number), f"Ks:{each.ref}"))
    paging = (
        *((Button(label("◀️ Back"), f"{verb}:{page - 1}"),) if page else ()),
        *((Button(label("▶️ More"), f"{verb}:{page + 1}"),) if len(items) > (page + 1) * AT_ONCE else ()),
    )
    home = (Button(label("📖 Knowledge"), "K"),)
    return Message(lines, (*((tuple(tiles),) if tiles else ()), *((paging,) if paging else ()), home))


def _sign(each: Item) -> str:
    return "📗" if each.kind == "story" else "💡"


def _themes_of(shelf: Shelf, each: Item) -> Listing:
    return Listing(tuple(named(known) for theme in each.themes if (known := shelf.theme(theme)) is not None))


def lines_of(shelf: Shelf, reader: Reader, each: Item) -> list[Text | str]:
    """An item as it is read: its title and words in the reader's language or the next best, its themes, its page."""
    language = each.read_in(reader.language)
    said = each.texts[language]
    lines: list[Text | str] = [say("{sign} <b>{title}</b>", sign=_sign(each), title=said.title), ""]
    if language != reader.language:
        lines.append(say("In {language}:", language=Word("language", language)))
    # NOTE: A story or recommendation, in its writer's words.
    lines += [*(say("{text}", text=line) if line.strip() else "" for line in said.text.split("\n")), ""]
    if each.themes:
        # NOTE: The themes of a story or recommendation: {themes} "Children and youth, Language".
        lines.append(say("🏷 {themes}", themes=_themes_of(shelf, each)))
    seed = shelf.seed(each.seed)
    # NOTE: Which page a recommendation comes from: {page} "Examples and recommendations". Else a colleague wrote it.
    lines.append(say("📄 From: {page}", page=named(seed)) if seed else say("📄 From a volunteer or coordinator here"))
    if said.state == "draft":
        lines.append(say("🟡 This text is a draft: nobody who speaks the language has read it."))
    return lines


async def card(services: Services, reader: Reader, ref: str, notes: Sequence[Text] = ()) -> Message:
    """One item, to read, to share, and where it may be, to take down."""
    there = await item_of(services, reader, ref)
    if isinstance(there, Message):
        return there
    shelf, each = there
    rows: list[tuple[Button, ...]] = [
        (
            # NOTE: Button: a story or recommendation is sent to a colleague by the bot.
            Button(label("📨 To a colleague"), f"Kc:{ref}"),
            Button(label("📤 Share"), link=share_link(each, reader.language, services.username)),
        )
    ]
    if await may_take_down(services, reader, ref):
        # NOTE: Button: a story or recommendation is shown no more; it is asked once more.
        rows.append((Button(label("🗑 Take it down"), f"Kx:{ref}", style="no"),))
    rows.append((Button(label("📖 Knowledge"), "K"),))
    return Message([*notes, *([""] if notes else []), *lines_of(shelf, reader, each)], tuple(rows))


async def may_take_down(services: Services, reader: Reader, ref: str) -> bool:
    """A coordinator may, and who wrote it."""
    if reader.coordinates or reader.person is None or not ref.isdigit():
        return reader.coordinates
    async with services.database.read() as tx:
        found = await knowledge.one(tx, services.community, int(ref))
    return found is not None and found.person == reader.person.id


def share_link(each: Item, language: str, username: str) -> str:
    """Telegram's own share sheet: the words themselves, as far as an address carries them, and the way to the rest."""
    said = each.texts[each.read_in(language)]
    target = f"https://t.me/{username}?start=k_{each.ref}"
    start = f"https://t.me/share/url?url={quote(target)}&text="
    text, cut = f"{said.title}\n\n{said.text}", len(said.text)
    while len(start) + len(quote(text)) > LINK_LONGEST and cut > 0:
        cut = cut * 4 // 5
        text = f"{said.title}\n\n{said.text[:cut].rsplit(' ', 1)[0]} …"
    return start + quote(text)
