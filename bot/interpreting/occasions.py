"""What an interpreter can be needed for, and who may ask: a seat, a first meeting, a coordinator's case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.activities import spot
from bot.core.interpreting.model import Task
from bot.core.model import Reader
from bot.core.network.model import Match
from bot.core.query import coded_day
from bot.core.say import Button, label
from bot.interpreting.following import FIRST_MEETING
from bot.network.first_meetings import public_place
from bot.services import Services
from bot.store import cases, network, people, signups
from bot.store.database import Tx

DANISH = "da"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What may be asked for: its natural key, the task as it would be (state and number aside), and the way back.

    `ready` is false for a case: its time and place are still to be said.
    """

    key: str
    task: Task
    back: Button
    seat_day: date | None = None
    ready: bool = True


async def occasion_of(tx: Tx, services: Services, reader: Reader, what: str, now: datetime) -> Occasion | None:
    """What this button is about (`s12.fuy2` a seat, `m7` a match, `c5` a case), for who may ask for it.

    None for anybody else, and where it is over.
    """
    try:
        kind, (number, *day) = what[:1], what[1:].split(".")
        if kind == "s":
            return await _of_seat(tx, services, reader, int(number), coded_day(day[0]), now)
        if kind == "m":
            return await _of_match(tx, services, reader, int(number), now)
        return await _of_case(tx, services, reader, int(number), now) if kind == "c" else None
    except (ValueError, IndexError):
        return None


async def _of_seat(
    tx: Tx, services: Services, reader: Reader, number: int, day: date, now: datetime
) -> Occasion | None:
    found, person = services.guide.occurrence(number, day), reader.person
    if found is None or person is None or found.state != "on" or found.start <= now:
        return None
    seat_day = services.guide.seat_day(found)
    seat = await signups.one(tx, services.community, number, seat_day, person.id)
    if seat is None or seat.state != "going":
        return None
    activity = services.guide.activities[number]
    other = DANISH if DANISH in (activity.languages or (DANISH,)) else activity.languages[0]
    task = Task(
        id=0,
        kind="seat",
        person=person.id,
        language=reader.language,
        other=other,
        start=found.start,
        end=found.end,
        state="looking",
        made=now,
        where=f"{activity.venue.name}, {activity.venue.address}",
        point=(activity.venue.lat, activity.venue.lon),
        activity=number,
        day=day,
    )
    return Occasion(f"s{number}/{day}/{person.id}", task, Button(label("◀️ Back"), f"c:{spot(number, day)}:"), seat_day)


async def _of_match(tx: Tx, services: Services, reader: Reader, number: int, now: datetime) -> Occasion | None:
    match, person = await network.find_match(tx, services.community, number), reader.person
    meeting = match.notes.get("meeting") if match else None
    if match is None or person is None or match.state != "active" or not isinstance(meeting, dict):
        return None
    start = datetime.fromisoformat(meeting["at"])
    mine = person.id in (match.newcomer, match.volunteer)
    if start <= now or not (mine or reader.coordinates):
        return None
    request = await network.one_request(tx, services.community, match.request, services.guide.point)
    point = request.point if request else services.guide.community.centre
    venue = public_place(services.guide, point)
    task = Task(
        id=0,
        kind="first",
        person=person.id,
        language=await _language(tx, services, match),
        other=DANISH,
        start=start,
        end=start + FIRST_MEETING,
        state="looking",
        made=now,
        where=f"{meeting['venue']}, {meeting['address']}",
        point=(venue.lat, venue.lon),
        guarded=request is not None and request.guarded,
        match=number,
    )
    back = Button(label("◀️ Back"), f"nm:{number}" if mine else f"Nx:{number}")
    return Occasion(f"m{number}", task, back)


async def _language(tx: Tx, services: Services, match: Match) -> str:
    found = await people.by_ids(tx, services.community, [match.newcomer])
    return found[match.newcomer].language if match.newcomer in found else DANISH


async def _of_case(tx: Tx, services: Services, reader: Reader, number: int, now: datetime) -> Occasion | None:
    """Time and place are a coordinator's to say; who asked there is not named."""
    case = await cases.one(tx, services.community, number) if reader.coordinates else None
    if case is None or reader.person is None:
        return None
    asker = (await people.by_ids(tx, services.community, [case.person])).get(case.person)
    point = services.guide.point(asker.place if asker else None)
    language = asker.language if asker else DANISH
    task = Task(0, "case", reader.person.id, language, DANISH, now, now, "looking", now, point=point, case=number)
    return Occasion(f"c{number}", task, Button(label("◀️ Back"), f"hv:{number}"), ready=False)
