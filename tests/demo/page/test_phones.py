"""A phone of the demo: what it shows of a chat, and that what is done on it reaches the bot."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.demo.page.played import PlayedDemo

pytestmark = pytest.mark.asyncio(loop_scope="session")  # so that all tests can share one browser

YES = {"text": "✅ سأحضر", "callback_data": "s:1", "style": "success"}
NO = {"text": "Ikke nu", "callback_data": "n:1", "style": "danger"}


async def test_the_phone_of_an_arabic_reader_runs_from_the_right_and_a_danish_one_from_the_left(
    demo: PlayedDemo,
) -> None:
    await demo.open()
    for name, direction in (("Amina", "rtl"), ("Mette", "ltr")):
        for part in (".phone-head", ".field", ".log"):
            await expect(demo.phone(name).locator(part)).to_have_css("direction", direction)


async def test_each_message_runs_in_the_direction_of_its_own_words(demo: PlayedDemo) -> None:
    await demo.bot("sendMessage", chat_id=demo.amina, text="🍲 نادي الطبخ · Madklub")
    await demo.bot("sendMessage", chat_id=demo.amina, text="Madklub · نادي الطبخ")
    await demo.bot("sendMessage", chat_id=demo.amina, text="\u2068Amina\u2069، أهلاً وسهلاً")
    await demo.open()
    texts = demo.phone("Amina").locator(".from-bot .text")
    for number, direction in enumerate(("rtl", "ltr", "rtl")):
        await expect(texts.nth(number)).to_have_css("direction", direction)


async def test_words_in_three_scripts_are_drawn_with_the_shipped_fonts(demo: PlayedDemo) -> None:
    await demo.bot(
        "sendMessage", chat_id=demo.amina, text="<b>نادي</b> الطبخ · <b>ክለብ</b> ምግቢ · <b>Madklub</b>", parse_mode="HTML"
    )
    page = await demo.open()
    await expect(demo.phone("Amina").locator("strong")).to_have_count(3)
    loaded = await page.evaluate(
        """document.fonts.ready.then(fonts =>
            [...fonts].filter(font => font.status === "loaded").map(font => font.family + font.weight))"""
    )
    assert set(loaded) == {
        "Brobot Arabic400",
        "Brobot Arabic700",
        "Brobot Ethiopic400",
        "Brobot Ethiopic700",
        "Brobot Latin100 900",
    }


async def test_a_tap_reaches_the_bot_and_its_answer_is_shown(demo: PlayedDemo) -> None:
    sent = await demo.bot(
        "sendMessage", chat_id=demo.amina, text="26/11 17:30", reply_markup={"inline_keyboard": [[YES]]}
    )
    await demo.open()
    await demo.phone("Amina").get_by_role("button", name="سأحضر").click()
    [update] = await demo.updates()
    query = update["callback_query"]
    assert (query["data"], query["from"]["id"], query["message"]["message_id"]) == (
        "s:1",
        demo.amina,
        sent["message_id"],
    )
    await demo.bot("answerCallbackQuery", callback_query_id=query["id"], text="تم التسجيل")
    await expect(demo.phone("Amina").locator(".toast")).to_have_text("تم التسجيل")


async def test_green_and_red_never_speak_by_colour_alone(demo: PlayedDemo) -> None:
    keyboard = {"inline_keyboard": [[{**YES, "text": "Ja, gerne"}, NO]]}
    await demo.bot("sendMessage", chat_id=demo.mette, text="Ny match", reply_markup=keyboard)
    await demo.open()
    sign = "node => getComputedStyle(node.querySelector('bdi'), '::before').content"
    green, red = (demo.phone("Mette").get_by_role("button", name=name) for name in ("Ja, gerne", "Ikke nu"))
    assert "✓" in await green.evaluate(sign)
    assert "✕" in await red.evaluate(sign)


async def test_an_edited_message_changes_in_its_place_and_keeps_the_keyboards_place(demo: PlayedDemo) -> None:
    keyboard = {"inline_keyboard": [[YES], [{"text": "المزيد", "callback_data": "m"}]]}
    sent = await demo.bot("sendMessage", chat_id=demo.amina, text="الأول", reply_markup=keyboard)
    await demo.open()
    await demo.phone("Amina").get_by_role("button", name="المزيد").focus()
    edited = {"chat_id": demo.amina, "message_id": sent["message_id"], "text": "الثاني"}
    await demo.bot("editMessageText", **edited, reply_markup=keyboard)
    bubble = demo.phone("Amina").locator(".message")
    await expect(bubble).to_have_count(1)
    await expect(bubble).to_contain_text("الثاني")
    await expect(bubble.locator(".edited")).to_have_text("معدّلة")
    await expect(demo.phone("Amina").get_by_role("button", name="المزيد")).to_be_focused()


async def test_the_reply_keyboard_sends_its_words_and_can_be_put_away(demo: PlayedDemo) -> None:
    keyboard = {"keyboard": [[{"text": "🔎 ابحث"}, {"text": "📅 مواعيدي"}]]}
    await demo.bot("sendMessage", chat_id=demo.amina, text="أهلاً", reply_markup=keyboard)
    await demo.open()
    phone = demo.phone("Amina")
    await phone.get_by_role("button", name="ابحث").click()
    assert [update["message"]["text"] for update in await demo.updates()] == ["🔎 ابحث"]
    await phone.get_by_role("button", name="Show or hide the buttons").click()
    await expect(phone.get_by_role("button", name="مواعيدي")).to_be_hidden()


async def test_near_me_asks_for_a_town_and_sends_where_it_lies(demo: PlayedDemo) -> None:
    keyboard = {"keyboard": [[{"text": "📍 بالقرب مني", "request_location": True}]]}
    await demo.bot("sendMessage", chat_id=demo.amina, text="أهلاً", reply_markup=keyboard)
    await demo.open()
    await demo.phone("Amina").get_by_role("button", name="بالقرب مني").click()
    await demo.phone("Amina").get_by_role("menuitem", name="Korinth").click()
    [update] = await demo.updates()
    assert update["message"]["location"] == {"latitude": 55.1381, "longitude": 10.3294}
    await expect(demo.phone("Amina").locator(".from-person .map")).to_be_visible()


async def test_a_text_is_written_and_sent_by_keyboard_alone(demo: PlayedDemo) -> None:
    page = await demo.open()
    await demo.phone("Amina").get_by_role("button", name="ابدأ").focus()
    for _ in range(2):  # from Start to the menu of commands, to the field
        await page.keyboard.press("Tab")
    await page.keyboard.type("أين نادي الطبخ؟")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("Ringe")
    await page.keyboard.press("Enter")
    assert [update["message"]["text"] for update in await demo.updates()] == ["أين نادي الطبخ؟\nRinge"]
    await expect(demo.phone("Amina").locator(".field")).to_have_value("")


async def test_a_menu_is_walked_with_arrows_and_escape_gives_the_focus_back(demo: PlayedDemo) -> None:
    page = await demo.open()
    button = demo.phone("Mette").get_by_role("button", name="Attach")
    await button.focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await expect(demo.phone("Mette").get_by_role("menuitem", name="Voice message")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(demo.phone("Mette").get_by_role("menu")).to_be_hidden()
    await expect(button).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    [update] = await demo.updates()
    assert "voice" in update["message"]


async def test_the_commands_menu_says_the_command(demo: PlayedDemo) -> None:
    await demo.bot("setMyCommands", commands=[{"command": "privacy", "description": "Hvad vi gemmer"}])
    await demo.open()
    await demo.phone("Mette").get_by_role("button", name="Commands").click()
    await demo.phone("Mette").get_by_role("menuitem", name="Hvad vi gemmer").click()
    assert [update["message"]["text"] for update in await demo.updates()] == ["/privacy"]


async def test_a_place_is_a_map_and_a_calendar_file_can_be_saved(demo: PlayedDemo) -> None:
    place = {"latitude": 55.2386, "longitude": 10.4793, "title": "Madklub", "address": "Algade 4, 5750 Ringe"}
    await demo.bot("sendVenue", chat_id=demo.mette, **place)
    demo.world.sends_media(demo.mette, "document")
    await demo.open()
    phone = demo.phone("Mette")
    await expect(phone.locator(".venue")).to_contain_text("Algade 4, 5750 Ringe")
    async with demo.page.expect_download() as saving:
        await phone.locator("a.file").click()
    saved = await (await saving.value).path()
    assert saved.stat().st_size > 0


async def test_what_a_message_says_is_never_taken_as_markup(demo: PlayedDemo) -> None:
    text = '<img src=x onerror="document.title=1"> & <b>not bold</b>'
    await demo.bot("sendMessage", chat_id=demo.mette, text=text)
    await demo.open()
    await expect(demo.phone("Mette").locator(".from-bot .text")).to_contain_text(text)
    await expect(demo.phone("Mette").locator(".text img, .text strong")).to_have_count(0)


async def test_marks_count_as_telegram_counts_also_after_an_emoji(demo: PlayedDemo) -> None:
    text = "🍲🍲 <b>Madklub <i>i Ringe</i></b> <code>1234</code>"
    await demo.bot("sendMessage", chat_id=demo.mette, text=text, parse_mode="HTML")
    await demo.open()
    phone = demo.phone("Mette")
    assert "".join(await phone.locator("strong").all_text_contents()) == "Madklub i Ringe"
    assert await phone.locator("em").all_text_contents() == ["i Ringe"]
    assert await phone.locator("code").all_text_contents() == ["1234"]


async def test_a_link_that_leaves_this_computer_is_named_and_not_followed(demo: PlayedDemo) -> None:
    button = {"text": "Vejen", "url": "https://example.org/vej"}
    await demo.bot("sendMessage", chat_id=demo.mette, text="Find vej", reply_markup={"inline_keyboard": [[button]]})
    await demo.open()
    await demo.phone("Mette").get_by_role("button", name="Vejen").click()
    await expect(demo.phone("Mette").locator(".toast")).to_contain_text("https://example.org/vej")
    assert [address for address in demo.visited if not address.startswith(demo.url)] == []


async def test_a_button_that_opens_a_window_of_the_app_says_so_and_is_no_silence(demo: PlayedDemo) -> None:
    button = {"text": "Del", "copy_text": {"text": "Madklub"}}
    await demo.bot("sendMessage", chat_id=demo.mette, text="Madklub", reply_markup={"inline_keyboard": [[button]]})
    await demo.open()
    await demo.phone("Mette").get_by_role("button", name="Del").click()
    await expect(demo.phone("Mette").locator(".toast")).to_have_text("A real phone would now open Del")


async def test_an_invitations_secret_is_not_shown_on_the_phone_that_used_it(demo: PlayedDemo) -> None:
    demo.world.starts(demo.lone, "i_secret")
    await demo.open()
    await expect(demo.phone("Lone").locator(".from-person .link")).to_have_text("/start")
    await expect(demo.phone("Lone").locator(".from-person")).not_to_contain_text("secret")


async def test_a_blocked_bot_is_shown_and_can_be_let_in_again(demo: PlayedDemo) -> None:
    page = await demo.open()
    await page.get_by_label("Who", exact=True).select_option("Mette")
    await page.get_by_role("button", name="Mette blocks the bot").click()
    unblock = demo.phone("Mette").get_by_role("button", name="Fjern blokering")
    await expect(unblock).to_be_visible()
    assert demo.world.people[demo.mette].blocked
    await unblock.click()
    await expect(demo.phone("Mette").locator(".field")).to_be_visible()
    assert not demo.world.people[demo.mette].blocked


async def test_a_new_message_is_announced_and_an_old_chat_is_not_read_aloud(demo: PlayedDemo) -> None:
    await demo.bot("sendMessage", chat_id=demo.mette, text="Gammel")
    await demo.open()
    log = demo.phone("Mette").get_by_role("log", name="Messages with Mette")
    await expect(log).to_have_attribute("aria-busy", "false")
    await expect(log).to_have_attribute("aria-live", "polite")
    await demo.page.evaluate("document.querySelector('[data-person=Mette] .message').dataset.kept = 'yes'")
    await demo.bot("sendMessage", chat_id=demo.mette, text="Ny")
    await expect(log.locator(".message")).to_have_count(2)
    await expect(log.locator(".message").first).to_have_attribute("data-kept", "yes")
