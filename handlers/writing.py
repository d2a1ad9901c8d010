"""What people write in their own words, and everything else a phone can send. Nothing is answered with silence."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ChatMemberHandler, MessageHandler, TypeHandler, filters

from bot import answers, cases, coordination, people, privacy, questions, reminders, shortcuts, wishes
from bot.core.say import Message, say
from bot.core.understanding import Frame
from handlers import (
    announcing,
    answers_kept,
    associations,
    authoring,
    case_group,
    first_steps,
    interpreting,
    knowledge,
    looking_after,
    menu,
    persons,
    settling,
    taking_part,
)
from handlers.meetings import network as meetings
from handlers.network import asking
from handlers.programmes import taking_part as programmes
from handlers.turn import Context, Turn, turn

KEYS = {
    "near": taking_part.near,
    "my": taking_part.my_plans,
    "n": asking.menu,
    "h": persons.ask,
    "set": settling.settings,
}
PAGES = {
    "first_steps": first_steps.overview,
    "programmes": programmes.overview,
    "associations": associations.overview,
    "knowledge": knowledge.overview,
    "new_here": associations.new_here,
    "we_are_an_association": associations.for_associations,
    "interpreter": interpreting.for_what,
    "interpret": interpreting.mine,
}
SHORT = 3
"""Words of a "stop" that is meant for us, and not the text of an announcement."""

LONGEST = 600
"""Characters that are read of a text: nobody's question is longer, and reading stays quick."""


async def text(here: Turn) -> None:
    """A key of the lasting keyboard, a coordinator's reply to a case, or a question."""
    bubble = here.update.effective_message
    assert bubble is not None
    key = menu.key_of(here.keys, here.text)
    if key is not None:
        await KEYS[key[0]](here)
        return
    if await persons.passes_on(here, bubble):
        return
    frame = questions.heard(here.services, here.reader, here.text[:LONGEST], here.now)
    wants = frame.intent if _guards(frame) else ""
    is_stop = wants == "stop" and len(here.text.split()) <= SHORT
    if not is_stop and await announcing.is_awaited(here, bubble):
        return
    # words for a match or an association, or what knowledge is searched for; not who asks for help or to be left alone
    if wants not in ("stop", "emergency") and await _in_a_talk(here):
        return
    # an answer to a form's question is taken as it stands, unless it is only the one word "stop" or a cry for help
    if (wants not in ("stop", "emergency") or len(here.text.split()) > 2) and await _in_a_form(here):
        return
    page = shortcuts.page_of(here.services.guide, here.text[:LONGEST])
    if page is not None and wants != "stop":
        await PAGES[page](here)
        return
    await answer(here, _what_is_on(frame) if _only_where_or_when(here.text, frame) else frame)


def _guards(frame: Frame) -> bool:
    """Whether what must not be missed was said, and not only guessed, which is asked."""
    return frame.intent in GUARDED and not (frame.ask and frame.ask.candidates)


async def _in_a_talk(here: Turn) -> bool:
    """Whether the text is for the other side of a match, for an association, or searched for in knowledge."""
    talks = (asking.is_awaited, associations.is_awaited, knowledge.is_searched)
    for awaits in talks:
        if await awaits(here):
            return True
    return False


async def _in_a_form(here: Turn) -> bool:
    """Whether the text is a saved answer, a name for a certificate, a story, or answers a form's question."""
    for form in (answers_kept, authoring, meetings, programmes, interpreting, knowledge):
        if await form.is_awaited(here):
            return True
    return False


def _only_where_or_when(text: str, frame: Frame) -> bool:
    """Whether hardly more than a town or a day is written, without a question before it: "Ringe", "på søndag"."""
    searched = frame.intent in ("unknown", "find_activity") and not frame.sure
    says_more = frame.topics or frame.audience or frame.negated or frame.time
    return searched and bool(frame.place or frame.start) and not says_more and len(text.split()) <= 3


def _what_is_on(frame: Frame) -> Frame:
    """What there is in that town or on that day is the likeliest answer, and each part of it can be corrected."""
    return replace(frame, intent="find_activity", sure=True, ask=None)


async def answer(here: Turn, frame: Frame) -> None:
    """What was understood decides; who is lost is told so and shown the ways on."""
    guards = _guards(frame)
    sure = frame.sure or guards or frame.intent in NEVER_ASKED
    added = None if guards else await persons.added_to_case(here)
    if not sure:
        which = answers.ask_which(here.services, here.reader, frame)
        if which is not None:
            await here.say(which)
            return
    step = STEPS.get(frame.intent) if sure else None
    if step is not None:
        await step(here, frame)
    elif added is not None:
        wishes.count_unread(here.services, here.reader, here.text[:LONGEST], here.now)
        await here.say(added)
    else:
        await _lost(here)


async def _lost(here: Turn) -> None:
    """Said as it is; the second time in a row a person is asked. The words are counted, not kept together."""
    wishes.count_unread(here.services, here.reader, here.text[:LONGEST], here.now)
    again = questions.missed_before(here.reader)
    if here.person is not None:
        questions.keep_miss(here.services, here.person, here.now)
    if not again:
        await here.say(answers.lost())
    elif here.person is None:
        await here.say(answers.lost_again())
    else:
        asked = await cases.ask(here.services, here.reader, persons.sent(here), here.now, why="lost")
        await here.say(replace(asked, lines=[answers.lost_again().lines[0], *asked.lines]))


async def _find(here: Turn, frame: Frame) -> None:
    query = answers.as_query(here.services.guide, here.reader, frame)
    if query.is_open and query.place is None and here.person is not None:
        await here.say(people.ask_town(here.services.guide))
        return
    if here.person is not None:
        questions.keep_question(here.services, here.person, frame, here.now)
    found = answers.find(here.services.guide, query, (here.reader.language,), here.now)
    if found.is_unmet:
        wishes.count_unmet(here.services, here.reader, query, here.now)
    await here.say(answers.told(here.services, here.reader, query, found, frame.outside))


async def _remind(here: Turn, frame: Frame) -> None:
    if here.person is None:
        await here.say(people.consent(here.services.guide))
        return
    await here.say(await reminders.begin(here.services, here.reader, here.text, frame, here.now))


async def _plans(here: Turn, _frame: Frame) -> None:
    await taking_part.my_plans(here)


async def _cancel(here: Turn, _frame: Frame) -> None:
    """Which one? The plans have a button for each: leaving is never done by a sentence alone."""
    await taking_part.my_plans(here)


async def _person(here: Turn, _frame: Frame) -> None:
    if here.person is None:
        await here.say(people.consent(here.services.guide))
        return
    await here.say(await cases.ask(here.services, here.reader, persons.sent(here), here.now))


async def _language(here: Turn, _frame: Frame) -> None:
    await settling.language(here)


async def _help(here: Turn, _frame: Frame) -> None:
    await here.say(people.help_message())


async def _privacy(here: Turn, _frame: Frame) -> None:
    await here.say(privacy.explain(here.reader))


async def _stop(here: Turn, _frame: Frame) -> None:
    await settling.stop(here)


async def _greet(here: Turn, _frame: Frame) -> None:
    await here.say(answers.greeting())


async def _thank(here: Turn, _frame: Frame) -> None:
    await here.say(answers.thanks())


async def _emergency(here: Turn, _frame: Frame) -> None:
    """The numbers at once; and a person is told, where there is somebody to answer to."""
    await here.say(answers.emergency())
    if here.person is not None:
        await cases.ask(here.services, here.reader, persons.sent(here), here.now, why="danger", urgent=True)


STEPS = {
    "find_activity": _find,
    "ask_offer": asking.asked_in_words,
    "set_reminder": _remind,
    "my_plans": _plans,
    "cancel": _cancel,
    "talk_to_person": _person,
    "change_language": _language,
    "how_it_works": _help,
    "privacy": _privacy,
    "stop": _stop,
    "volunteer": asking.wants_to_help,
    "greeting": _greet,
    "thanks": _thank,
    "emergency": _emergency,
}
GUARDED = frozenset({"stop", "talk_to_person", "privacy", "emergency"})
NEVER_ASKED = frozenset({"greeting", "thanks", "how_it_works", "set_reminder"})
"""What harms nobody where it was not meant: it shows the ways on. A reminder asks for what is missing by itself."""


async def other(here: Turn) -> None:
    """A voice, a picture, a sticker, a contact, a poll …: given to a person, or a friendly answer and the ways on."""
    bubble = here.update.effective_message
    if bubble is not None and (await announcing.is_awaited(here, bubble) or await looking_after.is_sent(here, bubble)):
        return
    if await persons.takes(here):
        return
    await here.say(
        Message(
            (
                # NOTE: After a voice message, a picture, a sticker.
                say("🙂 Thank you. I can only read words and buttons."),
                say("Write in short words, such as: football Saturday. Or tap here:"),
            ),
            people.main_menu(),
        )
    )


async def edited(here: Turn) -> None:
    """A corrected text is a new question; where it was for a person, they get it too."""
    await (text(here) if here.text else other(here))


async def old_button(here: Turn) -> None:
    await here.show(coordination.nothing_here())


async def membership(update: Update, context: Context) -> None:
    """Blocked or unblocked: Telegram tells us, so nothing more is sent, or what waits is."""
    services = context.application.bot_data["services"]
    change = update.my_chat_member
    assert change is not None
    if change.chat.type != change.chat.PRIVATE:
        await case_group.membership(update, context)
        return
    async with services.database.read() as tx:
        person = await people.known(tx, services, change.chat.id)
    if person is None:
        return
    if change.new_chat_member.status in {"kicked", "left"}:
        await people.blocked(services, person, services.clock())
    else:
        await people.unblocked(services, person)


async def anything(update: Update, context: Context) -> None:
    """What no other handler took (a poll's answer, a channel's post) needs no answer; it is only counted."""


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    private = filters.ChatType.PRIVATE
    application.add_handler(ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(MessageHandler(private & filters.UpdateType.EDITED_MESSAGE, turn(edited)))
    application.add_handler(MessageHandler(private & filters.TEXT, turn(text)))
    application.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, turn(other)))
    application.add_handler(CallbackQueryHandler(turn(old_button)))
    application.add_handler(TypeHandler(Update, anything))
