"""What the notices about activities say to translators, contact persons, proposers, and those who signed up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.activities import facts, spot, title
from bot.core.model import Occurrence
from bot.core.say import Button, Message, Span, Text, Word, label, say
from bot.core.ways_on import PERSON
from bot.editing.letters import version_for
from bot.editing.translators import wanting
from bot.store import attendance, edits

if TYPE_CHECKING:  # it imports us
    from bot.telling import Tell, Telling


async def new_place(telling: Telling) -> Message | None:
    found = telling.occurrence()
    if found is None or found.state == "cancelled" or not await telling.has_seat("going", "waiting", "offered"):
        return None
    venue = telling.guide.activities[telling.number].venue
    before = str(telling.content["old_place"])
    if before == f"{venue.name}, {venue.address}":
        return None
    where = spot(telling.number, found.day)
    return Message(
        (
            # NOTE: Head: an activity is held somewhere else from now on.
            say("📍 <b>New place</b>"),
            *facts(telling.guide, found),
            # NOTE: The old place of an activity: {place} "Ringe Bibliotek, Algade 40".
            say("Before it was {place}.", place=before),
        ),
        (
            (
                Button(label("👍 I will come"), f"a:{where}:y", style="yes"),
                Button(label("👎 I cannot"), f"a:{where}:n", style="no"),
            ),
            (Button(label("🗺 The way"), f"w:{where}"), PERSON),
        ),
        venue=venue if venue.exact else None,
    )


async def missed(telling: Telling, found: Occurrence) -> Message:
    """The day after, to who had a seat and stayed away: warm, without blame, and only to them."""
    often = await attendance.missed(telling.tx, telling.guide.community.id, telling.person.id)
    lines: list[Text] = [
        # NOTE: The day after, to somebody who had a seat and did not come. Warm, no blame.
        say("💛 <b>We missed you</b>"),
        *facts(telling.guide, found)[:2],
        # NOTE: To somebody who had a seat and did not come.
        say("That can happen. You are welcome another time."),
    ]
    if often > 1:
        # NOTE: To somebody who had a seat several times and did not come. A person: a human being, not the bot.
        lines.append(say("Is something making it hard to come? A person can help."))
    return Message(lines, ((Button(label("🔎 More activities"), "near"), PERSON),))


async def translate(telling: Telling) -> Message | None:
    """To a translator, while the text is still wanted."""
    activity = telling.guide.activities.get(telling.number)
    language = str(telling.content["language"])
    if activity is None or activity.state == "cancelled":
        return None
    if language not in wanting(activity, telling.guide.community.languages):
        return None
    said = activity.texts[activity.source]
    return Message(
        (
            # NOTE: To a volunteer who translates: {language} "Tigrinya".
            say("🌍 <b>Can you write this in {language}?</b>", language=Word("language", language)),
            "",
            say("<b>{title}</b>", title=said.title),
            say("{about}", about=said.about),
        ),
        (
            (
                # NOTE: Button of a translator.
                Button(label("✍️ Yes, now"), f"ew:{activity.number}:{language}", style="yes"),
                Button(label("✖️ Not now"), "eN"),
            ),
        ),
    )


async def letter(telling: Telling) -> Message | None:
    """A coordinator's words to those who signed up, in the reader's language or honestly in another."""
    found = telling.occurrence()
    if found is None or not await telling.has_seat("going", "waiting", "offered"):
        return None
    texts: Mapping[str, str] = telling.content["texts"]
    language = version_for(texts, telling.person.language)
    activity = telling.guide.activities[telling.number]
    lines = [
        # NOTE: Head of a message to those who signed up: {title} "Madklub", {when} "Thursday 26/11 17:30–20:00".
        say("✉️ <b>About {title}</b>", title=title(activity)),
        say("📅 {when}", when=Span(found.start, found.end)),
        say("“{text}”", text=texts[language]),
    ]
    if language != telling.person.language:
        # NOTE: A message that nobody has written in the reader's language: {language} "Danish".
        lines.append(
            say("ℹ️ There is only a text in {language}. A person can help.", language=Word("language", language))
        )
    where = spot(telling.number, found.day)
    return Message(lines, ((Button(label("🔎 See it"), f"c:{where}"), PERSON),))


async def still_right(telling: Telling) -> Message | None:
    """To the contact person: one tap says that all of it is right."""
    activity = telling.guide.activities.get(telling.number)
    if activity is None or activity.state == "cancelled":
        return None
    coming = telling.guide.coming(activity.number, telling.now)
    return Message(
        (
            # NOTE: To the contact person of an activity, every 90 days.
            say("🕰 <b>Is this still right?</b>"),
            say("<b>{title}</b>", title=title(activity)),
            *((say("📅 Next: {when}", when=Span(coming[0].start, coming[0].end)),) if coming else ()),
            say("🚪 {venue}, {address}", venue=activity.venue.name, address=activity.venue.address),
        ),
        (
            # NOTE: Button of a contact person: all of an activity is right.
            (Button(label("✅ Yes, all of it"), f"eY:{activity.number}", style="yes"),),
            (
                Button(label("✏️ Change"), f"ee:{activity.number}"),
                # NOTE: Button of a contact person: an activity is held no more.
                Button(label("❌ It has ended"), f"eK:{activity.number}", style="no"),
            ),
        ),
    )


async def paused_silent(telling: Telling) -> Message | None:
    """To the coordinators: nobody has answered for an activity."""
    activity = telling.guide.activities.get(telling.number)
    if activity is None or activity.state != "paused":
        return None
    return Message(
        (
            # NOTE: To a coordinator: an activity is not shown any more.
            say("⏸ <b>Paused, as nobody answers</b>"),
            say("<b>{title}</b>", title=title(activity)),
            say("Its contact person has not answered for four weeks. Newcomers do not find it now."),
        ),
        (
            # NOTE: Button of a coordinator: an activity is shown again.
            (Button(label("▶️ It is right, show it"), f"eY:{activity.number}", style="yes"),),
            (Button(label("🔎 See it"), f"ea:{activity.number}"),),
        ),
    )


async def proposal(telling: Telling) -> Message | None:
    """To the coordinators: an association proposes something."""
    found = await edits.one(telling.tx, telling.guide.community.id, int(telling.content["edit"]))
    if found is None or found.state != "proposed":
        return None
    return Message(
        # NOTE: To a coordinator: an association proposes an activity.
        (say("📥 <b>An activity is proposed</b>"), say("<b>{title}</b>", title=str(found.values.get("title", "")))),
        ((Button(label("🔎 See it"), f"eV:{found.id}"),),),
    )


async def proposal_yes(telling: Telling) -> Message | None:
    activity = telling.guide.activities.get(telling.number)
    if activity is None:
        return None
    return Message(
        (
            # NOTE: To an association whose activity was published.
            say("✅ <b>Your activity is published. Thank you!</b>"),
            say("<b>{title}</b>", title=title(activity)),
        ),
        ((Button(label("🗂 The activity"), f"ea:{activity.number}"),),),
    )


async def proposal_back(telling: Telling) -> Message | None:
    return Message(
        (
            # NOTE: To an association: a coordinator would like something to be different.
            say("💬 <b>A coordinator has a question about your activity</b>"),
            say("“{text}”", text=str(telling.content["text"])),
        ),
        # NOTE: Button, opens the form again.
        (
            (
                Button(label("📋 The form"), f"e:{telling.content['edit']}", style="yes"),
                PERSON,
            ),
        ),
    )


KINDS: Mapping[str, Tell] = {
    "new_place": new_place,
    "translate_activity": translate,
    "letter": letter,
    "still_right": still_right,
    "paused_silent": paused_silent,
    "proposal": proposal,
    "proposal_yes": proposal_yes,
    "proposal_back": proposal_back,
}
