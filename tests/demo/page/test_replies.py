"""Replies on a phone of the demo: a bubble is answered, as coordinators answer a case."""

from __future__ import annotations

import pytest
from playwright.async_api import FloatRect, Locator, expect

from tests.demo.page.played import PlayedDemo

pytestmark = pytest.mark.asyncio(loop_scope="session")  # so that all tests can share one browser

CASE = "Somebody asks for a person.\nReply to this message, and I pass it on."
LEAST_TARGET = 24  # CSS pixels: WCAG 2.2, 2.5.8


async def _box(part: Locator) -> FloatRect:
    box = await part.bounding_box()
    assert box, "it is not seen"
    return box


async def test_a_bubble_is_replied_to_by_keyboard_alone_and_the_sent_bubble_quotes_it(demo: PlayedDemo) -> None:
    case = await demo.bot("sendMessage", chat_id=demo.lone, text=CASE)
    page = await demo.open()
    lone = demo.phone("Lone")
    await lone.get_by_role("log").focus()
    await page.keyboard.press("Tab")
    await expect(lone.get_by_role("button", name="Reply", exact=True)).to_be_focused()
    await expect(lone.locator(".reply")).to_have_css("opacity", "1")
    await page.keyboard.press("Enter")
    await expect(lone.locator(".quoted")).to_contain_text("Somebody asks for a person. Reply to this message")
    await expect(lone.locator(".field")).to_be_focused()
    await expect(lone.locator(".field")).to_have_accessible_description("Reply to Brobot " + CASE.replace("\n", " "))
    await page.keyboard.type("Kom på mandag")
    await page.keyboard.press("Enter")
    [update] = await demo.updates()
    told = update["message"]
    assert (told["text"], told["reply_to_message"]["message_id"]) == ("Kom på mandag", case["message_id"])
    await expect(lone.locator(".from-person .quote")).to_contain_text("Somebody asks for a person.")
    await expect(lone.locator(".quoted")).to_be_hidden()


async def test_a_reply_is_taken_back_with_escape_or_the_cross_and_the_words_stay(demo: PlayedDemo) -> None:
    await demo.bot("sendMessage", chat_id=demo.lone, text=CASE)
    page = await demo.open()
    lone = demo.phone("Lone")
    field = lone.locator(".field")
    for by_keyboard in (True, False):
        await lone.locator(".from-bot").hover()
        await lone.get_by_role("button", name="Reply", exact=True).click()
        await field.fill("Hej")
        if by_keyboard:
            await page.keyboard.press("Escape")
        else:
            await lone.get_by_role("button", name="Do not reply to this message").click()
        await expect(lone.locator(".quoted")).to_be_hidden()
        await expect(field).to_be_focused()
        await expect(field).to_have_value("Hej")
    await field.press("Enter")
    [update] = await demo.updates()
    assert "reply_to_message" not in update["message"]


async def test_one_reply_does_not_make_the_next_message_a_reply(demo: PlayedDemo) -> None:
    await demo.bot("sendMessage", chat_id=demo.lone, text=CASE)
    page = await demo.open()
    await demo.phone("Lone").get_by_role("button", name="Reply", exact=True).click()
    for text in ("Kom på mandag", "Tak"):
        await page.keyboard.type(text)
        await page.keyboard.press("Enter")
    assert ["reply_to_message" in update["message"] for update in await demo.updates(2)] == [True, False]


async def test_a_reply_that_did_not_arrive_comes_back_with_what_it_answers(demo: PlayedDemo) -> None:
    await demo.bot("sendMessage", chat_id=demo.lone, text=CASE)
    page = await demo.open()
    lone = demo.phone("Lone")
    await lone.get_by_role("button", name="Reply", exact=True).click()
    await page.route("**/demo/say", lambda route: route.abort())
    await page.keyboard.type("Kom på mandag")
    await page.keyboard.press("Enter")
    await expect(page.locator("#status")).to_contain_text("The demo does not answer")
    await page.unroute("**/demo/say")
    await expect(lone.locator(".field")).to_have_value("Kom på mandag")
    await expect(lone.locator(".quoted")).to_contain_text("Somebody asks for a person.")
    await page.keyboard.press("Enter")
    [update] = await demo.updates()
    assert update["message"]["reply_to_message"]["text"] == CASE


async def test_the_quote_follows_an_edit_and_goes_with_a_deleted_bubble(demo: PlayedDemo) -> None:
    sent = await demo.bot("sendMessage", chat_id=demo.lone, text=CASE)
    there = {"chat_id": demo.lone, "message_id": sent["message_id"]}
    demo.world.says(demo.lone, "Jeg tager den", reply_to=sent["message_id"])
    await demo.open()
    lone = demo.phone("Lone")
    await lone.get_by_role("button", name="Reply", exact=True).click()
    await demo.bot("editMessageText", **there, text="You have this case.")
    for place in (".quoted", ".from-person .quote"):
        await expect(lone.locator(place)).to_contain_text("You have this case.")
    await demo.bot("deleteMessage", **there)
    await expect(lone.locator(".quoted")).to_be_hidden()
    await expect(lone.locator(".from-person .quote-text")).to_have_text("Deleted message")


async def test_another_holder_of_the_phone_does_not_send_the_reply(demo: PlayedDemo) -> None:
    await demo.bot("sendMessage", chat_id=demo.lone, text=CASE)
    demo.world.new_person("Sana", "en", role="coordinator", started=True)
    page = await demo.open()
    await demo.phone("Lone").get_by_role("button", name="Reply", exact=True).click()
    await demo.phone("Lone").get_by_label("Who holds this phone").select_option("Sana")
    await expect(demo.phone("Sana").locator(".quoted")).to_be_hidden()
    await demo.phone("Sana").locator(".field").fill("Hello")
    await page.keyboard.press("Enter")
    [update] = await demo.updates()
    assert "reply_to_message" not in update["message"]


async def test_a_picture_is_quoted_by_what_it_is_in_the_pages_language(demo: PlayedDemo) -> None:
    place = {"latitude": 55.2386, "longitude": 10.4793, "title": "Madklub", "address": "Algade 4, 5750 Ringe"}
    await demo.bot("sendVenue", chat_id=demo.lone, **place)
    await demo.open("?lang=da")
    await demo.phone("Lone").get_by_role("button", name="Svar", exact=True).click()
    await expect(demo.phone("Lone").locator(".quote-text")).to_have_text("Sted")


async def test_in_an_arabic_phone_the_reply_stands_on_the_left_and_the_quote_runs_as_its_words_do(
    demo: PlayedDemo,
) -> None:
    await demo.bot("sendMessage", chat_id=demo.amina, text="نادي الطبخ")
    await demo.open()
    amina = demo.phone("Amina")
    bubble, button = await _box(amina.locator(".bubble")), await _box(amina.locator(".reply"))
    assert button["x"] + button["width"] <= bubble["x"]
    await amina.get_by_role("button", name="Reply", exact=True).click()
    await expect(amina.locator(".quote-text")).to_have_css("direction", "rtl")


@pytest.mark.parametrize("width", [1440, 360])
async def test_the_reply_is_large_enough_to_hit_and_stays_within_the_phone(demo: PlayedDemo, width: int) -> None:
    await demo.page.set_viewport_size({"width": width, "height": 740})
    await demo.bot("sendMessage", chat_id=demo.amina, text="نادي الطبخ " * 40)
    await demo.open()
    amina = demo.phone("Amina")
    phone, button = await _box(amina), await _box(amina.locator(".reply"))
    assert min(button["width"], button["height"]) >= LEAST_TARGET
    assert button["x"] >= phone["x"]
    await amina.get_by_role("button", name="Reply", exact=True).click()
    cross = await _box(amina.get_by_role("button", name="Do not reply to this message"))
    assert cross["x"] >= phone["x"]
    assert await amina.locator(".log").evaluate("log => log.scrollWidth - log.clientWidth") == 0


async def test_where_there_is_no_hover_the_reply_is_always_seen(demo: PlayedDemo) -> None:
    await demo.bot("sendMessage", chat_id=demo.lone, text=CASE)
    browser = demo.page.context.browser
    assert browser
    touch = await browser.new_context(viewport={"width": 1024, "height": 768}, has_touch=True, is_mobile=True)
    page = await touch.new_page()
    await page.goto(f"{demo.url}/")
    reply = page.locator('.phone[data-person="Lone"] .reply')
    await expect(reply).to_have_css("opacity", "1")
    await reply.tap()
    await expect(page.locator('.phone[data-person="Lone"] .quoted')).to_be_visible()
    await touch.close()
