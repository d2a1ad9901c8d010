"""The poster of an activity: four languages and a code, of which one scan opens it in the bot."""

from __future__ import annotations

import asyncio
import re
from typing import Any, Literal

from bot.cases import not_yours
from bot.core.model import Activity, Reader
from bot.core.rights import may_edit
from bot.core.say import Button, Content, Document, Message, Price, Text, label, say
from bot.editing.in_words import rule
from bot.editing.looking import name_of
from bot.guide import Guide
from bot.i18n import say_plain
from bot.paper import qr_rows, typeset
from bot.services import Services
from bot.signups import gone

RIGHT_TO_LEFT = frozenset({"ar"})
MIME = {"pdf": "application/pdf", "svg": "image/svg+xml"}


def link_to(services: Services, number: int) -> str:
    """What the code says: Telegram opens the bot, and the bot the activity."""
    return f"https://t.me/{services.username}?start=a_{number}"


async def poster(services: Services, reader: Reader, number: int, form: Literal["pdf", "svg"]) -> Message:
    """The poster as a file to print, or to put into something else."""
    activity = services.guide.activities.get(number)
    if activity is None or not may_edit(reader.person, activity.organisation):
        return gone() if activity is None else not_yours()
    page = await asyncio.to_thread(typeset, "poster", values(services, activity), form)
    other = "svg" if form == "pdf" else "pdf"
    name = re.sub(r"[^\w-]+", "-", name_of(activity)).strip("-").lower() or "poster"
    return Message(
        # NOTE: With a poster of an activity, as a file.
        (say("🖨 <b>A poster to print and hang up.</b>"), say("One scan opens the activity in the reader's language.")),
        # NOTE: Button, the poster in another form: {form} "SVG".
        (
            (
                Button(label("🖨 {form}", form=other.upper()), f"eZ:{number}:{other}"),
                Button(label("◀️ Back"), f"ea:{number}"),
            ),
        ),
        document=Document(f"{name}.{form}", page, MIME[form]),
    )


def values(services: Services, activity: Activity) -> dict[str, Any]:
    """What stands on the poster, said in each language; the head in the language it was written in."""
    guide, source = services.guide, activity.source
    title = name_of(activity)
    languages = [source, *(each for each in guide.community.languages if each != source)]
    # NOTE: On a poster, beside a QR code: what a telephone's camera does with it.
    call = say("Scan and sign up")
    return {
        "title": title,
        "size": 40 if len(title) <= 20 else 32 if len(title) <= 30 else 26,
        "rule": _capital(_in(services, source, rule(activity.schedule))),
        "place": f"{activity.venue.name}, {activity.venue.address}",
        "texts": [_said(services, guide, activity, each) for each in languages],
        "calls": [
            {"language": each, "rtl": each in RIGHT_TO_LEFT, "text": _in(services, each, call)} for each in languages
        ],
        "link": f"t.me/{services.username}",
        "organisation": f"{guide.organisations[activity.organisation].name} · {guide.community.name}"
        if activity.organisation in guide.organisations
        else guide.community.name,
        "qr": list(qr_rows(link_to(services, activity.number))),
    }


def _said(services: Services, guide: Guide, activity: Activity, language: str) -> dict[str, Any]:
    """One language's part. Without a text in it, what can be said for certain: when, where, what it costs."""
    text = activity.texts.get(language)
    lines: list[Text] = [
        rule(activity.schedule),
        # NOTE: On a poster: {price} "free" or "35 kroner".
        say("Price: {price}", price=Price(activity.price)),
    ]
    if activity.contact:
        # NOTE: On a poster: {contact} "the trainer".
        lines.append(say("Ask for: {contact}", contact=Content(activity.contact, activity.source)))
    return {
        "language": language,
        "name": services.catalogues.endonym(language),
        "rtl": language in RIGHT_TO_LEFT,
        "title": text.title if text else name_of(activity),
        "about": text.about if text else "",
        "lines": [_capital(_in(services, language, each)) for each in lines],
    }


def _capital(line: str) -> str:
    """A line of its own begins with a capital, where its letters have any."""
    return line[:1].upper() + line[1:]


def _in(services: Services, language: str, text: Text) -> str:
    return say_plain(text, language, services.catalogues, services.names)
