"""The page round the phones: what it fetches, its clock, its guide, and that it fits and speaks."""

from __future__ import annotations

import contextlib
import re

import pytest
from playwright.async_api import TimeoutError as PageTimeout
from playwright.async_api import expect

from tests.demo.page.played import PlayedDemo

pytestmark = pytest.mark.asyncio(loop_scope="session")  # so that all tests can share one browser


async def test_nothing_leaves_the_origin_and_the_browser_has_nothing_to_complain_of(demo: PlayedDemo) -> None:
    await demo.bot("sendMessage", chat_id=demo.amina, text="أهلاً · እንቋዕ · Hej")
    await demo.open()
    await expect(demo.phone("Amina").locator(".message")).to_have_count(1)
    assert demo.complaints == []
    assert [address for address in demo.visited if not address.startswith(f"{demo.url}/")] == []


async def test_three_phones_stand_side_by_side_and_the_badge_is_seen(demo: PlayedDemo) -> None:
    page = await demo.open()
    phones = page.locator(".phone")
    assert [await phones.nth(n).get_attribute("data-role") for n in range(3)] == [
        "newcomer",
        "volunteer",
        "coordinator",
    ]
    boxes = [await phones.nth(n).bounding_box() for n in range(3)]
    assert len({box["y"] for box in boxes if box}) == 1
    await expect(page.get_by_text("Demo: nothing leaves 127.0.0.1")).to_be_in_viewport()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (360, 740)])
async def test_nothing_is_wider_than_the_screen(demo: PlayedDemo, width: int, height: int) -> None:
    await demo.page.set_viewport_size({"width": width, "height": height})
    keyboard = {"inline_keyboard": [[{"text": "Spørg mig igen om en uge", "callback_data": str(n)} for n in range(3)]]}
    await demo.bot("sendMessage", chat_id=demo.amina, text="https://example.org/" + "x" * 300, reply_markup=keyboard)
    page = await demo.open()
    await expect(demo.phone("Amina").locator(".message")).to_have_count(1)
    assert await page.evaluate("document.documentElement.scrollWidth") == width
    assert await demo.phone("Amina").locator(".log").evaluate("log => log.scrollWidth - log.clientWidth") == 0


async def test_on_a_narrow_screen_one_phone_is_seen_and_the_tabs_lead_to_the_others(demo: PlayedDemo) -> None:
    await demo.page.set_viewport_size({"width": 360, "height": 740})
    page = await demo.open()
    await expect(demo.phone("Amina")).to_be_visible()
    await expect(demo.phone("Lone")).to_be_hidden()
    await demo.bot("sendMessage", chat_id=demo.lone, text="Amina vil tale med et menneske")
    await page.get_by_role("button", name="Lone new message").click()
    await expect(demo.phone("Amina")).to_be_hidden()
    await expect(demo.phone("Lone").get_by_text("Amina vil tale med et menneske")).to_be_visible()
    await page.get_by_role("button", name="Guide").click()
    await expect(page.get_by_role("heading", name="Make it hard")).to_be_visible()
    await expect(page.get_by_text("Demo: nothing leaves 127.0.0.1")).to_be_in_viewport()


async def test_the_clock_is_shown_as_in_denmark_and_moves_on_request(demo: PlayedDemo) -> None:
    page = await demo.open()
    face = page.locator(".clock-face")
    await expect(face).to_have_text("Thu 26/11 2026 10:02")
    await page.get_by_role("button", name="+1 h").click()
    await expect(face).to_have_text("Thu 26/11 2026 11:02")
    await page.get_by_role("button", name="Next reminder (17:00)").click()
    await expect(face).to_have_text("Thu 26/11 2026 17:00")
    await expect(page.get_by_role("status").filter(has_text="One thing fell due")).to_be_visible()
    await expect(page.get_by_role("button", name="No reminder waits")).to_be_disabled()
    await page.get_by_role("button", name="Tomorrow 09:00").click()
    await expect(face).to_have_text("Fri 27/11 2026 09:00")


async def test_a_date_is_chosen_in_danish_time_also_past_a_change_of_the_clocks(demo: PlayedDemo) -> None:
    page = await demo.open()
    await page.get_by_text("Date …").click()
    await page.locator("#clock-field").fill("2027-03-29T09:30")
    await expect(page.locator(".picker output")).to_have_text("Mon 29/03 2027 09:30")
    await page.get_by_role("button", name="Go").click()
    await expect(page.locator(".clock-face")).to_have_text("Mon 29/03 2027 09:30")
    assert demo.world.now().isoformat() == "2027-03-29T07:30:00+00:00"


async def test_what_the_server_refuses_is_told_in_words(demo: PlayedDemo) -> None:
    page = await demo.open()
    await page.get_by_text("Date …").click()
    await page.locator("#clock-field").fill("2020-01-01T09:30")
    await page.get_by_role("button", name="Go").click()
    await expect(page.locator("#status")).to_have_text("The demo says no: the clock only moves forward")


async def test_a_text_that_did_not_arrive_is_not_lost(demo: PlayedDemo) -> None:
    page = await demo.open()
    await page.route("**/demo/say", lambda route: route.abort())
    field = demo.phone("Mette").locator(".field")
    await field.fill("Jeg kan godt hjælpe")
    await field.press("Enter")
    await expect(page.locator("#status")).to_contain_text("The demo does not answer")
    await expect(field).to_have_value("Jeg kan godt hjælpe")


async def test_the_bots_calls_are_listed_newest_first_with_how_they_ended(demo: PlayedDemo) -> None:
    page = await demo.open()
    await demo.bot("sendMessage", chat_id=demo.mette, text="Hej")
    await demo.bot("sendChatAction", chat_id=demo.lone, action="typing")
    rows = page.locator(".calls tbody tr")
    await expect(rows).to_have_count(2)
    await expect(rows.first).to_contain_text("sendChatAction → Lone")
    await expect(rows.last.locator(".code")).to_have_text("200")


async def test_an_armed_tap_reaches_the_bot_twice_and_the_next_one_once(demo: PlayedDemo) -> None:
    button = {"text": "Ja", "callback_data": "y"}
    await demo.bot("sendMessage", chat_id=demo.mette, text="Kommer du?", reply_markup={"inline_keyboard": [[button]]})
    page = await demo.open()
    armed = page.get_by_role("button", name="Next tap counts twice")
    await armed.click()
    await expect(armed).to_have_attribute("aria-pressed", "true")
    yes = demo.phone("Mette").get_by_role("button", name="Ja")
    await yes.click()
    assert [update["callback_query"]["data"] for update in await demo.updates(2)] == ["y", "y"]
    await expect(armed).to_have_attribute("aria-pressed", "false")
    await yes.click()
    assert len(await demo.updates()) == 1


async def test_what_makes_it_hard_reaches_the_server(demo: PlayedDemo) -> None:
    page = await demo.open()
    await page.get_by_role("button", name="429 flood").click()
    await page.get_by_role("button", name="Lose one answer").click()
    await expect(page.locator("#status")).to_contain_text("its answer is lost")
    assert (demo.world.trouble.flood, demo.world.trouble.drop) == (5, 1)


async def test_another_phone_is_added_and_taken_away(demo: PlayedDemo) -> None:
    page = await demo.open()
    await page.get_by_role("button", name="Add a phone").click()
    await page.get_by_label("Name").fill("ሰላም")
    await page.get_by_label("The app's language").select_option("ti")
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(demo.phone("ሰላም")).to_be_visible()
    person = next(one for one in demo.world.people.values() if one.name == "ሰላም")
    assert (person.language_code, person.role) == ("ti", "newcomer")
    await demo.phone("ሰላም").get_by_role("button", name="Close this phone").click()
    await expect(page.locator(".phone")).to_have_count(3)


async def test_a_phone_can_be_given_to_somebody_else(demo: PlayedDemo) -> None:
    demo.world.new_person("ሰላም", "ti", started=True)
    await demo.bot("sendMessage", chat_id=demo.amina, text="أهلاً")
    page = await demo.open()
    await demo.phone("Amina").get_by_label("Who holds this phone").select_option("ሰላም")
    await expect(demo.phone("ሰላም").get_by_role("button", name="ጀምር")).to_be_visible()
    await expect(demo.phone("ሰላም").locator(".message")).to_have_count(0)
    await expect(page.locator(".phone").first).to_have_css("direction", "ltr")


async def test_reset_starts_over_with_new_people(demo: PlayedDemo) -> None:
    await demo.bot("sendMessage", chat_id=demo.amina, text="أهلاً 26/11 17:30")
    page = await demo.open()
    await expect(page.locator(".steps .is-done")).to_have_count(1)
    await page.get_by_role("button", name="Reset").click()
    await expect(page.locator(".phone")).to_have_count(0)
    demo.world.new_person("Amina", "ar", role="newcomer")
    await expect(demo.phone("Amina").get_by_role("button", name="ابدأ")).to_be_visible()
    await expect(page.locator(".steps .is-done")).to_have_count(0)


async def test_the_steps_tick_themselves_from_what_is_seen(demo: PlayedDemo) -> None:
    page = await demo.open()
    ticked = page.locator(".steps .is-done")
    languages = {
        "inline_keyboard": [[{"text": n, "callback_data": n} for n in ("العربية", "ትግርኛ", "Dansk", "English")]]
    }
    asked = await demo.bot("sendMessage", chat_id=demo.amina, text="?", reply_markup=languages)
    await expect(demo.phone("Amina").locator(".message")).to_have_count(1)
    await expect(ticked).to_have_count(0)
    edited = {"chat_id": demo.amina, "message_id": asked["message_id"]}
    await demo.bot("editMessageText", **edited, text="أين تسكن؟")
    await expect(ticked).to_have_count(1)
    yes = {"inline_keyboard": [[{"text": "سأحضر", "callback_data": "s", "style": "success"}]]}
    await demo.bot("editMessageText", **edited, text="🍲 الخميس 26/11 الساعة 17:30", reply_markup=yes)
    await expect(ticked).to_have_count(2)
    await demo.phone("Amina").get_by_role("button", name="سأحضر").click()
    await expect(demo.phone("Amina").get_by_role("button", name="سأحضر")).not_to_have_attribute("aria-busy", "true")
    await expect(ticked).to_have_count(2)  # the tap is no answer yet
    no = {"inline_keyboard": [[{"text": "إلغاء", "callback_data": "c", "style": "danger"}]]}
    await demo.bot("editMessageText", **edited, text="✅ الخميس 26/11 الساعة 17:30", reply_markup=no)
    await expect(ticked).to_have_count(3)
    await page.get_by_role("button", name="Next reminder").click()
    await demo.bot("sendMessage", chat_id=demo.amina, text="⏰ 17:30")
    await expect(ticked).to_have_count(4)
    demo.world.says(demo.amina, "قف")
    await expect(ticked).to_have_count(5)


async def test_a_story_is_chosen_followed_held_and_says_where_it_cannot_go_on(
    demo: PlayedDemo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.demo.stories.player.LOOKS", 1)
    page = await demo.open()
    await page.get_by_role("button", name="Play a story").click()
    await page.get_by_role("menuitem", name="قصة قصيرة").click()
    bar = page.locator(".story")
    await expect(bar).to_contain_text("A short story")
    await expect(bar.get_by_role("status")).to_have_text("\u2068Amina\u2069 says hello.")
    await page.get_by_role("button", name="Wait").click()
    await expect(page.get_by_role("button", name="Go on")).to_be_visible()
    await expect(demo.phone("Amina")).to_have_class(re.compile("is-acting"))
    await expect(demo.phone("Amina").get_by_text("Hej")).to_have_count(1)
    next_step = page.get_by_role("button", name="Next", exact=True)
    while await next_step.is_visible():
        with contextlib.suppress(PageTimeout):  # the story may end between the look and the click
            await next_step.click(timeout=1_000)
    await expect(bar).to_have_attribute("data-state", "stuck")
    await expect(bar.get_by_role("status")).to_contain_text("Mette sees no button none (line 2 of its file)")
    await page.get_by_role("button", name="Put this away").click()
    await expect(bar).to_be_hidden()
    await expect(page.locator(".is-acting")).to_have_count(0)


async def test_the_page_speaks_danish_when_asked(demo: PlayedDemo) -> None:
    page = await demo.open("?lang=da")
    await expect(page.locator("html")).to_have_attribute("lang", "da")
    await expect(page.get_by_text("Demo: intet forlader 127.0.0.1")).to_be_visible()
    await expect(page.locator(".clock-face")).to_have_text("tors 26/11 2026 10:02")


async def test_every_language_of_the_page_has_every_word_with_the_same_values_in_it(demo: PlayedDemo) -> None:
    page = await demo.open()
    words = """async () => {
        const paths = (level, at = "") => Object.entries(level).flatMap(([key, value]) => typeof value === "string"
            ? [[at + key, (value.match(/\\{\\w+\\}/g) ?? []).sort().join(), value.trim() !== ""]]
            : paths(value, at + key + "."));
        const found = {};
        for (const [code, name] of [["en", "ENGLISH"], ["da", "DANISH"], ["ar", "ARABIC"], ["ti", "TIGRINYA"]])
            found[code] = paths((await import(`/page/words_${code}.js`))[name]);
        return found;
    }"""
    found = await page.evaluate(words)
    english = found.pop("en")
    assert len(english) > 100
    assert all(said for _, _, said in english)
    for language, its in found.items():
        assert its == english, language


@pytest.mark.parametrize(("language", "direction", "badge"), [("ar", "rtl", "عرض تجريبي"), ("ti", "ltr", "መርኣዪ")])
async def test_the_page_reads_from_its_own_side_and_fits_a_phone(
    demo: PlayedDemo, language: str, direction: str, badge: str
) -> None:
    page = await demo.open(f"?lang={language}")
    await expect(page.locator("html")).to_have_attribute("dir", direction)
    await expect(page.get_by_text(badge)).to_be_visible()
    for width in (1280, 360):
        await page.set_viewport_size({"width": width, "height": 740})
        assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width
    assert await page.evaluate("getComputedStyle(document.querySelector('.phone[dir=ltr]')).direction") == "ltr"
