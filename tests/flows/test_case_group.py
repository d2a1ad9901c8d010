"""Cases in the coordinators' group: linked, a topic a person, both ways; and whatever happens to topics and group."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.demo.botapi import Chat
from bot.demo.botapi.rooms import act
from bot.store.case_tables import cases, groups, threads
from tests.flows.stage import Phone, Stage, plain


@dataclass
class Room:
    """The coordinators' group in a story's words."""

    play: Stage
    chat: Chat

    @property
    def topics(self) -> list[str]:
        return [plain(topic.name) for topic in self.chat.topics.values()]

    @property
    def thread(self) -> int:
        """The newest topic."""
        return max(self.chat.topics)

    @property
    def seen(self) -> str:
        """What stands in the newest topic."""
        return "\n".join(plain(each.text) for each in self.play.world.chat(self.chat) if each.thread == self.thread)

    async def says(self, phone: Phone, text: str, *, thread: int | None = None, reply_to: int = 0) -> int:
        """Gives the number of the message."""
        thread = self.thread if thread is None else thread
        message = self.play.world.says(phone.person, text, chat=self.chat, thread=thread, reply_to=reply_to)
        await self.play.settle()
        return message.id

    def sign(self, message: int) -> str:
        return self.chat.messages[message].reaction

    async def taps(self, phone: Phone, data: str) -> str | None:
        """Taps the newest button that begins so; gives what pops up."""
        for bubble in reversed(self.play.world.from_bot(self.chat)):
            for button in (each for row in bubble.buttons for each in row):
                if button.get("callback_data", "").startswith(data):
                    phone.person.toast = None
                    at = bubble.id
                    self.play.world.taps(phone.person, data=button["callback_data"], message_id=at, chat=self.chat)
                    await self.play.settle()
                    return phone.person.toast
        raise AssertionError(f"no button {data} in the group")

    async def has(self, phone: Phone, what: str, thread: int = 0) -> None:
        act(self.play.world, phone.person, self.chat, what, thread)
        await self.play.settle()


async def group_of(play: Stage, *phones: Phone) -> Room:
    room = Room(play, play.world.new_group("Koordinatorer", [each.person for each in phones]))
    await room.says(phones[0], "/link", thread=0)
    assert "Linked." in plain(play.world.last(room.chat).text)
    return room


@pytest.mark.both_engines
async def test_a_case_is_a_topic_in_which_both_sides_write_and_notes_stay_among_colleagues(play: Stage) -> None:
    sana, peter, guest = await play.coordinator("Sana"), await play.coordinator("Peter"), play.phone("Guest")
    room = await group_of(play, sana, peter, guest)
    amina = await play.newcomer("Amina", "ar")
    heard = len(sana.bubbles)
    await amina.sends("voice")
    await amina.says("qwrtplkj my papers")
    assert room.topics == ["1 · Arabic · Ringe · voice message"]
    assert "qwrtplkj my papers" in room.seen
    assert [each.kind for each in play.world.chat(room.chat)].count("voice") == 1
    assert "Amina" not in room.seen + "".join(room.topics)
    assert len(sana.bubbles) == heard, "with a group, private chats stay quiet"

    assert await room.taps(sana, "Gt:") is None
    assert "Sana has this case." in room.seen
    head = next(each.id for each in play.world.chat(room.chat) if each.buttons)
    play.world.taps(peter.person, data="Gt:1", message_id=head, chat=room.chat)
    await play.settle()
    assert plain(peter.person.toast or "") == "✋ Sana has this case."
    answer = await room.says(sana, "Come on Monday.")
    assert ("Come on Monday." in amina.sees, room.sign(answer)) == (True, "👌")
    for note in (await room.says(peter, "// I know her"), await room.says(peter, "really?", reply_to=answer)):
        assert room.sign(note) == "✍"
    await room.says(guest, "hello, I am new here")
    assert "This was not passed on." in room.seen
    play.world.sends_media(peter.person, "photo", text="The door", chat=room.chat, thread=room.thread)
    await play.settle()
    assert (amina.bubbles[-1].kind, "The door" in amina.sees) == ("photo", True)
    play.world.edits(sana.person, "Come on Tuesday.", chat=room.chat)
    await play.settle()
    assert amina.sees.startswith("✏️")
    assert "Come on Tuesday." in amina.sees
    for hidden in ("I know her", "really?", "I am new", "Sana", "Peter"):
        assert hidden not in amina.all_seen
    play.world.edits(amina.person, "qwrtplkj my passport")
    await play.settle()
    assert "Changed to: “qwrtplkj my passport”" in room.seen
    await amina.says("/settings")
    await amina.taps("lang")
    await amina.taps("l:da")
    assert room.topics == ["1 · Danish · Ringe · voice message"], "another language, the same conversation"

    await room.taps(sana, "Gc:")
    assert "No. 1 is closed." in room.seen
    assert room.chat.topics[room.thread].closed
    await amina.taps("hg:1:y")
    assert "It helped." in room.seen
    await room.says(sana, "One thing more.")
    assert "One thing more." in amina.sees
    assert not room.chat.topics[room.thread].closed
    assert len(room.chat.topics) == len(await play.rows(cases)) == 1
    await amina.says("/deleteme")
    await amina.taps("del!")
    assert room.topics == [], "who is forgotten is forgotten here too"


@pytest.mark.both_engines
async def test_nothing_is_lost_when_a_topic_is_deleted_the_bot_thrown_out_its_right_taken_or_the_group_moves(
    play: Stage,
) -> None:
    sana, peter = await play.coordinator("Sana"), await play.coordinator("Peter")
    room = await group_of(play, sana, peter)
    amina = await play.newcomer("Amina")
    await amina.says("🙋 A person")
    await amina.says("qwrtplkj first")
    first = room.thread
    await room.says(sana, "I am here.")
    await room.has(sana, "delete", first)
    await amina.says("qwrtplkj second")
    assert room.thread != first
    for words in ("qwrtplkj first", "I am here.", "qwrtplkj second"):
        assert words in room.seen
    await room.has(sana, "close", room.thread)
    assert any(each.startswith("hg:") for each in amina.buttons), "closing the topic is the same as done"
    await amina.says("🙋 A person")
    assert len(room.chat.topics) == 1
    assert not room.chat.topics[room.thread].closed

    await room.has(sana, "limit")
    assert "I cannot work in the coordinators' group any more." in peter.all_seen
    assert "No. 2" in peter.sees, "open cases come in private"
    await amina.says("qwrtplkj third")
    await peter.says("I read it here.", reply_to=peter.bubbles[-1].id)
    assert "I read it here." in amina.sees
    await room.has(sana, "promote")
    assert "Cases are topics in the coordinators' group again." in peter.sees
    assert "qwrtplkj third" in room.seen
    assert "Peter has answered:\n“I read it here.”" in room.seen

    await room.has(sana, "migrate")
    (row,) = await play.rows(groups)
    room = Room(play, play.world.chats[row["chat"]])
    await amina.says("qwrtplkj fourth")
    assert "qwrtplkj third" in room.seen
    assert "qwrtplkj fourth" in room.seen
    await room.has(sana, "kick")
    await amina.says("qwrtplkj fifth")
    assert "qwrtplkj fifth" in peter.sees
    assert [row["state"] for row in await play.rows(groups)] == ["lost"]
    assert len(await play.rows(cases)) == 2


async def test_a_group_is_linked_by_a_coordinator_only_and_where_it_has_topics_and_we_may_manage_them(
    play: Stage,
) -> None:
    sana, guest = await play.coordinator("Sana"), play.phone("Guest")
    chat = play.world.new_group("Koordinatorer", [sana.person, guest.person], with_bot=False)
    room = Room(play, chat)
    await room.has(sana, "add")
    assert "Shall each case be a topic in this group?" in plain(play.world.last(chat).text)
    await room.taps(guest, "GL")
    assert "Det kan kun en koordinator" in plain(play.world.last(chat).text), "no group, no language yet: Danish"
    await room.taps(sana, "GL")
    assert "Turn on Topics" in plain(play.world.last(chat).text)
    assert await play.rows(groups) == []
    await room.has(sana, "promote")
    amina = await play.newcomer("Amina")
    await amina.says("🙋 A person")
    await room.says(sana, "/link", thread=0)
    assert "1 · English · Ringe · asks for a person" in room.topics, "what was open before comes too"
    await play.until("2026-11-23", "23:30")
    await amina.says("help, my husband is hitting me")
    assert "may be in danger" in sana.sees, "an emergency rings in private too"
    assert "🚨 danger" in room.topics[0]
    await room.says(guest, "/unlink", thread=0)
    assert len(await play.rows(groups)) == 1
    await room.says(sana, "/unlink", thread=0)
    assert (await play.rows(groups), await play.rows(threads)) == ([], [])


async def test_who_waits_is_called_to_mind_in_the_topic(play: Stage) -> None:
    sana = await play.coordinator("Sana")
    room = await group_of(play, sana)
    amina = await play.newcomer("Amina")
    await amina.says("🙋 A person")
    await play.until("2026-11-23", "14:30")
    assert room.seen.count("Somebody still waits") == 2
    assert "Somebody still waits" in sana.sees, "a broken promise is heard in private too"
    assert "It takes longer than I said." in amina.sees
