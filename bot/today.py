"""`/today`: what needs a coordinator, the oldest first, with a button to each. A source is one function in SOURCES,
under the letter that names it in a button."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.activities import spot, title
from bot.cases import not_yours, showing
from bot.cases.showing import in_a_line
from bot.core.editing import upcoming
from bot.core.freshness import ASKED_AFTER, SILENT_AFTER, is_unconfirmed
from bot.core.meetings.model import Meeting
from bot.core.meetings.steps import late
from bot.core.model import Activity, Reader
from bot.core.network.model import SUGGESTED
from bot.core.say import Button, Day, Listing, Message, Moment, Span, Text, Word, label, say, say_many
from bot.core.schedule import local_day
from bot.core.today import AT_ONCE, Found, Todo, capped, oldest_first, page_of, quiet
from bot.editing.translators import wanting
from bot.guide import Guide
from bot.interpreting import wanted
from bot.knowledge import approving
from bot.people import main_menu
from bot.services import Services
from bot.store import announcements, cases, edits, meetings, network, notices, people, signups
from bot.store.database import Tx
from bot.subscriptions import trouble_line, troubles

WEEK = timedelta(days=7)
PAPERS_LOOKED_FOR = timedelta(days=60)
FEW = 3
"""Sign-ups under which an activity of the coming week needs a look."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a source may look at."""

    tx: Tx
    guide: Guide
    languages: tuple[str, ...]
    now: datetime

    @property
    def community(self) -> str:
        return self.guide.community.id


Source = Callable[[Look], Awaitable[Found]]


async def waiting_cases(look: Look) -> Found:
    """Who waits for an answer."""
    found = [each for each in await cases.all_open(look.tx, look.community) if each.waits_since is not None]
    askers = await people.by_ids(look.tx, look.community, {each.person for each in found})
    rows = [
        Todo(
            each.waits_since or each.opened_at,
            # NOTE: In the list of what needs a coordinator today: {case} "No. 12 · Arabic · Ringe", {what} "asks for a
            # person".
            say("🙋 {case}: {what}", case=in_a_line(look.guide, each, askers[each.person]), what=showing.what(each)),
            _to(f"hv:{each.id}"),
            each.urgent,
        )
        for each in found
    ]
    # NOTE: In the list of what needs a coordinator today: people who wait for an answer.
    return Found(say("🙋 Cases"), rows)


async def new_volunteers(look: Look) -> Found:
    """Volunteers whom nobody has spoken with."""
    found = await network.list_volunteers(look.tx, look.community, look.guide.point)
    rows = [
        # NOTE: In the list of what needs a coordinator today: {number} "7".
        Todo(each.since, say("💛 New volunteer no. {number}", number=each.person), _to(f"Nw:{each.person}"))
        for each in found
        if each.state == "new"
    ]
    # NOTE: In the list of what needs a coordinator today.
    return Found(say("💛 Volunteers"), rows)


async def suggestions(look: Look) -> Found:
    """Matches that are suggested and not looked at: one row, as old as the oldest."""
    found = await network.list_matches(look.tx, look.community, states=SUGGESTED)
    # NOTE: In the list of what needs a coordinator today.
    name = say("💡 Suggestions")
    if not found:
        return Found(name, ())
    what = say_many("💡 {n} suggestion", "💡 {n} suggestions", len(found))
    return Found(name, (Todo(min(each.made for each in found), what, _to("Ns:0")),))


async def missing_versions(look: Look) -> Found:
    """Announcements that wait for their time without a version in every language."""
    rows = []
    for each in await announcements.in_states(look.tx, look.community, "planned", "sending"):
        missing = tuple(language for language in look.languages if language not in each.ready)
        if missing:
            names = Listing(tuple(Word("language", language) for language in missing))
            # NOTE: In the list of what needs a coordinator today: {languages} "Arabic, Tigrinya".
            what = say("📣 An announcement has no text in {languages}", languages=names)
            rows.append(Todo(each.made, what, _to(f"Bo:{each.id}")))
    # NOTE: In the list of what needs a coordinator today: announcements without a text in a language.
    return Found(say("📣 Announcements"), rows)


async def few_sign_ups(look: Look) -> Found:
    """Activities of the coming week to which hardly anybody has signed up."""
    taken = await signups.counts(look.tx, look.community, look.now)
    rows = []
    for number, activity in look.guide.activities.items():
        if activity.sign_up != "each":
            continue
        for each in look.guide.coming(number, look.now, look.now + WEEK):
            count = taken.get((number, each.day), 0)
            if count < FEW:
                # NOTE: In the list of what needs a coordinator today: {title} "Madklub", {when} "Thursday 26/11
                # 17:30–20:00", {count} "2": how many are signed up.
                what = say(
                    "🪑 {title}, {when}: {count} signed up",
                    title=title(activity),
                    when=Span(each.start, each.end),
                    count=count,
                )
                rows.append(Todo(each.start - WEEK, what, _to(f"k:{spot(number, each.day)}")))
    # NOTE: In the list of what needs a coordinator today: activities with few sign-ups.
    return Found(say("🪑 Sign-ups this week"), rows)


def _is_held(look: Look, activity: Activity) -> bool:
    """Whether it is offered and has a time to come."""
    return activity.state == "on" and bool(look.guide.coming(activity.number, look.now))


async def missing_texts(look: Look) -> Found:
    """Activities that cannot be read in a language of the community, or only in words older than the original's."""
    rows = []
    for activity in look.guide.activities.values():
        languages = wanting(activity, look.guide.community.languages)
        if languages and _is_held(look, activity):
            what = say(
                # NOTE: In the list of what needs a coordinator today: {title} "Madklub", {languages} "Arabic, Danish".
                "🌍 {title} needs a text in {languages}",
                title=title(activity),
                languages=Listing(tuple(Word("language", language) for language in languages)),
            )
            rows.append(Todo(activity.confirmed or look.now, what, _to(f"eT:{activity.number}")))
    # NOTE: In the list of what needs a coordinator today: texts of activities that lack a language.
    return Found(say("🌍 Texts"), rows)


async def unconfirmed(look: Look) -> Found:
    """Activities of which nobody has said for long that they are still right, and those that are paused for it."""
    rows = []
    for activity in look.guide.activities.values():
        silent = is_unconfirmed(activity.confirmed, look.now) and _is_held(look, activity)
        paused = activity.state == "paused" and bool(upcoming(activity.schedule, local_day(look.now)))
        if activity.confirmed is not None and (silent or paused):
            what = (
                # NOTE: In the list of what needs a coordinator today: {title} "Madklub" is not shown any more.
                say("⏸ {title}: paused, nobody has confirmed it", title=title(activity))
                if paused
                # NOTE: In the list of what needs a coordinator today: {title} "Madklub".
                else say("🕰 {title}: nobody has confirmed it", title=title(activity))
            )
            since = min(activity.confirmed + ASKED_AFTER + SILENT_AFTER, look.now)
            rows.append(Todo(since, what, _to(f"ea:{activity.number}")))
    # NOTE: In the list of what needs a coordinator today: activities whose contact person does not answer.
    return Found(say("🕰 Still right?"), rows)


async def proposals(look: Look) -> Found:
    """Activities that associations propose."""
    rows = [
        Todo(
            each.touched or look.now,
            # NOTE: In the list of what needs a coordinator today: {title} "Strikkecafé", an activity.
            say("📥 An activity is proposed: {title}", title=str(each.values.get("title") or "…")),
            _to(f"eV:{each.id}"),
        )
        for each in await edits.proposed(look.tx, look.community)
    ]
    # NOTE: In the list of what needs a coordinator today: activities that associations propose.
    return Found(say("📥 Proposed activities"), rows)


async def failed_sends(look: Look) -> Found:
    """Messages of the last week that Telegram refused: one row."""
    found = await notices.failed_since(look.tx, look.community, look.now - WEEK)
    # NOTE: In the list of what needs a coordinator today: messages that could not be sent.
    name = say("📨 Messages")
    if not found:
        return Found(name, ())
    # NOTE: In the list of what needs a coordinator today.
    what = say_many("📨 {n} message could not be sent", "📨 {n} messages could not be sent", len(found))
    return Found(name, (Todo(min(at for at, _, _ in found), what, _to("Tf")),))


async def troubled_calendars(look: Look) -> Found:
    """Calendars that are read by themselves and cannot be, or hold events that are no use."""
    rows = [
        Todo(each.since or look.now, trouble_line(each), _to(f"kf:{each.feed}"))
        for each in await troubles(look.tx, look.community)
    ]
    # NOTE: In the list of what needs a coordinator today: calendars of organisations that are read by themselves.
    return Found(say("📅 Calendars"), rows)


async def late_papers(look: Look) -> Found:
    """Agendas and minutes of the network that should have gone out."""
    # NOTE: In the list of what needs a coordinator today: agendas and minutes of the integration network.
    name = say("🏛 Agendas and minutes")
    if look.guide.charter is None:
        return Found(name, ())
    rows = [
        Todo(since, _late(each, paper), _to(f"{'Mw' if paper == 'agenda' else 'Mv'}:{each.id}"))
        for each in await meetings.since(look.tx, look.community, look.now - PAPERS_LOOKED_FOR)
        for paper, since in late(each, look.guide.charter, look.now)
    ]
    return Found(name, rows)


def _late(meeting: Meeting, paper: str) -> Text:
    day = Day(local_day(meeting.start))
    if paper == "agenda":
        # NOTE: In the list of what needs a coordinator today: {day} "Tuesday 9/2" of a meeting.
        return say("📋 The agenda of {day} is missing", day=day)
    # NOTE: In the list of what needs a coordinator today: {day} "Tuesday 9/2" of a meeting.
    return say("📝 The minutes of {day} are missing", day=day)


SOURCES: Mapping[str, Source] = {
    "c": waiting_cases,
    "v": new_volunteers,
    "s": suggestions,
    "p": proposals,
    "a": missing_versions,
    "t": missing_texts,
    "n": few_sign_ups,
    "r": unconfirmed,
    "m": failed_sends,
    "k": troubled_calendars,
    "l": late_papers,
    "i": wanted.interpreters_wanted,
    "w": approving.waiting,
}


def _to(data: str) -> Button:
    """The way to a row; its number in the list is its label."""
    return Button(label("{number}", number=0), data)


async def overview(services: Services, reader: Reader, now: datetime, page: int = 0) -> Message:
    """A page of what needs a person, a few rows of each source, and in green what needs nobody."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.read() as tx:
        look = Look(tx, services.guide, services.catalogues.languages, now)
        found = {letter: await source(look) for letter, source in SOURCES.items()}
    rows, more = page_of(oldest_first(_shown(letter, each) for letter, each in found.items()), page)
    # NOTE: Head of the list of what needs a coordinator.
    lines: list[Text | str] = [say("🗒 <b>Today</b>"), *_lines(rows, page, now)]
    calm = quiet(found.values())
    if calm and not page:
        # NOTE: In the list of what needs a coordinator: {what} "Volunteers", nothing waits there.
        lines += ["", *(say("🟢 {what}", what=each) for each in calm)]
    return Message(lines, (*_grid(rows, page, more, "T"), (Button(label("🗂 Coordinate"), "k"),)))


async def of_source(services: Services, reader: Reader, letter: str, now: datetime, page: int = 0) -> Message:
    """A page of everything that one source has."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.read() as tx:
        found = await SOURCES[letter](Look(tx, services.guide, services.catalogues.languages, now))
    rows, more = page_of(oldest_first([found]), page)
    lines: list[Text | str] = [found.name, *_lines(rows, page, now)]
    if not found.rows:
        # NOTE: In the list of what needs a coordinator: {what} "Volunteers", nothing waits there.
        lines = [say("🟢 {what}", what=found.name)]
    return Message(lines, (*_grid(rows, page, more, f"Ts:{letter}"), (Button(label("🗒 Today"), "T:0"),)))


def _shown(letter: str, found: Found) -> Found:
    """A few rows of a source, and one that leads to the rest."""
    shown, rest = capped(found.rows)
    if not rest:
        return found
    # NOTE: In the list of what needs a coordinator: {what} "🙋 Cases", of which {n} more wait than are shown.
    what = say_many("{what}: and {n} more", "{what}: and {n} more", len(rest), what=found.name)
    return Found(found.name, (*shown, Todo(rest[0].since, what, _to(f"Ts:{letter}:0"))))


def _lines(rows: Sequence[Todo], page: int, now: datetime) -> list[Text | str]:
    lines: list[Text | str] = []
    for number, row in enumerate(rows, page * AT_ONCE + 1):
        lines += ["", *_said(row, number, now)]
    return lines


def _grid(rows: Sequence[Todo], page: int, more: bool, verb: str) -> tuple[tuple[Button, ...], ...]:
    """A button for each row by its number, and the ones that turn the page."""
    numbered = [
        Button(label("{number}", number=number), row.button.data) for number, row in enumerate(rows, page * AT_ONCE + 1)
    ]
    paging = (
        *((Button(label("◀️ Back"), f"{verb}:{page - 1}"),) if page else ()),
        *((Button(label("▶️ More"), f"{verb}:{page + 1}"),) if more else ()),
    )
    grid = [tuple(numbered[at : at + 3]) for at in range(0, len(numbered), 3)]
    return (*grid, *((paging,) if paging else ()))


def _said(row: Todo, number: int, now: datetime) -> list[Text]:
    # NOTE: A row of what needs a coordinator: {number} "1", {what} "New volunteer no. 7".
    what = say("<b>{number}.</b> {what}", number=number, what=row.what)
    if local_day(row.since) == local_day(now):
        # NOTE: A row of what needs a coordinator: {when} "Thursday 26/11 12:00".
        return [what, say("⏳ Since {when}", when=Moment(row.since))]
    return [what, say("📅 Since {day}", day=Day(local_day(row.since)))]


async def failures(services: Services, reader: Reader, now: datetime) -> Message:
    """Why messages of the last week could not be sent, counted by reason; nobody is named."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.read() as tx:
        found = await notices.failed_since(tx, services.community, now - WEEK)
    reasons: dict[str, int] = {}
    for _, kind, reason in found:
        reasons[f"{kind}: {reason or '–'}"] = reasons.get(f"{kind}: {reason or '–'}", 0) + 1
    return Message(
        (
            say_many("📨 {n} message could not be sent", "📨 {n} messages could not be sent", len(found)),
            # NOTE: Why messages could not be sent: {reason} in Telegram's own words, {count} "3".
            *(say("{count} × {reason}", count=count, reason=reason) for reason, count in sorted(reasons.items())[:10]),
        ),
        # NOTE: Button of a coordinator, lists what needs somebody.
        ((Button(label("🗒 Today"), "T:0"),), main_menu()[0]),
    )
