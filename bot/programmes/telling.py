"""What the notices of programmes say, and what other notices say where a session of a programme is concerned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.activities import facts, spot
from bot.core.model import Occurrence
from bot.core.programmes.model import Session
from bot.core.programmes.sessions import is_theirs
from bot.core.rights import may_lead
from bot.core.say import Button, Line, Message, Moment, Rows, Text, label, say, say_many
from bot.core.ways_on import PERSON
from bot.programmes import standing
from bot.programmes.leading import visitors_by_number
from bot.programmes.visiting import offer_rows, offers_lines
from bot.programmes.words import called_off, name_of, when
from bot.store import programmes

if TYPE_CHECKING:  # it imports us
    from bot.programmes.standing import Standing
    from bot.telling import Tell, Telling


async def is_for(telling: Telling, found: Occurrence) -> bool:
    """Whether a time is the reader's: of a programme one takes part in some sessions only."""
    activity = telling.guide.activities[found.activity]
    programme = telling.guide.programmes.get(activity.programme)
    if programme is None:
        return True
    chosen = await programmes.chosen(telling.tx, telling.guide.community.id, found.activity, telling.person.id)
    return is_theirs(programme, activity, found.day, chosen)


def theme_line(telling: Telling, found: Occurrence) -> tuple[Text, ...]:
    """The theme of a session, for a reminder of it; nothing for any other activity."""
    session = _session(telling, found.activity, found.day)
    if session is None:
        return ()
    # NOTE: What a session of a programme is about: {theme} "Home and neighbours".
    return (say("📚 {theme}", theme=name_of(session.theme)),)


def _session(telling: Telling, number: int, day: date) -> Session | None:
    return next((each for each in telling.guide.sessions(number) if each.day == day), None)


async def _here(telling: Telling, number: int) -> Standing | None:
    return await standing.of(telling.tx, telling.guide, number, telling.person.id)


async def after_session(telling: Telling, found: Occurrence) -> Message | None:
    """The day after: who missed it is told when it is held again; who came, or was not ticked, is left in peace."""
    here, session = await _here(telling, found.activity), _session(telling, found.activity, found.day)
    if (
        here is None
        or session is None
        or here.seat is None
        or session.theme.id not in here.progress(telling.now).missing
    ):
        return None
    again = await standing.again(telling.tx, telling.guide, here, session.theme.id, telling.person, telling.now)
    lines: list[Line] = [
        say("💛 <b>We missed you</b>"),
        when(session),
        # NOTE: To somebody who missed a session of a programme. Warm, no blame.
        say("That can happen. You can take it another time."),
        *offers_lines(telling.guide, again),
    ]
    return Message(lines, (*offer_rows(again), _to(here.number)))


async def session_cancelled(telling: Telling, found: Occurrence) -> Message | None:
    """A session of the reader's is called off; where its theme is held again it is offered at once."""
    here, session = await _here(telling, found.activity), _session(telling, found.activity, found.day)
    if here is None or session is None:
        return None
    again = await standing.again(telling.tx, telling.guide, here, session.theme.id, telling.person, telling.now)
    own = [each for each in here.own if each.is_on and each.theme.id == session.theme.id]
    lines: list[Line] = [say("❌ <b>Cancelled</b>"), *facts(telling.guide, found)[:1], called_off(session)]
    if not any(each.occurrence.start > telling.now for each in own):
        lines += offers_lines(telling.guide, again)
        return Message(lines, (*offer_rows(again), _to(here.number)))
    return Message(lines, (_to(here.number),))


def _to(number: int) -> tuple[Button, ...]:
    return (Button(label("🎓 My group"), f"Pc:{number}"), PERSON)


def ways_on(found: Occurrence) -> Rows:
    """Under a reminder of a session: one evening is missed or not, the seat in the programme stays."""
    way = Button(label("🗺 The way"), f"w:{spot(found.activity, found.day)}")
    return ((way, Button(label("🎓 My group"), f"Pc:{found.activity}")), (PERSON,))


async def choose_themes(telling: Telling) -> Message | None:
    """Some days after they took a seat: the themes are still to be chosen."""
    here = await _here(telling, telling.number)
    if here is None or here.seat is None or here.seat.state != "going":
        return None
    left = here.programme.choose - len(here.chosen)
    if left <= 0 or here.coming(telling.now) is None:
        return None
    return Message(
        (
            say("🎓 <b>{title}</b>", title=name_of(here.programme)),
            say_many("🎯 Choose {n} more theme.", "🎯 Choose {n} more themes.", left),
        ),
        ((Button(label("🎯 Choose themes"), f"Pt:{here.number}", style="yes"),), _to(here.number)),
    )


async def programme_changed(telling: Telling) -> Message | None:
    """The pack has another plan for the cohort: all that is ahead, what is new with a mark."""
    here = await _here(telling, telling.number)
    if here is None or here.seat is None:
        return None
    if telling.content.get("off"):
        again = (Button(label("🎓 Programmes"), "P"), PERSON)
        # NOTE: A whole group of a programme is not held: {title} "New in Denmark".
        off = say("The group of {title} is not held. We are sorry.", title=name_of(here.programme))
        return Message((say("❌ <b>Cancelled</b>"), off), (again,))
    new = set(telling.content.get("days", ()))
    lines: list[Line] = [
        # NOTE: Head: the plan of a group in which the reader takes part was changed.
        say("📝 <b>The plan has changed</b>"),
        say("🎓 <b>{title}</b>", title=name_of(here.programme)),
    ]
    if "venue" in telling.content:
        venue = here.activity.venue
        lines += [say("📍 <b>New place</b>"), say("🚪 {venue}, {address}", venue=venue.name, address=venue.address)]
    lines.append("")
    for session in here.own:
        if session.occurrence.start > telling.now and session.is_on:
            # NOTE: A session that is new or was moved: {session} "📅 Thursday 26/11 17:30–20:00 · Home".
            marked = say("🆕 {session}", session=when(session)) if session.day.isoformat() in new else when(session)
            lines.append(marked)
    leave = Button(label("❌ Leave the programme"), f"Px:{here.number}", style="no")
    return Message(lines, (_to(here.number), (leave,)))


async def visit_reminder(telling: Telling) -> Message | None:
    """The day before, and two hours before, a missed theme is taken in another group; with the number at the door."""
    number, day = telling.number, telling.seat_day
    session = _session(telling, number, day)
    known = await programmes.of_session(telling.tx, telling.guide.community.id, number, day)
    mine = known.get(telling.person.id)
    if session is None or not session.is_on or mine is None or not mine.visit or mine.came is not None:
        return None
    visitors = visitors_by_number([person for person, each in known.items() if each.visit])
    door = next(at for person, at, _ in visitors if person == telling.person.id)
    soon = telling.notice.kind == "visit_two_hours"
    venue = telling.guide.activities[number].venue
    return Message(
        (
            say("⏰ <b>Soon</b>") if soon else say("⏰ <b>Tomorrow</b>"),
            *facts(telling.guide, session.occurrence),
            *theme_line(telling, session.occurrence),
            say("🎟 Your number at the door: {number}", number=door),
        ),
        (
            # NOTE: Button under a reminder, gives the seat to the next person.
            (Button(label("👎 I cannot"), f"Py:{spot(number, day)}", style="no"),),
            (Button(label("🗺 The way"), f"w:{spot(number, day)}"), PERSON),
        ),
        venue=venue if soon and venue.exact else None,
    )


async def visit_changed(telling: Telling) -> Message | None:
    """A session that the reader visits was moved, or called off."""
    session = _session(telling, telling.number, telling.seat_day)
    old = datetime.fromisoformat(telling.content["old"])
    home = (Button(label("🎓 Programmes"), "P"), PERSON)
    if session is None or not session.is_on:
        programme = telling.guide.programmes.get(str(telling.content.get("programme")))
        theme = programme.theme(str(telling.content.get("theme"))) if programme else None
        if theme is None:
            return None
        # NOTE: A session of another group is not held: {when} "Thursday 26/11 17:30", {theme} "Home".
        gone = say("{when} · {theme}. We write to you when it is held again.", when=Moment(old), theme=name_of(theme))
        return Message((say("❌ <b>Cancelled</b>"), gone), (home,))
    before = say("Before it was {when}.", when=Moment(old))
    return Message((say("📅 <b>New time</b>"), when(session), before), (home,))


async def theme_again(telling: Telling) -> Message | None:
    """A theme that somebody missed is held again at last."""
    here = await _here(telling, telling.number)
    name = str(telling.content["theme"])
    if here is None or name not in here.progress(telling.now).missing:
        return None
    again = await standing.again(telling.tx, telling.guide, here, name, telling.person, telling.now)
    theme = here.programme.theme(name)
    if not again or theme is None:
        return None
    # NOTE: To somebody who missed a theme that is held again now: {theme} "Home".
    head = say("🔁 <b>{theme} is held again</b>", theme=name_of(theme))
    return Message((head, *offers_lines(telling.guide, again)), (*offer_rows(again), _to(here.number)))


async def certificate(telling: Telling) -> Message | None:
    """The cohort is over: there is a certificate, and what was missed can still be taken."""
    here = await _here(telling, telling.number)
    if here is None:
        return None
    done = here.progress(telling.now)
    if not done.attended:
        return None
    lines: list[Line] = [
        say("🎓 <b>{title}</b>", title=name_of(here.programme)),
        # NOTE: After the last evening of a programme.
        say("Well done! You took part in everything.")
        if done.complete
        else say_many("You took part in {n} theme.", "You took part in {n} themes.", len(done.attended)),
    ]
    missing = [theme for each in done.missing if (theme := here.programme.theme(each))]
    # NOTE: Button: when a missed theme is held again: {theme} "Home".
    rows = [(Button(label("🔁 {theme}", theme=name_of(each)), f"Pw:{here.number}:{each.id}"),) for each in missing[:3]]
    return Message(
        lines,
        ((Button(label("📜 Certificate"), f"Pf:{here.number}", style="yes"),), *rows, _to(here.number)),
    )


async def tick_session(telling: Telling) -> Message | None:
    """To a trainer, the morning after: nobody is ticked yet, and certificates hang on it."""
    session = _session(telling, telling.number, telling.seat_day)
    if session is None or not may_lead(telling.person, telling.guide.activities[telling.number]):
        return None
    known = await programmes.of_session(telling.tx, telling.guide.community.id, telling.number, telling.seat_day)
    if any(each.came is not None for each in known.values()):
        return None
    return Message(
        (
            # NOTE: To a trainer, the day after a session.
            say("🚪 <b>Who came?</b>"),
            *facts(telling.guide, session.occurrence)[:1],
            when(session),
            # NOTE: To a trainer: why they are asked to tick who came.
            say("Who missed it is offered another time, and the certificate needs it."),
        ),
        ((Button(label("🚪 At the door"), f"Pa:{spot(telling.number, session.day)}", style="yes"),),),
    )


KINDS: Mapping[str, Tell] = {
    "choose_themes": choose_themes,
    "programme_changed": programme_changed,
    "visit_day_before": visit_reminder,
    "visit_two_hours": visit_reminder,
    "visit_changed": visit_changed,
    "theme_again": theme_again,
    "certificate": certificate,
    "tick_session": tick_session,
}
