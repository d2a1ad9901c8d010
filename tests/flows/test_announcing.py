"""Announcements: written once, said to each in their language, and what became of them."""

from __future__ import annotations

import pytest

from bot.coordination import cancel
from bot.demo.botapi import media, phone
from bot.demo.botapi.records import StoredFile
from bot.store import network, people
from bot.store.announcement_tables import announcements, deliveries, versions
from tests.flows.stage import Phone, Stage

DANISH = "Torsdag er der fællesspisning i Ringe, og det er gratis. Alle er velkomne til at komme."
ENGLISH = "On Thursday we eat together in Ringe, and it is free for all of you."
ARABIC = "يوم الخميس نأكل معا في رينغه والدخول مجاني للجميع، أهلا بكم"
TIGRINYA = "ሓሙስ ኣብ ሪንገ ብሓባር ክንበልዕ ኢና፣ ንኹሉ ሰብ ነጻ እዩ። ምስ ደቅኹም ንዑ።"


async def write(sana: Phone, text: str = DANISH) -> str:
    await sana.says("/announce")
    await sana.taps("Bn")
    return await sana.says(text)


async def add(sana: Phone, language: str, text: str) -> str:
    await sana.taps("Bv:")
    await sana.taps(f"Bl:1:{language}")
    await sana.taps("Bw:")
    return await sana.says(text)


async def send(sana: Phone) -> str:
    await sana.taps("Bs:")
    return await sana.taps("BS:")


async def speaker(play: Stage, *languages: str) -> Phone:
    """An approved volunteer who speaks these languages."""
    phone = await play.newcomer("Selam", languages[0])
    person = (await phone.reader()).person
    assert person is not None
    services = play.app.services
    async with services.database.write() as tx:
        details = {
            "offers": ["homework_help"],
            "languages": list(languages),
            "free": 1,
            "place": person.place,
            "km": 10,
        }
        details |= {"kind": "", "capacity": 1, "children": False}
        await network.keep_volunteer(tx, services.community, person.id, details, play.clock())
        await network.set_volunteer(tx, services.community, person.id, play.clock(), state="approved")
    return phone


async def states(play: Stage) -> list[str]:
    return sorted(row["state"] for row in await play.rows(deliveries))


@pytest.mark.both_engines
async def test_one_message_reaches_each_in_their_language(play: Stage) -> None:
    sana = await play.coordinator()
    clara, amina = await play.newcomer("Clara", "da"), await play.newcomer("Amina", "ar")
    bereket, omar = await play.newcomer("Bereket", "ti"), await play.newcomer("Omar", "ar")
    await omar.says("stop")
    assert "Danish: by a person who speaks it" in await write(sana)
    assert "⚠️ This does not look like Arabic" in await add(sana, "ar", ENGLISH)
    assert "⚠️" not in await add(sana, "ar", ARABIC)
    await sana.taps("Bs:")
    plan = sana.sees
    assert "🟢 Danish: 1" in plan
    assert "🟡 Arabic: 1, a draft that nobody has checked" in plan
    assert "↪️ Tigrinya: 1, in Danish" in plan
    assert "🔕 Said stop: 1" in plan
    await sana.taps("Bg:")
    assert ARABIC in sana.all_seen
    await sana.taps("BP")
    assert "This is a preview" in sana.sees
    await sana.taps("BS:")
    for each, head, text in ((clara, "Nyt fra", DANISH), (amina, "أخبار من", ARABIC), (bereket, "Nyt fra", DANISH)):
        assert (head in each.sees, text in each.sees) == (True, True), each.person.name
    assert omar.sees.startswith("🔕")
    assert "is out: 3 of 4" in sana.sees
    await sana.taps("Br:")
    assert "✅ Delivered: 3\n🔕 Said stop: 1" in sana.sees
    assert "🌍 Tigrinya: 1 of 1\n   ↪️ 1 of them in Danish" in sana.sees


async def test_who_has_no_version_is_held_back_until_a_volunteer_has_sent_it(play: Stage) -> None:
    sana, bereket = await play.coordinator(), await play.newcomer("Bereket", "ti")
    clara = await play.newcomer("Clara", "da")
    selam = await speaker(play, "da", "ti")
    await write(sana)
    await sana.taps("Bm:")
    await sana.taps("Bm:1:m")
    await sana.taps("Bo:")
    await sana.taps("Bv:")
    await sana.taps("Bl:1:ti")
    assert "Volunteers who speak it: 1" in sana.sees
    assert "Volunteers who are asked: 1" in await sana.taps("Bq:")
    assert (" på tigrinya" in selam.sees, DANISH in selam.sees) == (True, True)
    await sana.says("/announce")
    await sana.taps("Bo:1")
    await sana.taps("Bs:")
    assert "⏳ Tigrinya: 1, held back until there is a version" in sana.sees
    await sana.taps("BS:")
    assert DANISH in clara.sees
    assert bereket.bubbles == []
    await selam.taps("BV:")
    await selam.says(TIGRINYA)
    assert bereket.bubbles == [], "a coordinator has not looked yet"
    assert "A volunteer has sent announcement no. 1 in Tigrinya" in sana.sees
    await sana.taps("Bl:")
    assert TIGRINYA in sana.sees
    await sana.taps("By:")
    assert TIGRINYA in bereket.sees


@pytest.mark.both_engines
async def test_what_hangs_on_an_activity_moves_with_it_and_is_off_with_it(play: Stage) -> None:
    sana, clara = await play.coordinator(), await play.newcomer("Clara", "da")
    await play.newcomer("Amina", "ar")
    await clara.signs_up("bagning-korinth")
    number = play.number("bagning-korinth")
    await write(sana)
    await sana.taps("Ba:")
    await sana.taps("Bf:1:e")
    while not any(each.startswith(f"Bc:1:e:{number}:") for each in sana.buttons):
        await sana.taps([each for each in sana.buttons if each.startswith("Bf:1:e:")][-1])
    assert "People: 1" in await sana.taps(f"Bc:1:e:{number}:")
    await sana.taps("Bo:")
    await sana.taps("Bt:")
    await sana.taps("BT:")
    while not any(each.startswith(f"BA:1:{number}:") for each in sana.buttons):
        await sana.taps([each for each in sana.buttons if each.startswith("BT:1:")][-1])
    await sana.taps(f"BA:1:{number}:")
    assert "If it is moved, this moves too" in await sana.taps(
        next(each for each in sana.buttons if each.endswith(":h"))
    )
    assert "It is sent on Tuesday 24/11 13:00" in await send(sana)
    await play.manages(sana, "bagning-korinth")
    await sana.taps(next(each for each in sana.buttons if each.startswith("km:") and ":1:" in each))
    await play.until("2026-11-24", "13:30")
    assert DANISH not in clara.all_seen
    await play.until("2026-11-24", "14:01")
    assert DANISH in clara.all_seen

    await write(sana)
    await sana.taps("Bt:2")
    await sana.taps("BT:2")
    await sana.taps("BA:2:")
    await sana.taps("BO:2:")
    await send(sana)
    (_, second) = await play.rows(announcements)
    services = play.app.services
    await cancel(services, await sana.reader(), second["activity"], second["day"], play.clock())
    await play.later(minutes=1)
    assert "was not sent: its activity is cancelled" in sana.all_seen


async def test_quiet_hours_and_the_cap_hold_unless_it_is_urgent(play: Stage) -> None:
    sana, clara = await play.coordinator(), await play.newcomer("Clara", "da")
    await play.until("2026-11-23", "21:00")
    await write(sana)
    await sana.taps("Bs:")
    assert "🌙 Quiet hours: everyone gets it from Tuesday 24/11 08:00" in sana.sees
    await sana.taps("BS:")
    assert clara.bubbles == []
    await play.until("2026-11-24", "08:00")
    assert DANISH in clara.sees
    await write(sana, "Endnu en besked, og det er til jer alle i dag.")
    await sana.taps("Bs:")
    assert "Later, as they have had their message of the day: 1" in sana.sees
    await sana.taps("BS:")
    assert DANISH in clara.sees
    await play.until("2026-11-25", "08:00")
    assert "Endnu en besked" in clara.sees
    await play.until("2026-11-25", "22:00")
    await write(sana, "Vandet i Ringe skal koges, og det gælder fra nu af.")
    await sana.taps("Bm:")
    await sana.taps("Bm:3:U")
    assert "Who said stop does not get it" in sana.sees
    await sana.taps("Bm:3:u")
    await sana.taps("Bo:")
    await send(sana)
    assert "Vandet i Ringe" in clara.sees


@pytest.mark.both_engines
async def test_what_was_sent_is_corrected_where_it_stands(play: Stage) -> None:
    sana, clara, amina = (
        await play.coordinator(),
        await play.newcomer("Clara", "da"),
        await play.newcomer("Amina", "ar"),
    )
    await write(sana)
    await send(sana)
    seen = len(clara.bubbles)
    await sana.says("/announce")
    await sana.taps("Bo:1")
    await sana.taps("Bv:")
    await sana.taps("Bl:1:da")
    await sana.taps("BC:")
    await sana.says("Fredag, ikke torsdag, er der fællesspisning i Ringe, og det er gratis.")
    assert ("Fredag, ikke torsdag" in clara.sees, len(clara.bubbles)) == (True, seen)
    assert "Fredag, ikke torsdag" in amina.sees
    assert {row["corrected"] for row in await play.rows(versions)} == {None}


async def test_bad_input_is_answered_in_clear_words_and_the_draft_is_kept(play: Stage) -> None:
    sana = await play.coordinator()
    clara = await play.newcomer("Clara", "da")
    await write(sana, f"<b>{DANISH}")
    assert "<b> is opened or closed wrongly" in sana.sees
    await sana.taps("Bv:")
    await sana.taps("Bl:1:da")
    await sana.taps("Bw:")
    assert "I can take a text, a picture or a voice note" in await sana.sends("sticker")
    assert "&lt;b&gt;" in (await play.rows(versions))[0]["content"]["texts"][0]
    big = play.world.new_file("photo.jpg", "image/jpeg", b"x" * 10_000_001)
    send_photo(play, sana, big)
    await play.settle()
    assert "over 10 MB" in sana.sees
    long = "\n\n".join(["Et afsnit, og det er langt. " * 20] * 9)
    assert "It goes out as two" in await sana.says(long[:4090])
    assert "It goes out as two" in await sana.says(long[4090:]), "the app cuts what is longer, and it is one text"
    await sana.taps("Bv:")
    await sana.taps("Bl:1:da")
    await sana.taps("Bw:")
    await sana.says(long[:4090])
    assert "Two messages hold 7800" in await sana.says(long[:4090])
    await sana.taps("Bo:")
    await sana.taps("Ba:")
    await sana.taps("Bf:1:l")
    await sana.taps("Bc:1:l:ti")
    await sana.taps("Ba:")
    await sana.taps("Bo:")
    assert "✋ Nobody would get it" in await sana.taps("Bs:")
    assert not any(each.startswith("BS:") for each in sana.buttons)
    await sana.taps("Ba:")
    await sana.taps("Bc:1:z")
    await sana.taps("Bo:")
    before = len(clara.bubbles)
    await send(sana)
    assert len(clara.bubbles) == before + 2


def send_photo(play: Stage, sana: Phone, file: StoredFile) -> None:
    phone.sends(play.world, sana.person, {"photo": media.photo(file)})


async def test_a_picture_and_a_recorded_voice_reach_people_as_they_were_sent(play: Stage) -> None:
    sana, bereket = await play.coordinator(), await play.newcomer("Bereket", "ti")
    clara = await play.newcomer("Clara", "da")
    await sana.says("/announce")
    await sana.taps("Bn")
    play.world.sends_media(sana.person, "photo", text=DANISH)
    await play.settle()
    await sana.taps("Bv:")
    await sana.taps("Bl:1:ti")
    await sana.taps("Bw:")
    await sana.sends("voice")
    await send(sana)
    assert [each.kind for each in bereket.bubbles] == ["photo", "voice"]
    assert [(each.kind, DANISH in each.text) for each in clara.bubbles] == [("photo", True)]


@pytest.mark.both_engines
async def test_pausing_and_cancelling_leave_the_others_alone(play: Stage) -> None:
    sana = await play.coordinator()
    phones = [await play.newcomer(f"P{number}", "da") for number in range(3)]
    await play.until("2026-11-23", "20:30")
    await write(sana)
    await send(sana)
    assert "⏸ Paused" in await sana.taps("Bz:")
    await play.until("2026-11-24", "09:00")
    assert [each.bubbles for each in phones] == [[], [], []]
    await sana.taps("BZ:")
    assert all(DANISH in each.sees for each in phones)
    await play.until("2026-11-24", "20:30")
    await write(sana, "Den anden besked, og den er til jer alle.")
    await send(sana)
    await sana.taps("BX:")
    await sana.taps("BK:")
    await play.until("2026-11-26", "09:00")
    assert all(DANISH in each.sees for each in phones)
    assert await states(play) == ["cancelled"] * 3 + ["sent"] * 3


async def test_who_comes_late_and_who_comes_back_get_it_too(play: Stage) -> None:
    sana, clara = await play.coordinator(), await play.newcomer("Clara", "da")
    await clara.says("hej")
    play.world.blocks(clara.person)
    await play.settle()
    await write(sana)
    await sana.taps("Bm:")
    await sana.taps("Bm:1:l")
    await sana.taps("Bo:")
    await sana.taps("Bs:")
    assert "✋ Nobody would get it" in sana.sees
    await play.newcomer("Amina", "ar")
    await sana.taps("Bo:")
    await send(sana)
    await sana.taps("Br:")
    assert "🚫 Blocked the bot: 1" in sana.sees
    await sana.taps("BU:")
    assert "Danish, Ringe, blocked the bot" in sana.sees
    late = await play.newcomer("Late", "da")
    await play.later(minutes=1)
    assert DANISH in late.sees
    play.world.unblocks(clara.person)
    await clara.says("hej")
    await play.later(minutes=1)
    assert DANISH in clara.all_seen


async def test_a_coordinator_who_is_removed_while_writing_is_told_and_the_draft_stays(play: Stage) -> None:
    sana, other = await play.coordinator(), await play.coordinator("Kim")
    await write(sana)
    await sana.taps("Bv:")
    await sana.taps("Bl:1:en")
    await sana.taps("Bw:")
    reader = await sana.reader()
    assert reader.person is not None
    async with play.app.services.database.write() as tx:
        await people.set_roles(tx, play.app.services.community, reader.person.id, ())
    assert "The draft is kept" in await sana.says(ENGLISH)
    await other.says("/announce")
    assert DANISH[:20] in other.sees
    await other.taps("Bo:1")
    assert "English: missing" in other.sees
