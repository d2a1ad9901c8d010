"""Activities and door lists as files: for an operator, a coordinator, an organiser of their own; and for everyone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.core.model import Activity, Reader
from bot.core.rights import may_edit, may_organise
from bot.core.say import Document, Message, say
from bot.core.schedule import ZONE, local_day
from bot.core.waiting_list import door_list
from bot.guide import Guide
from bot.services import Services
from bot.sheets.columns import LANGUAGES
from bot.sheets.writing import NAMES, XLSX, Row, activity_rows, as_xlsx
from bot.store import signups
from bot.store.database import Tx

AHEAD = timedelta(days=14)
SEATS = {
    "da": {"going": "plads", "waiting": "venteliste"},
    "en": {"going": "seat", "waiting": "waiting list"},
    "ar": {"going": "مقعد", "waiting": "قائمة الانتظار"},
    "ti": {"going": "ቦታ", "waiting": "ዝርዝር ተጸባዪ"},
}
"""What a door list says of each person, by language."""

DOOR = {
    "da": ("Dørliste", ("Aktivitet", "Dag", "Fra kl.", "Nummer", "Sprog", "Plads")),
    "en": ("Door list", ("Activity", "Day", "From", "Number", "Language", "Seat")),
    "ar": ("قائمة الباب", ("النشاط", "اليوم", "من الساعة", "الرقم", "اللغة", "المقعد")),
    "ti": ("ዝርዝር ማዕጾ", ("ንጥፈት", "መዓልቲ", "ካብ ሰዓት", "ቁጽሪ", "ቋንቋ", "ቦታ")),
}


async def for_coordinator(services: Services, reader: Reader, now: datetime) -> Message | None:
    """A book with the activities that the reader looks after and their door lists; None for who looks after none.

    The door lists name nobody: the bot knows no names. They say how many come, and in which languages.
    """
    if not may_organise(reader.person):
        return None
    guide = services.guide
    theirs = [each for each in guide.activities.values() if may_edit(reader.person, each.organisation)]
    language = reader.language if reader.language in LANGUAGES else "en"
    async with services.database.read() as tx:
        doors = await door_rows(tx, guide, theirs, language, now)
    sheets = {NAMES[language][0]: activity_rows(theirs, language, names_of(guide)), DOOR[language][0]: doors}
    content = as_xlsx(sheets, rtl=language == "ar")
    return Message(
        # NOTE: To a coordinator, with a file of activities and door lists.
        (say("📄 Activities, and who comes in the next two weeks."),),
        document=Document(f"brobot-{local_day(now):%Y-%m-%d}.xlsx", content, XLSX),
        protect=True,
    )


def names_of(guide: Guide) -> dict[str, str]:
    """The names of places and organisations by id."""
    places = {each.id: each.name for each in guide.places.values()}
    return {**places, **{each.id: each.name for each in guide.organisations.values()}}


async def door_rows(
    tx: Tx, guide: Guide, activities: Iterable[Activity], language: str, now: datetime, ahead: timedelta = AHEAD
) -> list[Row]:
    """A row for each seat of the coming times: no name, the number on their card, the language of who comes."""
    rows: list[Row] = [DOOR[language][1]]
    for activity in activities:
        text = activity.texts.get(language) or activity.texts.get(activity.source)
        for each in guide.coming(activity.number, now - timedelta(hours=6), now + ahead):
            seats = await signups.of_occurrence(tx, guide.community.id, activity.number, guide.seat_day(each))
            spoken = await signups.languages_of(tx, guide.community.id, [seat.person for seat in seats])
            start = each.start.astimezone(ZONE)
            when = (text.title if text else activity.id, f"{start:%d/%m/%Y}", f"{start:%H:%M}")
            listed = [*door_list(seats), *(seat for seat in seats if seat.state == "waiting")]
            rows += [
                (
                    *when,
                    seat.door or None,
                    _language(guide, spoken.get(seat.person, ""), language),
                    SEATS[language][seat.state],
                )
                for seat in dict.fromkeys(listed)
            ]
    return rows


def _language(guide: Guide, spoken: str, language: str) -> str:
    """A language's name in the language of the list."""
    if spoken not in guide.topics.ids("language"):
        return spoken
    return guide.topics.find("language", spoken).names.get(language, spoken)
