"""Showing activities: the list of three, the card, the way there. What a person sees of one is decided here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from urllib.parse import quote

from bot.core.freshness import is_unconfirmed
from bot.core.model import Activity, Occurrence, Place, Reader, SignUp
from bot.core.nearby import Hit
from bot.core.pack import km_between
from bot.core.query import Query, day_code, encode
from bot.core.say import (
    Button,
    Content,
    Day,
    Distance,
    Listing,
    Message,
    Moment,
    Price,
    Rows,
    Span,
    Text,
    Value,
    Word,
    label,
    say,
    say_many,
)
from bot.core.schedule import local_day
from bot.core.waiting_list import free_seats, position
from bot.core.ways_on import PERSON
from bot.guide import Guide

AT_ONCE = 3
"""Activities in one bubble: what fits a small screen and a short breath."""


def title(activity: Activity) -> Content:
    return Content({language: text.title for language, text in activity.texts.items()}, activity.source)


def town(place: Place) -> Content:
    """The town in the reader's letters, and as it stands on the sign."""
    own = {
        language: f"{names[0]} ({place.name})"
        for language, names in place.names.items()
        if names and language not in {"da", "en"}
    }
    return Content({"da": place.name, "en": place.name, **own}, "da")


def spot(number: int, day: date) -> str:
    """An occurrence inside callback data."""
    return f"{number}:{day_code(day)}"


def listing(guide: Guide, reader: Reader, query: Query, hits: tuple[Hit, ...], heading: Text, *, more: bool) -> Message:
    """Up to three activities under a heading, a button for each, and what was understood with a tap to correct it."""
    lines: list[Text | str] = [heading]
    tiles: list[Button] = []
    for place_in_list, hit in enumerate(hits, 1):
        activity = guide.activities[hit.number]
        found = guide.occurrence(hit.number, hit.day)
        assert found is not None
        lines += ["", *summary(guide, activity, found, hit.km or 0.0, number=query.offset + place_in_list)]
        emoji = guide.topics.find("topic", activity.topics[0]).emoji if activity.topics else "▫️"
        tiles.append(
            Button(
                # NOTE: Button under a list, opens activity {number} of it: "2 ⚽".
                label("{number} {emoji}", number=query.offset + place_in_list, emoji=emoji),
                f"c:{spot(hit.number, hit.day)}:{encode(query)}",
            )
        )
    paging = _paging(query, more=more)
    rows = ([tuple(tiles)] if tiles else []) + ([paging] if paging else [])
    # NOTE: Button under a list and in the settings, opens weekly news: what is new near the reader, once a week.
    weekly = () if query.offset else ((Button(label("🗞 New each week"), f"W:{encode(query.kind)}"),),)
    return Message(lines, (*rows, *weekly, *corrections(query)))


def _paging(query: Query, *, more: bool) -> tuple[Button, ...]:
    back = replace(query, offset=max(0, query.offset - AT_ONCE))
    onward = replace(query, offset=query.offset + AT_ONCE)
    return (
        # NOTE: Button, back to what was shown before; also the previous page.
        *((Button(label("◀️ Back"), f"f:{encode(back)}"),) if query.offset else ()),
        # NOTE: Button under a list, turns to the next page.
        *((Button(label("▶️ More"), f"f:{encode(onward)}"),) if more else ()),
    )


def understood(guide: Guide, query: Query) -> Listing:
    """What was understood, in one line: topics, audience, days, part of the day, town."""
    parts: list[Value] = [Word("topic", each) for each in query.topics]
    # NOTE: Part of the line that says what was understood. {topic} "football".
    parts += [say("not {topic}", topic=Word("topic", each)) for each in query.without]
    parts += [Word("audience", each) for each in query.audience]
    if query.start:
        parts.append(_days(query.start, query.end or query.start))
    if query.part:
        parts.append(part_of_day(query.part))
    if query.time:
        parts.append(f"{query.time:%H:%M}")
    if query.place and query.place in guide.places:
        parts.append(town(guide.places[query.place]))
    return Listing(tuple(parts))


def corrections(query: Query) -> Rows:
    """A button for each part that was understood, which asks again without it."""
    fixes: list[Button] = []
    first = replace(query, offset=0)
    for topic in query.topics[:2]:
        less = replace(first, topics=tuple(each for each in query.topics if each != topic))
        # NOTE: Button, asks again without one part of what was understood. {part} "football", "children".
        fixes.append(Button(label("✖️ {part}", part=Word("topic", topic)), f"f:{encode(less)}"))
    if query.audience:
        less = replace(first, audience=())
        fixes.append(Button(label("✖️ {part}", part=Word("audience", query.audience[0])), f"f:{encode(less)}"))
    if query.start:
        less = replace(first, start=None, end=None, part=None, time=None)
        # NOTE: Button, asks again without the day.
        fixes.append(Button(label("📅 Any day"), f"f:{encode(less)}"))
    elif query.part or query.time:
        # NOTE: Button, asks again without the time of day.
        fixes.append(Button(label("🕐 Any time"), f"f:{encode(replace(first, part=None, time=None))}"))
    pairs = [tuple(fixes[at : at + 2]) for at in range(0, len(fixes), 2)]
    # NOTE: Button under a list, asks the same in another town.
    return (*pairs, (Button(label("🏘 Another town"), f"tq:{encode(first)}"), PERSON))


def part_of_day(part: str) -> Text:
    return {
        # NOTE: Part of the line that says what was understood: "football, in the morning, Ringe".
        "morning": say("in the morning"),
        # NOTE: Part of the line that says what was understood.
        "afternoon": say("in the afternoon"),
        # NOTE: Part of the line that says what was understood.
        "evening": say("in the evening"),
    }[part]


def _days(start: date, end: date) -> Value:
    # NOTE: Days that were understood: {first} "Saturday 28/11", {last} "Sunday 29/11".
    return Day(start) if start == end else say("{first} to {last}", first=Day(start), last=Day(end))


def summary(guide: Guide, activity: Activity, found: Occurrence, away: float, number: int) -> list[Text]:
    """One activity of a list, under its number there."""
    place = guide.places[activity.place]
    return [
        # NOTE: Head of an activity in a list: {number} "2", {title} "Madklub".
        say("<b>{number}. {title}</b>", number=number, title=title(activity)),
        # NOTE: When an activity is: {when} "Thursday 26/11 17:30–20:00".
        say("📅 {when}", when=Span(found.start, found.end)),
        # NOTE: Town and distance from the reader: {place} "Ringe", {distance} "2.3 km".
        say("📍 {place}, {distance}", place=town(place), distance=Distance(away)),
        # NOTE: {price} "free" or "35 kroner", {languages} spoken there: "Danish, Arabic".
        say("💰 {price} · 🗣 {languages}", price=Price(activity.price), languages=_languages(activity)),
        *_ask_for(activity),
    ]


def _languages(activity: Activity) -> Listing:
    return Listing(tuple(Word("language", each) for each in activity.languages or ("da",)))


def _ask_for(activity: Activity) -> list[Text]:
    if not activity.contact:
        return []
    # NOTE: Whom to look for when you come: {contact} "the trainer", "a volunteer at the door".
    return [say("👋 Ask for: {contact}", contact=Content(activity.contact, activity.source))]


def facts(guide: Guide, found: Occurrence) -> tuple[Text, ...]:
    """What, when, where: the lines of every notice about an occurrence."""
    activity = guide.activities[found.activity]
    return (
        say("<b>{title}</b>", title=title(activity)),
        say("📅 {when}", when=Span(found.start, found.end)),
        # NOTE: The town of an activity: {place} "Ringe".
        say("📍 {place}", place=town(guide.places[activity.place])),
        say("🚪 {venue}, {address}", venue=activity.venue.name, address=activity.venue.address),
    )


def card(
    guide: Guide,
    reader: Reader,
    found: Occurrence,
    seats: tuple[SignUp, ...],
    now: datetime,
    *,
    username: str,
    back: str = "",
    notes: tuple[Text, ...] = (),
) -> Message:
    """One occurrence as this reader sees it: what it is, their place in it, and what they can do. Notes stand first."""
    activity = guide.activities[found.activity]
    own = next((seat for seat in seats if reader.person and seat.person == reader.person.id), None)
    lines: list[Text | str] = [*notes, *([""] if notes else [])]
    # NOTE: An activity by its name: {title} "Madklub".
    lines += [say("<b>{title}</b>", title=title(activity))]
    # NOTE: What an activity is, as the organisation wrote it.
    lines += [say("{about}", about=_about(activity)), ""]
    lines += _facts(guide, reader, activity, found)
    if is_unconfirmed(activity.confirmed, now) and activity.confirmed:
        # NOTE: On an activity that its organiser has not confirmed for a long time: {day} "Thursday 26/11".
        lines.append(say("🕰 Not confirmed since {day}.", day=Day(local_day(activity.confirmed))))
    lines += _standing(activity, found, own, seats, guide.capacity(found.activity, guide.seat_day(found)), now)
    where = spot(found.activity, found.day)
    rows: list[tuple[Button, ...]] = [seen] if (seen := _to_see(activity, reader.language)) else []
    if found.state == "on" and found.start > now:
        rows += _choices(activity, own, where, now)
        if own and own.state == "going" and reader.language not in (activity.languages or ("da",)):
            # NOTE: Button on an activity that one is signed up for, and that is held in another language.
            rows.append((Button(label("🗣 I need an interpreter"), f"Ia:s{found.activity}.{day_code(found.day)}"),))
        # NOTE: “⏰ Remind me”: Button on an activity, asks when the bot shall remind. “🗺 The way”: sends the place as a
        # pin on the map.
        way_there = (Button(label("🗺 The way"), f"w:{where}"),) if activity.venue.exact else ()
        rows.append((*way_there, Button(label("⏰ Remind me"), f"r:{where}")))
        # NOTE: Button, sends an activity on to a friend in Telegram.
        rows.append((Button(label("📤 Share"), link=share_link(activity, reader.language, username)),))
    home = Button(label("◀️ Back"), f"f:{back}") if back else Button(label("🔎 More activities"), "near")
    return Message(lines, (*rows, (home, PERSON)))


def _to_see(activity: Activity, language: str) -> tuple[Button, ...]:
    """What can be seen and heard of it, each a tap away: pictures cost those who pay for data."""
    return (
        # NOTE: Button, sends an activity's picture.
        *((Button(label("🖼 Picture"), f"vp:{activity.number}"),) if activity.photo else ()),
        # NOTE: Button, sends a recording of an activity's text, for who reads little.
        *((Button(label("🔊 Listen"), f"vv:{activity.number}"),) if language in activity.voices else ()),
    )


def _about(activity: Activity) -> Content:
    return Content({language: text.about for language, text in activity.texts.items()}, activity.source)


def _facts(guide: Guide, reader: Reader, activity: Activity, found: Occurrence) -> list[Text | str]:
    place = guide.places[activity.place]
    away = km_between(guide.point(reader.place), (activity.venue.lat, activity.venue.lon))
    lines: list[Text | str] = [say("📅 {when}", when=Span(found.start, found.end))]
    if activity.sign_up == "course":
        # NOTE: On an activity that is a course of several times.
        lines.append(say("🔁 A course: one seat is for all the times."))
    lines += [
        say("📍 {place}, {distance}", place=town(place), distance=Distance(away)),
        # NOTE: Where it is: {venue} "Ringe Bibliotek", {address} "Algade 40, 5750 Ringe".
        say("🚪 {venue}, {address}", venue=activity.venue.name, address=activity.venue.address),
        say("💰 {price} · 🗣 {languages}", price=Price(activity.price), languages=_languages(activity)),
        *_ask_for(activity),
    ]
    if activity.example:
        # NOTE: On the demo's activities, which nobody can go to.
        lines.append(say("ℹ️ This is an example, not a real activity."))
    return lines


def _standing(
    activity: Activity,
    found: Occurrence,
    own: SignUp | None,
    seats: tuple[SignUp, ...],
    capacity: int | None,
    now: datetime,
) -> list[Text | str]:
    """Where the reader stands: a seat, a place in line, an offer; or how many seats there are."""
    if found.state == "cancelled":
        # NOTE: One time of an activity is not held; the others are.
        return ["", say("❌ <b>This time is cancelled.</b>")]
    if found.start <= now:
        # NOTE: On an activity that one can no longer sign up for.
        return ["", say("This has begun or is over.")]
    if own and own.state == "going":
        # NOTE: On an activity: the reader is signed up.
        # NOTE: On an activity: who opens the door ticks this number: {number} "4".
        return ["", say("✅ <b>You have a seat.</b>"), say("🎟 Your number at the door: {number}", number=own.door)]
    if own and own.state == "offered" and own.until and own.until > now:
        # NOTE: The reader may take a free seat: {until} "Thursday 26/11 12:00".
        return ["", say("🎟 <b>A seat is held for you until {until}.</b>", until=Moment(own.until))]
    if own and own.state == "waiting":
        # NOTE: The reader waits for a seat: {number} "2".
        return ["", say("⏳ <b>You are number {number} in line.</b>", number=position(seats, own.person) or 1)]
    if activity.state == "paused":
        # NOTE: On an activity that nobody has confirmed for so long that one cannot sign up.
        return ["", say("⏸ We are finding out whether this is still held.")]
    if activity.sign_up == "none":
        # NOTE: On an activity without sign-up.
        return ["", say("🚶 Just come: you need not sign up.")]
    free = free_seats(seats, capacity, now)
    if free is None:
        return []
    if free == 0:
        # NOTE: On an activity that is full; there is a waiting list.
        return ["", say("🪑 All seats are taken. You can stand in line.")]
    # NOTE: On an activity: seats that nobody has taken. Not about money.
    return ["", say_many("🪑 {n} free seat", "🪑 {n} free seats", free)]


def _choices(activity: Activity, own: SignUp | None, where: str, now: datetime) -> Rows:
    if activity.programme and not (own and own.state in ("offered", "cancelled")):
        # NOTE: Button, opens a group of a programme: its sessions, themes, one's seat.
        return ((Button(label("🎓 The programme"), f"Pc:{activity.number}", style="yes"),),)
    if own and own.state == "going":
        return (
            # NOTE: “❌ I cannot come”: gives one's seat back. “📅 Calendar”: sends a file for the phone's calendar.
            (Button(label("❌ I cannot come"), f"x:{where}", style="no"), Button(label("📅 Calendar"), f"ics:{where}")),
        )
    if own and own.state == "offered" and own.until and own.until > now:
        return (
            (
                # NOTE: Button, takes the seat that is held.
                Button(label("✅ Yes, I will come"), f"o:{where}:y", style="yes"),
                # NOTE: Button, gives the seat that is held to the next person.
                Button(label("❌ No, thank you"), f"o:{where}:n", style="no"),
            ),
        )
    if own and own.state == "waiting":
        # NOTE: Button, gives up the place on the waiting list.
        return ((Button(label("❌ Leave the line"), f"x:{where}", style="no"),),)
    if own and own.state == "cancelled" and own.until and own.until > now:
        # NOTE: Button, takes back the cancelling; works for ten minutes.
        return ((Button(label("↩️ Undo"), f"u:{where}"),),)
    if activity.sign_up == "none" or activity.state == "paused":
        return ()
    # NOTE: Button, signs up for an activity.
    return ((Button(label("✅ I will come"), f"j:{where}", style="yes"),),)


def share_link(activity: Activity, language: str, username: str) -> str:
    """Telegram's own share sheet, with a link that opens the activity. Only public activities are shared so."""
    text = (activity.texts.get(language) or activity.texts[activity.source]).title
    target = f"https://t.me/{username}?start=a_{activity.number}"
    return f"https://t.me/share/url?url={quote(target)}&text={quote(text)}"


def way(guide: Guide, number: int) -> Message:
    """The venue as a pin on the phone's own map; where nobody has given the point, its address in words."""
    venue = guide.activities[number].venue
    if not venue.exact:
        return Message((say("🚪 {venue}, {address}", venue=venue.name, address=venue.address),))
    return Message((), venue=venue)
