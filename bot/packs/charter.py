"""Reading charter.yaml: the integration network's charter, where the municipality has one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from bot.core.meetings.dates import lacking
from bot.core.meetings.model import Charter, Membership, Rule
from bot.core.model import Community, Organisation
from bot.core.pack import WEEKDAYS
from bot.core.schedule import local_day
from bot.fields import Entry, entries
from bot.packs.reading import NAME_LONGEST, Reading

FILE = "charter.yaml"
NTH = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "last": -1}
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
SPANS = {"invite": 42, "write": 14, "agenda": 7, "minutes": 7}
VENUE_LONGEST = 100


def read_charter(
    reading: Reading, community: Community | None, organisations: tuple[Organisation, ...]
) -> Charter | None:
    """The charter; None where there is no such file, or it does not hold."""
    entry = reading.single(FILE) if (reading.folder / FILE).exists() else None
    if entry is None:
        return None
    names = entry.by_language("names", reading.languages, longest=NAME_LONGEST)
    rule = _rule(entry, local_day(community.demo_starts) if community else date.min)
    spans = _spans(entry)
    charter = Charter(
        names=names,
        rule=rule,
        venue=entry.text("venue", "Write where it meets.", longest=VENUE_LONGEST) if entry.has("venue") else "",
        revise_by=entry.day("revise_by", "2027-06-20") if entry.has("revise_by") else None,
        memberships=_memberships(entry, {each.id: each for each in organisations}),
        invite=spans["invite"],
        write=spans["write"],
        agenda=spans["agenda"],
        minutes=spans["minutes"],
    )
    entry.finish()
    return charter


def _rule(entry: Entry, today: date) -> Rule:
    inner = entry.inner("fixed_meetings", "Write which, weekday, months, start and end.")
    nothing = Rule((2, 5, 8, 11), 2, 1, time.min, time.min)
    if inner is None:
        return nothing
    nth = inner.choice("which", NTH, "1, 2, 3, 4, 5 or last")
    weekday = inner.choice("weekday", WEEKDAYS, "a weekday")
    months = inner.words("months", MONTHS, "a month", least=1)
    start, end = inner.clock("start"), inner.clock("end")
    if inner.sound("start", "end") and end <= start:
        inner.wrong("end", ("is not after start.", 'Write the time it ends, such as "18:30".'))
    inner.finish()
    if inner.unsound:
        entry.unsound.add("fixed_meetings")
        return nothing
    rule = Rule(tuple(MONTHS.index(each) + 1 for each in months), NTH[nth], WEEKDAYS.index(weekday), start, end)
    missing = lacking(rule, today)
    if missing is not None:
        problem = f"yields no date in {MONTHS[missing.month - 1]} {missing.year}: there is no {weekday} number {nth}."
        inner.wrong("which", (problem, "Write 1 to 4, or last."))
    return rule


def _spans(entry: Entry) -> Mapping[str, int]:
    """How many days before and after; what is not said is as the network of seed 000 has it: a week and a week."""
    found = dict(SPANS)
    inner = entry.inner("days", "Write invite, write, agenda and minutes.", needed=False)
    if inner is None:
        return found
    for name in SPANS:
        if inner.has(name):
            found[name] = inner.whole(name, "Write days.", least=1)
    inner.finish()
    if not found["agenda"] < found["write"] <= found["invite"]:
        inner.wrong("write", ("does not lie between invite and agenda.", "Write such as invite: 42, write: 14."))
    return found


def _memberships(entry: Entry, known: Mapping[str, Organisation]) -> tuple[Membership, ...]:
    found: dict[str, Membership] = {}
    if not entry.has("members"):
        return ()
    for each in entries(entry.file, entry.node.values["members"], entry.faults):
        id_ = each.choice("organisation", known, "an organisation of organisations.yaml")
        days = {key: each.day(key) if each.has(key) else None for key in ("joined", "left", "mandate_until")}
        each.finish()
        level = known[id_].level if id_ in known else "none"
        if each.sound("organisation") and level == "none":
            mend = "Give it level: member or orientation in organisations.yaml."
            each.wrong("organisation", (f"{id_} is not in the network.", mend))
        if days["joined"] and days["left"] and days["left"] <= days["joined"]:
            each.wrong("left", ("is not after joined.", "Write the first day on which it is not in the network."))
        if id_ in found:
            each.wrong("organisation", (f"{id_} stands twice.", "Remove one of them."))
        if level != "none":
            found[id_] = Membership(id_, level, days["joined"], days["left"], days["mandate_until"])
    return tuple(found.values())
