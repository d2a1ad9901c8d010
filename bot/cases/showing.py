"""How a case is shown to a coordinator: its number, language and town, what was written, who has it; no names."""

from __future__ import annotations

from collections.abc import Sequence

from bot.activities import town
from bot.core.model import Person
from bot.core.say import Button, Message, Text, Word, label, say
from bot.guide import Guide
from bot.people import main_menu
from bot.store import cases
from bot.store.cases import Case, Words
from bot.store.database import Tx

LONGEST = 900
"""Characters that are said again; a longer text is copied whole, as media are."""

CAPTION_LONGEST = 600
CAPTIONED = frozenset({"photo", "voice", "video", "document", "audio", "animation"})
"""Media that words can stand under."""


def not_yours() -> Message:
    # NOTE: To somebody who tapped a coordinator's button.
    return Message((say("Only coordinators can do this."),), main_menu())


def gone() -> Message:
    # NOTE: To a coordinator. A case: somebody asked for a person.
    return Message((say("This case is not there any more."),))


def head(case: Case) -> Text:
    """What a case is, in bold."""
    if case.urgent:
        # NOTE: To the coordinators, head of a case.
        return say("🚨 <b>Somebody may be in danger</b>")
    if case.organisation:
        # NOTE: Head of a case that is for an association, to who answers for it.
        return say("🏘 <b>Somebody asks an association</b>")
    match case.why:
        case "joins":
            # NOTE: To the coordinators, head of a case.
            return say("🏘 <b>An association wants to take part</b>")
        case "lost":
            # NOTE: To the coordinators, head of a case: the bot did not understand two texts in a row.
            return say("🤷 <b>Somebody was not understood</b>")
        case "voice":
            # NOTE: To the coordinators, head of a case.
            return say("🎙 <b>Somebody sent a voice message</b>")
        case "media":
            # NOTE: To the coordinators, head of a case: a picture, a file, a video.
            return say("📎 <b>Somebody sent something</b>")
        case "again":
            # NOTE: To the coordinators, head of a case: somebody said that the help before did not help.
            return say("👎 <b>It did not help: somebody asks again</b>")
        case _:
            # NOTE: To the coordinators, head of a case.
            return say("🙋 <b>Somebody asks for a person</b>")


def what(case: Case) -> Text:
    """What a case is, in a word or two, for the name of its topic."""
    if case.urgent:
        # NOTE: In the name of a topic in the coordinators' group.
        return say("🚨 danger")
    if case.organisation:
        # NOTE: In the list of what needs a coordinator: a newcomer asks an association.
        return say("asks an association")
    match case.why:
        case "joins":
            # NOTE: In the name of a topic: an association wants to take part.
            return say("an association joins")
        case "lost":
            # NOTE: In the name of a topic: two texts in a row were not understood.
            return say("not understood")
        case "voice":
            # NOTE: In the name of a topic.
            return say("voice message")
        case "media":
            # NOTE: In the name of a topic: a picture, a file, a video.
            return say("sent something")
        case "again":
            # NOTE: In the name of a topic: the help before did not help.
            return say("asks again")
        case _:
            # NOTE: In the name of a topic.
            return say("asks for a person")


def who(guide: Guide, case: Case, asker: Person) -> tuple[Text, ...]:
    """Number, language and town of a case, and the organisation that it is for."""
    known = guide.organisations.get(case.organisation)
    # NOTE: On a case: which association it is for: {organisation} "Ringe Boldklub".
    for_whom = (say("🏘 For {organisation}", organisation=known.name),) if known else ()
    return (in_a_line(guide, case, asker), *for_whom)


def in_a_line(guide: Guide, case: Case, asker: Person) -> Text:
    """Number, language and town of a case."""
    language = Word("language", asker.language)
    place = guide.places.get(asker.place or "")
    if place is None:
        # NOTE: To a coordinator: a case, {number} "12", {language} "Arabic".
        return say("No. {number} · {language}", number=case.id, language=language)
    # NOTE: To a coordinator: a case, {number} "12", {language} "Arabic", {town} "Ringe".
    return say("No. {number} · {language} · {town}", number=case.id, language=language, town=town(place))


def said(words: Words, longest: int = LONGEST) -> list[Text]:
    """What was written, where it can be said again."""
    text = words.text[:longest]
    if not text:
        return []
    if words.edited:
        # NOTE: To a coordinator: what the newcomer has corrected, in their own words.
        return [say("✏️ Changed to: “{text}”", text=text)]
    # NOTE: To a coordinator: what the newcomer wrote, in their own words.
    return [say("“{question}”", question=text)]


async def before(tx: Tx, community: str, case: Case) -> list[Text]:
    """For who asks again because it did not help: what they wrote last before, and what they were answered."""
    earlier = [each for each in await cases.of_person(tx, community, case.person) if each < case.id]
    if case.why != "again" or not earlier:
        return []
    found = await cases.conversation(tx, community, max(earlier))
    asked = last_words(found)
    answered = next((each for each in reversed(found) if each.side == "team" and each.text), None)
    # NOTE: To a coordinator: what the team answered, {text} in their own words.
    answer = [say("📨 “{text}”", text=answered.text[:LONGEST])] if answered else []
    return [*(said(asked) if asked else ()), *answer]


def is_copied(words: Words) -> bool:
    """Whether it has to be copied: media, and what is too long to be said again."""
    return words.kind != "text" or len(words.text) > LONGEST


def buttons(case: Case, coordinator: int) -> tuple[tuple[Button, ...], ...]:
    """Take it, or end it; and what is answered often."""
    # NOTE: Button of a coordinator under a case: answers that were written once, in several languages.
    saved = () if case.organisation else (Button(label("💬 Saved answers"), f"hs:{case.id}"),)
    # NOTE: Button under the case of an association that wants to take part: makes a link that invites it.
    invite = ((Button(label("➕ Invite them"), "Vv"),),) if case.why == "joins" else ()
    if case.taken_by == coordinator:
        # NOTE: Button of a coordinator, closes a case.
        # NOTE: Button of a coordinator under a case: asks for an interpreter for a conversation.
        interpreter = Button(label("🗣 Interpreter"), f"Ia:c{case.id}")
        talk = () if case.organisation else ((interpreter,),)
        return ((Button(label("✅ Done"), f"hc:{case.id}", style="yes"), *saved), *talk, *invite)
    # NOTE: Button of a coordinator, takes a case.
    return ((Button(label("✋ I take it"), f"ht:{case.id}", style="yes"), *saved), *invite)


def how_to_answer() -> Text:
    # NOTE: To a coordinator, under a case; “reply” is Telegram's reply to a message.
    return say("Reply to this message, and I pass it on.")


def last_words(found: Sequence[Words]) -> Words | None:
    """The newest thing that the person wrote with words in it."""
    return next((each for each in reversed(found) if each.side == "person" and each.text), None)
