"""Whatever else a phone can send gets a friendly answer: no silence, no traceback, nothing set aside."""

from __future__ import annotations

import random
import string

import pytest

from bot.demo.botapi import phone as phones
from bot.store.tables import signups
from tests.flows.stage import Phone, Stage

FORGED = (
    "c:999:zzz", "c:18", "c:", "j:x:y", "j:18", "x:1:1", "u:1", "u:18:fuy2:zzzzzzzzzzzz", "f:", "f:zz.qq",
    "f:0.dzzzz-zz", "f:0.dfuy2--zzzzz", "f:0.h9999", "f:zzzzzzzzzz", "o:18:fuy2", "o:18:fuy2:maybe", "a:18:fuy2",
    "g:18:fuy2:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "r:99999999999999999999999:fuy2", "ra:18:fuy2:zz",
    "rd:zzzzzz", "rd:", "rt:9999", "rt:", "ry", "rn", "l:xx", "l:", "p:zzz", "p:", "t:99999", "t:x", "t:0:!!", "tq:",
    "tq:999999999999999999999999999999999999999999999999999999999999", "q:abc:", "q::0", "w:0:fuy2", "ics:1",
    "ics:99:fuy2", "yes:j", "yes:j:x:y", "yes:i_forged", "h~zz", "hg:1", "hg:x:y", "ht:99999999999999999999", "hc:1",
    "hx", "look~", "near~xx", "del!", "k", "kp:9999", "kp:-1", "k:18:fuy2", "kc:18:fuy2:5:8", "kc:18:fuy2",
    "km:18:fuy2:w", "kx:18:fuy2", "kX:18:fuy2", "~", ":", "set:1", "qwertyuiop",
)  # fmt: skip
"""Data of buttons that we never made, or of an activity, a day, a case that is not there."""


async def gets_an_answer(phone: Phone, sent: str) -> None:
    """The bot said something, in a new bubble or in the one that was tapped."""
    before = len(phone.stage.world.calls)
    await phone.forges(sent)
    said = [
        call.method
        for call in list(phone.stage.world.calls)[before:]
        if call.method in {"sendMessage", "editMessageText", "sendDocument", "sendVenue"}
    ]
    assert said, sent


async def test_a_forged_or_outdated_button_is_answered_for_someone_known(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("hello")
    for data in FORGED:
        if data != "del!":
            await gets_an_answer(amina, data)
    assert await play.rows(signups) == []


async def test_a_forged_or_outdated_button_is_answered_for_someone_unknown(play: Stage) -> None:
    eve = play.phone("Eve", "da")
    await eve.says("/start")
    for data in FORGED:
        if not data.startswith("yes"):
            await gets_an_answer(eve, data)
    assert await play.rows(signups) == []


async def test_sixty_four_bytes_of_anything_on_a_button_are_answered(play: Stage) -> None:
    chance = random.Random(22)
    verbs = ("c:", "j:", "f:", "q:", "t:", "l:", "yes", "km:", "ht:", "o:", "")
    amina = await play.newcomer("Amina")
    await amina.says("hello")
    for verb in verbs:
        letters = string.printable + "æøåطبخምኽ🙂\x00"
        data = verb + "".join(chance.choice(letters) for _ in range(64))
        while len(data.encode()) > 64:
            data = data[:-1]
        await gets_an_answer(amina, data)


@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
async def test_every_kind_of_message_gets_a_friendly_answer(play: Stage, known: bool) -> None:
    amina = await play.newcomer("Amina") if known else play.phone("Amina")
    await amina.says("hello")
    for kind in phones.KINDS:
        before = len(amina.bubbles)
        await amina.sends(kind)
        assert len(amina.bubbles) > before, kind
        assert amina.all_buttons


async def test_long_texts_emoji_and_odd_letters_are_answered_once_each(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    texts = (
        "👍",
        "❤️" * 100,
        "ب" * 4096,
        "ሰ" * 4096,
        "a b " * 1024,
        "/nothing",
        "/start@brobot_demo_bot",
        "\u202eabc",
        "1",
    )
    for text in texts:
        before = len(amina.bubbles)
        await amina.says(text)
        assert len(amina.bubbles) == before + 1, text[:20]


async def test_a_newcomer_cannot_do_what_coordinators_do(play: Stage) -> None:
    sana = await play.coordinator()
    await sana.forges("k")
    await sana.taps("k:")
    cancels = [each for each in sana.buttons if each.startswith(("kc:", "km:", "kx:"))]
    eve = await play.newcomer("Eve")
    await eve.says("hello")
    before = play.guide.changes
    for data in (*cancels, cancels[-1].replace("kx", "kX"), "k", "kp:0"):
        await eve.forges(data)
        assert "Only coordinators can do this." in eve.sees
    assert play.guide.changes == before == {}


async def test_fifty_messages_at_once_are_all_answered(play: Stage) -> None:
    phones_ = [await play.newcomer(f"N{number}") for number in range(10)]
    for phone in phones_:
        for _ in range(5):
            play.world.says(phone.person, "cooking")
    await play.settle()
    assert {len(phone.bubbles) for phone in phones_} == {5}
