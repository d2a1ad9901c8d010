"""The certificate: what somebody took part in, on paper in Danish and their language. The name is not kept."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.activities import town
from bot.core.model import Reader
from bot.core.programmes.model import Attendance
from bot.core.say import Button, Content, Document, Message, Text, label, say, say_many
from bot.core.schedule import local_day
from bot.i18n import clean, say_plain
from bot.paper import typeset
from bot.people import consent
from bot.programmes import showing, standing
from bot.programmes.standing import Standing
from bot.programmes.words import name_of
from bot.services import Services
from bot.store import people

NAME_LONGEST = 60
RIGHT_TO_LEFT = frozenset({"ar"})
PAPER = "da"
"""The language of authorities, which a certificate is shown to."""


async def ask_name(services: Services, reader: Reader, number: int, now: datetime, note: Text | None = None) -> Message:
    """The next text is the name on the paper."""
    if reader.person is None:
        return consent(services.guide)
    async with services.database.write() as tx:
        here = await standing.of(tx, services.guide, number, reader.person.id)
        if here is None or not here.progress(now).attended:
            return await showing.cohort(services, reader, number, now)
        await people.set_step(tx, services.community, reader.person.id, {"certificate": number})
    return Message(
        (
            *((note, "") if note else ()),
            # NOTE: Before a certificate is made.
            say("📜 <b>Which name shall stand on it?</b>"),
            # NOTE: Before a certificate is made: the name is printed on it and not kept.
            say("Write it as in your papers. I print it and forget it."),
        ),
        (
            # NOTE: Button: the certificate has a line to write one's name on by hand.
            (Button(label("✏️ Leave a line"), f"PF:{number}"),),
            (Button(label("◀️ Back"), f"Pc:{number}"),),
        ),
    )


async def typed(services: Services, reader: Reader, step: Mapping[str, object], text: str, now: datetime) -> Message:
    """The name was written: the paper comes, and the name is gone."""
    number = int(str(step["certificate"]))
    name = " ".join(clean(text).split())
    if not name or len(name) > NAME_LONGEST or any(letter.isdigit() for letter in name):
        # NOTE: A name for a certificate that cannot be one: {most} "60" characters at most.
        wrong = say("⚠️ Write a name, at most {most} letters and no numbers.", most=NAME_LONGEST)
        return await ask_name(services, reader, number, now, wrong)
    return await make(services, reader, number, name, now)


async def make(services: Services, reader: Reader, number: int, name: str, now: datetime) -> Message:
    """The certificate as a PDF; without a name it has a line for it."""
    if reader.person is None:
        return consent(services.guide)
    async with services.database.write() as tx:
        here = await standing.of(tx, services.guide, number, reader.person.id)
        step = reader.person.step or {}
        if "certificate" in step:
            await people.set_step(tx, services.community, reader.person.id, None)
    if here is None or not here.progress(now).attended:
        return await showing.cohort(services, reader, number, now)
    page = await asyncio.to_thread(typeset, "certificate", values(services, reader, here, name, now))
    file = re.sub(r"[^a-z0-9]+", "-", here.programme.id).strip("-")
    return Message(
        # NOTE: With a certificate as a file.
        (
            say("📜 <b>Your certificate</b>"),
            # NOTE: With a certificate: school, job centre and so on may see it.
            say("You can show it or print it. Your name stands only in this file."),
        ),
        ((Button(label("🎓 My group"), f"Pc:{number}"), Button(label("🎓 Programmes"), "P")),),
        document=Document(f"certificate-{file}.pdf", page, "application/pdf"),
        protect=True,
    )


def values(services: Services, reader: Reader, here: Standing, name: str, now: datetime) -> dict[str, Any]:
    """What stands on the paper: in Danish, and beside it in the reader's language."""
    attended = [each for each in here.kept if each.came]
    languages = list(dict.fromkeys((PAPER, reader.language)))
    return {
        "name": name,
        "name_rtl": any("\u0590" <= letter <= "\u08ff" for letter in name),
        "texts": [_said(services, here, attended, language, now) for language in languages],
        "community": services.guide.community.name,
        "organisation": _organisation(services, here),
        "example": here.activity.example,
    }


def _organisation(services: Services, here: Standing) -> str:
    found = services.guide.organisations.get(here.activity.organisation)
    return found.name if found else ""


def _said(
    services: Services, here: Standing, attended: list[Attendance], language: str, now: datetime
) -> dict[str, Any]:
    """One language's half of the paper."""

    def plain(text: Text) -> str:
        return say_plain(text, language, services.catalogues, services.names)

    place = services.guide.places[here.activity.place]
    hours = f"{sum(each.minutes for each in attended) / 60:g}"
    first, last = local_day(attended[0].start), local_day(attended[-1].start)
    whole = here.progress(now).complete
    return {
        "language": language,
        "rtl": language in RIGHT_TO_LEFT,
        # NOTE: Head of a certificate on paper.
        "head": plain(say("Certificate of attendance")),
        # NOTE: On a certificate, before the name of the programme; a line with the person's name stands above it.
        "took_part": plain(say("took part in")),
        "title": plain(_content(name_of(here.programme))),
        # NOTE: On a certificate: the whole programme, or so many of its sessions.
        "how_much": plain(say("The whole programme"))
        if whole
        else plain(say_many("{n} session", "{n} sessions", len(attended))),
        # NOTE: On a certificate: {hours} "12.5".
        "hours": plain(say("{hours} hours", hours=hours)),
        # NOTE: On a certificate: {town} "Ringe", {first} and {last} days with their year "01/12/2026".
        "where": plain(
            say("{town}, {first} to {last}", town=town(place), first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
        ),
        "themes": [
            {"theme": plain(_content(name_of(theme))), "day": f"{local_day(each.start):%d/%m/%Y}"}
            for each in attended
            if (theme := here.programme.theme(each.theme))
        ],
        # NOTE: On a certificate: {day} "02/02/2027".
        "issued": plain(say("Issued on {day}", day=f"{local_day(now):%d/%m/%Y}")),
    }


def _content(content: Content) -> Text:
    return say("{title}", title=content)
