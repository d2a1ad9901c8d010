"""A coordinator and one volunteer: spoken with and approved, or kindly not; the børneattest; removed."""

from __future__ import annotations

from datetime import datetime

from bot.cases import not_yours
from bot.core.model import Reader
from bot.core.network import safeguarding
from bot.core.network.model import Volunteer
from bot.core.quiet import MORNING
from bot.core.say import Button, Day, Message, Text, label, say
from bot.core.schedule import local_day, moment
from bot.core.ways_on import PERSON
from bot.network.clock import pause_with_children
from bot.network.declining import not_about_yourself
from bot.network.matches import closed, leave
from bot.network.waiting_lists import AT_ONCE, paging
from bot.network.words import volunteer_lines
from bot.services import Services
from bot.store import network, network_log, notices, people
from bot.store.database import Tx
from bot.store.notices import NewNotice


async def show(services: Services, reader: Reader, person: int, now: datetime, note: Text | None = None) -> Message:
    """One volunteer, with what can be decided."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.read() as tx:
        found = await network.one_volunteer(tx, services.community, person, services.guide.point)
    if found is None:
        return closed()
    rows: list[tuple[Button, ...]] = []
    if found.state == "new":
        rows.append(
            (
                Button(label("✅ Approve"), f"NV:{person}:a", style="yes"),
                Button(label("❌ Not now"), f"NV:{person}:d", style="no"),
            )
        )
    if found.state in ("new", "approved"):
        rows += _paper_buttons(found, now)
        rows.append((write_to(person),))
        rows.append((Button(label("🗑 Remove"), f"NV:{person}:r", style="no"), _log(person)))
        rows.append((Button(label("🤝 Overview"), "N"),))
    else:
        rows.append((Button(label("✅ Approve"), f"NV:{person}:a", style="yes"), _log(person)))
        rows.append((Button(label("🤝 Overview"), "N"),))
    head: list[Text | str] = [note, ""] if note else []
    return Message(
        (
            *head,
            say("👤 Volunteer no. {number}", number=person),
            *volunteer_lines(services.guide, found),
            _state(found),
            _paper(found, now),
        ),
        tuple(rows),
    )


def write_to(person: int) -> Button:
    # NOTE: Button: a coordinator writes to a volunteer through the bot.
    return Button(label("✍️ Write to them"), f"Nq:{person}")


def _log(person: int) -> Button:
    # NOTE: Button: the list of who did what with this volunteer, and when.
    return Button(label("📜 Who did what"), f"NL:v{person}:0")


def _state(found: Volunteer) -> Text:
    match found.state:
        case "new":
            # NOTE: The state of a volunteer: no coordinator has spoken with them.
            return say("🆕 Not spoken with yet")
        case "approved":
            # NOTE: The state of a volunteer.
            return say("✅ Approved")
        case _:
            return say("✖️ Not a volunteer any more")


def _paper(found: Volunteer, now: datetime) -> Text:
    """The state of the børneattest; of the paper itself there is nothing to show."""
    current = safeguarding.as_of(found.safeguard, local_day(now))
    match current.state:
        case "asked":
            # NOTE: The state of a volunteer's børneattest (Danish police certificate for work with children).
            return say("📄 Børneattest: asked for")
        case "assessed":
            assert current.on is not None
            assert current.renew_by is not None
            # NOTE: {day} "Monday 23/11" when it was assessed, {until} "23/11/2028".
            return say(
                "📄 Børneattest: in order {day}, renew by {until}", day=Day(current.on), until=_full(current.renew_by)
            )
        case "not_ok":
            return say("📄 Børneattest: not in order")
        case "due":
            return say("📄 Børneattest: must be renewed")
        case _:
            return say("📄 Børneattest: not asked for")


def _full(day: object) -> str:
    """With its year, as it is years ahead."""
    return f"{day:%d/%m/%Y}"


def _paper_buttons(found: Volunteer, now: datetime) -> list[tuple[Button, ...]]:
    steps = safeguarding.STEPS[safeguarding.as_of(found.safeguard, local_day(now)).state]
    words = {
        # NOTE: Button: the municipality has ordered the børneattest.
        "asked": label("📄 Asked for"),
        # NOTE: Button: a coordinator has seen the børneattest, and it is in order.
        "assessed": label("📄 In order"),
        # NOTE: Button: a coordinator has seen the børneattest, and it is not in order.
        "not_ok": label("📄 Not in order"),
    }
    return [
        tuple(Button(word, f"NA:{found.person}:{step}") for step, word in words.items() if step in steps),
    ]


async def approve(services: Services, reader: Reader, person: int, now: datetime) -> Message:
    """A coordinator has spoken with them; they are told, and matched from now on."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    if person == reader.person.id:
        return not_about_yourself(person)
    async with services.database.write() as tx:
        found = await network.one_volunteer(tx, services.community, person, services.guide.point)
        if found is None:
            return closed()
        if found.state != "approved":
            await network.set_volunteer(tx, services.community, person, now, state="approved")
            await network_log.note(tx, services.community, reader.person.id, "approve", f"v{person}", now)
            told = NewNotice(person, "net_approved", f"v{person}/approve/{int(now.timestamp())}", now)
            await notices.add(tx, services.community, [told])
            await network_log.mark_changed(tx, services.community)
    services.hurry.set()
    return await show(services, reader, person, now)


async def stop_helping(services: Services, reader: Reader, now: datetime) -> Message:
    """The volunteer's own choice, without a reason. Matches end with a word to the other side."""
    assert reader.person is not None
    person = reader.person.id
    async with services.database.write() as tx:
        found = await network.one_volunteer(tx, services.community, person, services.guide.point)
        if found is not None and found.state != "removed":
            await network.set_volunteer(tx, services.community, person, now, state="removed")
            await leave(tx, services.community, person, now, helps_no_more=True)
            await network_log.note(tx, services.community, person, "stopped", f"v{person}", now)
    services.hurry.set()
    return Message(
        (say("💛 All right. Thank you for what you have given."),),
        # NOTE: Button: for who has stopped helping.
        ((Button(label("🔁 Help again"), "nv"), PERSON),),
    )


async def move_paper(services: Services, reader: Reader, person: int, step: str, now: datetime) -> Message:
    """The next state of a børneattest, with who said it; a step that does not follow is answered with the state."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    if person == reader.person.id:
        return not_about_yourself(person)
    community, today, by = services.community, local_day(now), reader.person.id
    async with services.database.write() as tx:
        found = await network.one_volunteer(tx, community, person, services.guide.point)
        if found is None:
            return closed()
        before = safeguarding.as_of(found.safeguard, today)
        try:
            after = {
                "asked": lambda: safeguarding.ask(before),
                "assessed": lambda: safeguarding.assess(before, by, today),
                "not_ok": lambda: safeguarding.refuse(before, by, today),
            }[step]()
        except safeguarding.NotNow:
            after = before
        if after != before:
            await network.set_volunteer(tx, community, person, now, safeguard=after)
            await network_log.note(tx, community, by, step, f"v{person}", now)
            await network_log.mark_changed(tx, community)
            await _remind(tx, community, person, after, now)
            if not safeguarding.may_meet_children(after, today):
                await pause_with_children(tx, services, person, now)
    services.hurry.set()
    return await show(services, reader, person, now)


async def _remind(tx: Tx, community: str, person: int, found: safeguarding.Safeguard, now: datetime) -> None:
    """Coordinators are reminded before it must be renewed, and on the day."""
    await notices.drop(tx, community, f"v{person}/renew/")
    if found.renew_by is None:
        return
    content = {"volunteer": person}
    days = [*safeguarding.reminders(found), found.renew_by]
    wanted = [
        NewNotice(each.id, "net_renew", f"v{person}/renew/{day}", moment(day, MORNING), content)
        for each in await people.with_role(tx, community, "coordinator")
        for day in days
        if day > local_day(now)
    ]
    await notices.add(tx, community, wanted)


async def papers_page(services: Services, reader: Reader, page: int, now: datetime) -> Message:
    """Volunteers who would meet children: those whose børneattest is missing or due first."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.read() as tx:
        found = await network.list_volunteers(tx, services.community, services.guide.point)
    today = local_day(now)
    those = [each for each in found if each.children or each.safeguard.state != "not_needed"]
    those.sort(key=lambda each: (safeguarding.may_meet_children(each.safeguard, today), each.since, each.person))
    lines: list[Text | str] = [say("📄 <b>Børneattest</b>")]
    rows: list[tuple[Button, ...]] = []
    for each in those[page * AT_ONCE : (page + 1) * AT_ONCE]:
        lines += ["", say("👤 Volunteer no. {number}", number=each.person), _paper(each, now)]
        rows.append((Button(label("👤 Volunteer no. {number}", number=each.person), f"Nw:{each.person}"),))
    if not those:
        # NOTE: An empty list of børneattester.
        lines.append(say("Nobody needs one."))
    return Message(lines, (*rows, *paging("Na", page, len(those))))
