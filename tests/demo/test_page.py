"""The demo as its visitor has it: the real process, its page in a browser, and only what a person would press."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.demo.running import RunningDemo

PATIENT = 60_000
"""Milliseconds an answer may take: the machine may be busy, and the bot writes once a second in a chat."""


@pytest.fixture
def fresh(demo: RunningDemo) -> RunningDemo:
    """The demo at its beginning: nobody has chosen a language yet, and the coordinator is on the way in."""
    demo.post("/demo/reset")
    return demo


@dataclass
class Visit:
    """A browser's page on the demo: every address it asked for, and what its console complained of."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def phone(self, name: str) -> Locator:
        return self.page.locator(f'.phone[data-person="{name}"]')

    async def has_stayed_here(self) -> None:
        assert self.complaints == []
        assert [each for each in self.asked if not each.startswith((self.address, "data:"))] == []

    async def steps_done(self, *names: str) -> None:
        for name in names:
            await expect(self.page.locator(f'[data-step="{name}"]')).to_have_class(
                re.compile("is-done"), timeout=PATIENT
            )


async def visit(browser: Browser, demo: RunningDemo, *, width: int, height: int) -> Visit:
    page = await browser.new_page(viewport={"width": width, "height": height}, locale="en-GB")
    page.set_default_timeout(PATIENT)
    made = Visit(page, demo.address)
    page.on("request", lambda request: made.asked.append(request.url))
    page.on("console", lambda message: made.complaints.append(message.text))
    page.on("pageerror", lambda error: made.complaints.append(str(error)))
    await page.goto(demo.address)
    await page.locator("#status[data-state=live]").wait_for()
    return made


async def press(phone: Locator, words: str) -> None:
    """The newest button that says so, also one with a sign before the words."""
    await phone.locator(".inline-button", has_text=re.compile(words)).last.click()


async def press_green(phone: Locator) -> None:
    await phone.locator(".inline-button[data-style=success]").last.click()


async def press_red(phone: Locator) -> None:
    await phone.locator(".inline-button[data-style=danger]").last.click()


async def write(phone: Locator, words: str) -> None:
    """Writes to the bot, and waits for what it finds."""
    bubbles = phone.locator(".from-bot")
    before = await bubbles.count()
    await phone.locator(".field").fill(words)
    await phone.locator(".field").press("Enter")
    await expect(bubbles).to_have_count(before + 1, timeout=PATIENT)


async def sees(phone: Locator, words: str) -> None:
    await expect(phone.locator(".from-bot").filter(has_text=re.compile(words)).last).to_be_visible(timeout=PATIENT)


async def test_the_newcomers_story_in_arabic_by_pressing_what_is_seen(browser: Browser, fresh: RunningDemo) -> None:
    here = await visit(browser, fresh, width=1440, height=900)
    amina = here.phone("أمينة")
    await expect(amina.locator(".log")).to_have_css("direction", "rtl")
    await press(amina, "العربية")
    await press_green(amina)  # yes
    await press(amina, "Ringe")
    await write(amina, "طبخ")
    await press(amina, "^\\W*1\\W")
    await sees(amina, "\\d\\d/\\d\\d")
    await expect(amina.locator(".from-bot .text").last).to_have_css("direction", "rtl")
    await here.steps_done("language", "found")
    await press_green(amina)  # sign up
    await here.steps_done("signedUp")
    await here.page.get_by_role("button", name="Next reminder (").click()
    await here.steps_done("reminded")
    await press_red(amina)
    await here.steps_done("stopped")
    await expect(here.page.get_by_text("That is the whole chain.")).to_be_visible()
    await here.has_stayed_here()


async def test_a_crash_in_the_middle_is_not_felt_and_a_reset_begins_anew(browser: Browser, fresh: RunningDemo) -> None:
    here = await visit(browser, fresh, width=1440, height=900)
    amina = here.phone("أمينة")
    await press(amina, "English")
    await here.page.get_by_role("button", name="Crash the bot").click()
    await press(amina, "Yes")
    await press(amina, "Ringe")
    await here.steps_done("language", "found")
    await here.page.get_by_role("button", name="Reset").click()
    await expect(amina.locator(".inline-button", has_text="ትግርኛ")).to_be_visible(timeout=PATIENT)
    await expect(amina.locator(".from-bot")).to_have_count(1, timeout=PATIENT)
    await sees(here.phone("Lone"), "oordinator")
    await expect(here.page.locator("[data-step=language]")).not_to_have_class(re.compile("is-done"))
    await here.has_stayed_here()


async def test_the_newcomers_story_in_tigrinya_on_a_phone_of_360_pixels(browser: Browser, fresh: RunningDemo) -> None:
    here = await visit(browser, fresh, width=360, height=740)
    amina = here.phone("أمينة")
    await press(amina, "ትግርኛ")
    await press_green(amina)  # yes
    await press(amina, "Ringe")
    await write(amina, "ምኽሻን")
    await press(amina, "^\\W*1\\W")
    await press_green(amina)  # sign up
    await expect(amina.locator(".inline-button[data-style=danger]").last).to_be_visible(timeout=PATIENT)
    assert await here.page.evaluate("document.documentElement.scrollWidth") == 360
    await here.page.get_by_role("button", name="Move the clock").click()
    await here.page.get_by_role("button", name="Next reminder (").click()
    await expect(here.page.locator("#status")).to_contain_text("fell due", timeout=PATIENT)
    await press_red(amina)
    await here.page.get_by_role("button", name="Guide").click()
    await here.steps_done("language", "found", "signedUp", "reminded", "stopped")
    await here.has_stayed_here()
