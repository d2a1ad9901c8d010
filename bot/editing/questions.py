"""The questions of the form: each with taps for what is usual, and most can be typed as well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from bot.activities import town
from bot.core.activity_record import venue_record
from bot.core.editing import Edit, first_days
from bot.core.model import Reader, Venue
from bot.core.query import code, day_code
from bot.core.rights import coordinates, organisations
from bot.core.say import Button, Content, Day, Message, Text, Value, Word, label, say
from bot.editing.in_words import monthly_name, repeats_name, sign_up_name
from bot.guide import Guide

AT_ONCE = 8
TOGGLED = {"topics": "topic", "audience": "audience", "languages": "language"}
SEATS = (8, 10, 12, 15, 20, 30)
PRICES = (0, 20, 50, 100)
REPEATS = ("weekly", "odd_weeks", "even_weeks", "monthly", "once")
SIGN_UPS = ("each", "course", "none")


def question(
    guide: Guide, reader: Reader, edit: Edit, step: str, today: date, *, page: int = 0, notes: Sequence[Text] = ()
) -> Message:
    """One question of the form."""
    head, *more = _words(step)
    rows = [*_choices(guide, reader, edit, step, today, page)]
    if step in TOGGLED:
        chosen = edit.values.get(step)
        if chosen or step == "audience":
            everyone = step == "audience" and not chosen
            # NOTE: “👥 For everyone”: an activity is for all. “▶️ Go on”: the next question of a form.
            onward = label("👥 For everyone") if everyone else label("▶️ Go on")
            rows.append((Button(onward, f"ez:{edit.id}:{step}", style="yes"),))
    # NOTE: Button, shows the whole form.
    rows.append((Button(label("📋 The form"), f"e:{edit.id}"),))
    return Message((*notes, *([""] if notes else []), head, *more), tuple(rows))


def _words(step: str) -> tuple[Text, ...]:
    """What is asked, and how it may be answered."""
    return {
        "organisation": (say("🏢 <b>Who holds it?</b>"), say("Tap, or write the association's name.")),
        "title": (say("✏️ <b>What is it called?</b>"), say("Write at most 40 characters, such as: Madklub.")),
        "about": (
            say("✏️ <b>What is it?</b>"),
            say("Write one or two short sentences, at most 200 characters. No dates, they follow."),
        ),
        "repeats": (say("🔁 <b>How often?</b>"),),
        "first": (say("📅 <b>Which day is the first?</b>"), say("Tap, or write it, such as: 3/12.")),
        "hours": (say("🕐 <b>From when to when?</b>"), say("Write it, such as: 17.30-20.")),
        "until": (say("🏁 <b>Which day is the last?</b>"), say("Tap, or write it, such as: 24/6.")),
        "place": (say("🏘 <b>In which town?</b>"), say("Tap, or write its name.")),
        "venue": (say("🚪 <b>Where is it?</b>"), say("Tap, or write: what stands on the door, street and number.")),
        "topics": (say("🏷 <b>What is it about?</b>"), say("Tap one or several.")),
        "audience": (say("👥 <b>Is it only for some?</b>"), say("Leave it open if everyone may come.")),
        "languages": (say("🗣 <b>Which languages are spoken there?</b>"),),
        "price": (say("💰 <b>What does it cost?</b>"), say("Tap, or write kroner.")),
        "sign_up": (say("🎟 <b>How does one sign up?</b>"),),
        "capacity": (say("🪑 <b>How many seats are there?</b>"), say("Tap, or write a number.")),
        "contact": (
            say("👋 <b>Whom does one ask for at the door?</b>"),
            say("Tap, or write a role, such as: the trainer. No name and no number."),
        ),
    }[step]


Row = tuple[Button, ...]


def _choices(guide: Guide, reader: Reader, edit: Edit, step: str, today: date, page: int) -> Iterable[Row]:
    """The taps of a question."""
    match step:
        case "organisation":
            return _organisations(guide, reader, edit, page)
        case "repeats":
            return _pairs(_tap(edit, step, repeats_name(each), each) for each in REPEATS)
        case "first":
            return _first_days(edit, today, page)
        case "until":
            return _ends(edit, today)
        case "place":
            return _towns(guide, edit, page)
        case "venue":
            return _pairs((_tap(edit, step, f"{each.name}", venue_code(each)) for each in venues(guide, edit)), 1)
        case "topics" | "audience" | "languages":
            return _toggles(guide, edit, step, page)
        case "price":
            free = [_tap(edit, step, say("free") if not each else str(each), str(each)) for each in PRICES]
            return _pairs(free, 4)
        case "sign_up":
            return _pairs((_tap(edit, step, sign_up_name(each), each) for each in SIGN_UPS), 1)
        case "capacity":
            no_limit = _tap(edit, step, say("no limit"), "-")
            return [*_pairs((_tap(edit, step, str(each), str(each)) for each in SEATS), 3), (no_limit,)]
        case "contact":
            return _contacts(guide, edit)
        case _:
            return ()


def _tap(edit: Edit, step: str, shown: Value, value: str) -> Button:
    # NOTE: Button, an answer in a form: {value} "every week", "Ringe", "20".
    return Button(label("{value}", value=shown), f"es:{edit.id}:{step}:{value}")


def _pairs(buttons: Iterable[Button], across: int = 2) -> list[Row]:
    found = list(buttons)
    return [tuple(found[at : at + across]) for at in range(0, len(found), across)]


def _paged(edit: Edit, step: str, buttons: Sequence[Button], page: int, across: int = 2) -> list[Row]:
    """A page of them, and the ways to the pages before and after."""
    shown = buttons[page * AT_ONCE : (page + 1) * AT_ONCE]
    turn = (
        *((Button(label("◀️ Back"), f"ef:{edit.id}:{step}:{page - 1}"),) if page else ()),
        *((Button(label("▶️ More"), f"ef:{edit.id}:{step}:{page + 1}"),) if len(buttons) > (page + 1) * AT_ONCE else ()),
    )
    return [*_pairs(shown, across), *((turn,) if turn else ())]


def _organisations(guide: Guide, reader: Reader, edit: Edit, page: int) -> list[Row]:
    """Those whose activities the person may change come alone; to a coordinator and a proposer all."""
    own = organisations(reader.person) if not coordinates(reader.person) else frozenset()
    found = sorted((each for each in guide.organisations.values() if not own or each.id in own), key=lambda o: o.name)
    return _paged(edit, "organisation", [_tap(edit, "organisation", o.name, code(o.id, 4)) for o in found], page, 1)


def _first_days(edit: Edit, today: date, page: int) -> list[Row]:
    schedule = edit.values.get("schedule", {})
    shown = first_days(schedule.get("repeats", "once"), today, page, AT_ONCE)
    rows = _pairs(_tap(edit, "first", Day(day), day_code(day)) for day in shown)
    back = (Button(label("◀️ Back"), f"ef:{edit.id}:first:{page - 1}"),) if page else ()
    rows.append((*back, Button(label("▶️ More"), f"ef:{edit.id}:first:{page + 1}")))
    if schedule.get("nth") in (4, -1) and "first" in schedule:
        which = -1 if schedule["nth"] == 4 else 4
        first = date.fromisoformat(schedule["first"])
        if (first + timedelta(days=7)).month != first.month and first.day <= 28:
            rows.append((_tap(edit, "repeats", monthly_name(which), f"monthly.{which}"),))
    return rows


def _ends(edit: Edit, today: date) -> list[Row]:
    """The ends of the two terms, and none: a course needs one."""
    schedule = edit.values.get("schedule", {})
    first = max(today, date.fromisoformat(schedule["first"])) if "first" in schedule else today
    terms = sorted(next_after(first, month, day) for month, day in ((6, 24), (12, 18)))
    rows = _pairs(_tap(edit, "until", Day(each), day_code(each)) for each in terms)
    return [*rows, (_tap(edit, "until", say("no end"), "-"),)]


def next_after(day: date, month: int, of_month: int) -> date:
    """The next such date after a day."""
    this = date(day.year, month, of_month)
    return this if this > day else date(day.year + 1, month, of_month)


def _towns(guide: Guide, edit: Edit, page: int) -> list[Row]:
    held: dict[str, int] = {}
    for activity in guide.activities.values():
        held[activity.place] = held.get(activity.place, 0) + 1
    found = sorted(guide.places.values(), key=lambda place: (-held.get(place.id, 0), place.name))
    return _paged(edit, "place", [_tap(edit, "place", town(each), code(each.id, 3)) for each in found], page)


def venues(guide: Guide, edit: Edit) -> list[Venue]:
    """Where something is held in this town already, each once, what the organisation uses first."""
    place, owner = edit.values.get("place"), edit.values.get("organisation")
    found = [each for each in guide.activities.values() if each.place == place]
    found.sort(key=lambda each: (each.organisation != owner, each.venue.name))
    return list({str(venue_record(each.venue)): each.venue for each in found}.values())[:AT_ONCE]


def venue_code(venue: Venue) -> str:
    return code(str(venue_record(venue)), 5)


def contacts(guide: Guide, edit: Edit) -> list[dict[str, str]]:
    """Roles that are asked for elsewhere, with their words in every language, the organisation's own first."""
    owner = edit.values.get("organisation")
    found = [each for each in guide.activities.values() if each.contact]
    found.sort(key=lambda each: each.organisation != owner)
    return list({str(sorted(each.contact.items())): dict(each.contact) for each in found}.values())[:AT_ONCE]


def contact_code(contact: dict[str, Any]) -> str:
    return code(str(sorted(contact.items())), 5)


def _contacts(guide: Guide, edit: Edit) -> list[Row]:
    known = [_tap(edit, "contact", Content(each, "da"), contact_code(each)) for each in contacts(guide, edit)]
    return [*_pairs(known), (_tap(edit, "contact", say("nobody in particular"), "-"),)]


def _toggles(guide: Guide, edit: Edit, step: str, page: int) -> list[Row]:
    kind = TOGGLED[step]
    chosen = edit.values.get(step) or []
    shown = []
    for each in guide.topics.of(kind):  # type: ignore[arg-type] # one of its kinds
        mark = "✅" if each.id in chosen else each.emoji or "▫️"
        word = Word(kind, each.id)  # type: ignore[arg-type] # one of its kinds
        # NOTE: Button, one of several to choose in a form: {mark} "✅", {word} "football".
        shown.append(
            Button(label("{mark} {word}", mark=mark, word=word), f"et:{edit.id}:{step}:{code(each.id)}:{page}")
        )
    return _paged(edit, step, shown, page)
