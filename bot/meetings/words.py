"""How the network's things are said: a meeting, whom it is for, an item, an action; and what is answered to others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.cases import not_yours
from bot.core.meetings.model import Meeting, Outcome, Point
from bot.core.meetings.standing import Standing, standing
from bot.core.model import Reader
from bot.core.rights import runs_meetings
from bot.core.say import Button, Content, Day, Listing, Message, Span, Text, Value, label, say
from bot.guide import Guide

LONGEST = 160
"""Characters of an item, a note or an action: a paper of many has to fit one message."""

MOST_LINES = 12
"""Items of an agenda, and lines of minutes: with open actions too they fit Telegram's 4,096 characters."""


def network_name(guide: Guide) -> Value:
    """What the network calls itself, in the reader's language."""
    return Content(guide.charter.names, "da") if guide.charter else ""


def title(meeting: Meeting) -> Text:
    """What a meeting is called: by its subject, else by its kind."""
    if meeting.subject:
        # NOTE: What a meeting is about, as a coordinator wrote it: {subject} "Borgermøde om cykler".
        return say("{subject}", subject=meeting.subject)
    return {
        # NOTE: One of the four fixed meetings a year of the municipality's integration network.
        "fixed": say("Network meeting"),
        # NOTE: A meeting of the integration network for all citizens of a town (borgermøde).
        "citizens": say("Citizens' meeting"),
        # NOTE: A meeting of some members of the network to exchange experience (erfaringsmøde).
        "exchange": say("Exchange of experience"),
        # NOTE: A meeting of the network beside the four fixed ones.
        "other": say("Extra meeting"),
    }[meeting.kind]


def facts(guide: Guide, meeting: Meeting) -> list[Text]:
    """What, when and where, and for whom where it is not for all."""
    lines = [
        say("<b>{title}</b>", title=title(meeting)),
        say("📅 {when}", when=Span(meeting.start, meeting.end)),
    ]
    venue = meeting.venue or (guide.charter.venue if guide.charter else "")
    if venue:
        # NOTE: Where a meeting is held: {venue} "Rådhuset i Ringe".
        lines.append(say("📍 {venue}", venue=venue))
    if meeting.parties:
        # NOTE: A meeting is for some of the network's members: {organisations} "Fynsland, Ryslinge Lokalråd".
        lines.append(say("👥 For {organisations}", organisations=organisations(guide, meeting.parties)))
    return lines


def organisation(guide: Guide, id_: str) -> str:
    """The organisation's name; its id where the pack has lost it."""
    known = guide.organisations.get(id_)
    return known.name if known else id_


def organisations(guide: Guide, ids: Iterable[str]) -> Listing:
    return Listing(tuple(organisation(guide, each) for each in ids))


def point_line(guide: Guide, point: Point, number: int) -> Text:
    """An item of an agenda, with whose it is."""
    if point.organisation:
        # NOTE: An item of an agenda: {number} "2", {text} as a member wrote it, {organisation} "Fynsland".
        return say(
            "<b>{number}.</b> {text} ({organisation})",
            number=number,
            text=point.text,
            organisation=organisation(guide, point.organisation),
        )
    # NOTE: An item of an agenda: {number} "2", {text} as the secretary wrote it.
    return say("<b>{number}.</b> {text}", number=number, text=point.text)


def action_line(action: Outcome) -> Text:
    """An action with its name and its date."""
    if action.due is None:
        # NOTE: Something that was agreed on at a meeting, without a day yet: {who} "Per" or an organisation.
        return say("▫️ {text} ({who})", text=action.text, who=action.whose or "?")
    # NOTE: Something that was agreed on at a meeting: {who} "Per" or an organisation does it, by {day} "Friday 5/3".
    return say("▫️ {text} ({who}, {day})", text=action.text, who=action.whose or "?", day=Day(action.due))


def outcome_line(outcome: Outcome) -> Text:
    """A line of the minutes."""
    if outcome.kind == "action":
        return action_line(outcome)
    if outcome.kind == "decision":
        # NOTE: A decision in the minutes of a meeting, as the secretary wrote it.
        return say("⚖️ {text}", text=outcome.text)
    # NOTE: A note in the minutes of a meeting, as the secretary wrote it.
    return say("• {text}", text=outcome.text)


def home() -> Button:
    # NOTE: Button, opens the meetings of the integration network.
    return Button(label("🏛 Meetings"), "M")


def to_meeting(meeting: int) -> Button:
    # NOTE: Button, opens one meeting of the network.
    return Button(label("🏛 The meeting"), f"Mm:{meeting}")


def no_network() -> Message:
    """There is no integration network in this municipality's pack."""
    # NOTE: To a coordinator of a municipality whose data names no integration network. charter.yaml is a file's name.
    return Message((say("There is no network here yet. Whoever looks after the bot can add it: charter.yaml."),))


def gone() -> Message:
    """What a button was about is not there any more."""
    # NOTE: To somebody who tapped an old button about a meeting.
    return Message((say("This is not there any more, or has changed."),), ((home(),),))


def runs(guide: Guide, reader: Reader) -> Message | None:
    """What is answered to who may not run meetings, or where there are none; None to who may."""
    if not runs_meetings(reader.person):
        return not_yours()
    return no_network() if guide.charter is None else None


def stands(guide: Guide, reader: Reader, today: date, meeting: Meeting | None = None) -> Standing | None:
    """What the reader is in the network; a coordinator sees what the secretariat sees."""
    if reader.person is None or guide.charter is None:
        return None
    if runs_meetings(reader.person):
        return "secretariat"
    return standing(reader.person, guide.memberships, today, meeting)
