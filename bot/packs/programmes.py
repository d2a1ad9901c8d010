"""Reading programmes.yaml: programmes with their themes, and cohorts, each of which becomes an activity per run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.core.model import Activity, Community, Held, Organisation, Place, Schedule, Venue
from bot.core.pack import WEEKDAYS
from bot.core.programmes.model import Programme, Theme
from bot.core.schedule import is_holiday, moment
from bot.fields import Entry, entries
from bot.packs.activities import read_texts, where_and_for_whom
from bot.packs.reading import Reading, is_new

FILE = "programmes.yaml"
MOST_RUNS = 12
MOST_WEEKS = 52
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Planned:
    """One session of a cohort's plan: its theme, in which week it is held, on which weekday (0 Monday) and when."""

    theme: str
    week: int
    weekday: int
    start: time
    end: time
    line: int


def read_programmes(
    reading: Reading,
    community: Community | None,
    places: Mapping[str, Place],
    organisations: tuple[Organisation, ...],
) -> tuple[tuple[Programme, ...], tuple[Activity, ...]]:
    """The programmes, and the activities that their cohorts are. A pack without the file has none."""
    if not (reading.folder / FILE).exists():
        return (), ()
    found: dict[str, Programme] = {}
    cohorts: dict[str, Activity] = {}
    owners = [each.id for each in organisations]
    for entry in reading.entries(FILE):
        programme = _programme(entry, reading)
        rules: dict[str, object] = {}
        for rule in _inside(entry, "cohorts", "Write the cohorts: `- id: …`."):
            name = rule.slug("id", "Write an id, such as ny-i-danmark-ringe.")
            runs = _runs(rule, reading, programme, name, places, owners, community.id if community else "")
            if is_new(rule, name, rules):
                rules[name] = rule
                cohorts.update((each.id, each) for each in runs)
        entry.finish()
        if is_new(entry, programme.id, found):
            found[programme.id] = programme
    return tuple(found.values()), tuple(cohorts.values())


def _inside(entry: Entry, key: str, mend: str) -> list[Entry]:
    """The entries of a list under a key."""
    if not entry.need(key, mend):
        return []
    return entries(entry.file, entry.node.values[key], entry.faults)


def _programme(entry: Entry, reading: Reading) -> Programme:
    name = entry.slug("id", "Write an id, such as ny-i-danmark.")
    source, texts = read_texts(entry, reading)
    themes: dict[str, Theme] = {}
    for each in _inside(entry, "themes", "Write the themes: `- id: …`."):
        theme = _theme(each, reading)
        if is_new(each, theme.id, themes):
            themes[theme.id] = theme
    free = sum(not each.required for each in themes.values())
    choose = entry.whole("choose", "Write how many themes of choice one takes, or 0.", least=0)
    if entry.sound("choose", "themes") and choose > free:
        entry.wrong(
            "choose", (f"is {choose}, and there are {free} themes of choice.", "Write required: false in more.")
        )
    return Programme(name, texts, source, tuple(themes.values()), choose)


def _theme(entry: Entry, reading: Reading) -> Theme:
    name = entry.slug("id", "Write an id, such as housing.")
    source, texts = read_texts(entry, reading)
    theme = Theme(name, texts, source, entry.flag("required", default=True))
    entry.finish()
    return theme


def _runs(
    entry: Entry, reading: Reading, programme: Programme, name: str, places: Mapping[str, Place], owners: list[str],
    community: str,
) -> list[Activity]:  # fmt: skip
    """The activities of a cohort: one for each time that it is run."""
    first, start, end = entry.day("first"), entry.clock("start"), entry.clock("end")
    weeks = entry.whole("again_after_weeks", "Write after how many weeks it begins again.", least=1) if entry.has(
        "again_after_weeks"
    ) else 0  # fmt: skip
    times = entry.whole("times", "Write how often it is run in all.", least=1) if entry.has("times") else 1
    skips = entry.days("skips")
    plan = _plan(entry, programme, first, start, end)
    if times > 1 and not weeks:
        entry.wrong("times", ("needs again_after_weeks.", "Write after how many weeks it begins again."))
    if times > MOST_RUNS:
        entry.wrong("times", (f"is {times}; at most {MOST_RUNS} runs are planned ahead.", "Write fewer."))
    schedule = Schedule(first, start, end, "listed")
    bare = Activity(
        0, name, community, "", "", Venue("", "", 0.0, 0.0), schedule, programme.texts, programme.source, ()
    )  # fmt: skip
    base = where_and_for_whom(entry, reading, places, owners, bare)
    entry.finish()
    if not plan or entry.unsound:
        return []
    runs = []
    for at in range(min(times, MOST_RUNS)):
        begins = first + at * weeks * WEEK
        days = _days(plan, begins, skips)
        listed = {day: Held(moment(day, each.start), moment(day, each.end)) for day, each in days}
        schedule = Schedule(min(listed), start, end, "listed", until=max(listed), listed=dict(sorted(listed.items())))
        themes = {day: each.theme for day, each in days}
        run = replace(base, id=f"{name}-{at + 1}", schedule=schedule, programme=programme.id, cohort=name)
        runs.append(replace(run, themes=dict(sorted(themes.items())), sign_up="course"))
    return runs


def _plan(entry: Entry, programme: Programme, first: date, start: time, end: time) -> list[Planned]:
    """The sessions as written: a week from 1, its weekday that of `first` and its hours the cohort's where unsaid."""
    found: list[Planned] = []
    known, astray = [each.id for each in programme.themes], False
    for each in _inside(entry, "sessions", "Write the sessions: `- {theme: housing, week: 1}`."):
        theme = each.choice("theme", known, "a theme of this programme")
        week = each.whole("week", "Write the week it is held in, such as 1.", least=1)
        weekday = each.choice("weekday", WEEKDAYS, "a weekday") if each.has("weekday") else ""
        begins = each.clock("start") if each.has("start") else start
        ends = each.clock("end") if each.has("end") else end
        day = WEEKDAYS.index(weekday) if weekday in WEEKDAYS else first.weekday()
        _wrong_session(each, week, day, first, begins, ends)
        same = next((one for one in found if (one.week, one.weekday) == (week, day)), None)
        if same is not None:
            mend = "Hold it on another day, or in a cohort of its own: nobody can be at both."
            each.wrong("week", (f"has a session on this day already (line {same.line}).", mend))
        each.finish()
        astray = astray or bool(each.unsound)
        found.append(Planned(theme, week, day, begins, ends, each.node.line))
    missing = [each.id for each in programme.required if each.id not in {one.theme for one in found}]
    if found and missing:
        entry.wrong("sessions", (f"lack {', '.join(missing)}, which everyone takes.", "Write a session for each."))
    return [] if astray or missing else found


def _wrong_session(each: Entry, week: int, day: int, first: date, begins: time, ends: time) -> None:
    if week > MOST_WEEKS:
        each.wrong("week", (f"is {week}; a cohort lasts at most {MOST_WEEKS} weeks.", "Write a smaller number."))
    if week == 1 and day < first.weekday():
        each.wrong(
            "weekday", (f"{WEEKDAYS[day]} of week 1 is before first, {first}.", "Write week: 2, or another day.")
        )
    if begins >= ends:
        each.wrong("end", ("is not after start.", 'Write the time it ends, such as "19:00".'))


def _days(plan: Sequence[Planned], begins: date, skips: frozenset[date]) -> list[tuple[date, Planned]]:
    """The day of each session: a week in which a day of the plan is a holiday or skipped is left out whole."""
    monday = begins - timedelta(days=begins.weekday())
    weekdays = {each.weekday for each in plan}
    last = max(each.week for each in plan)
    weeks: list[date] = []
    while len(weeks) < last:
        shut = any(is_holiday(day) or day in skips for day in (monday + timedelta(days=at) for at in weekdays))
        if not shut:
            weeks.append(monday)
        monday += WEEK
    return [(weeks[each.week - 1] + timedelta(days=each.weekday), each) for each in plan]
