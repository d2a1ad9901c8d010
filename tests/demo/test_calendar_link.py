"""A calendar link of the demo: it leads to the bot's own web server on this machine, and opens there."""

from __future__ import annotations

import httpx
import pytest

from tests.demo.running import RunningDemo

pytestmark = pytest.mark.slow  # a demo is two processes that load their libraries, and a bot


def test_the_private_calendar_link_opens_ones_own_plans(demo: RunningDemo) -> None:
    someone = demo.come_in("en")
    demo.say(someone, "madklub")
    for data in ("c:", "j:"):
        demo.tap(someone, data)
    demo.say(someone, "/plans")
    for data in ("cl", "cln"):
        demo.tap(someone, data)
    address = next(button["url"] for row in demo.bubbles(someone)[-1]["buttons"] for button in row if button.get("url"))
    assert address.startswith("http://127.0.0.1:")
    opened = httpx.get(address, follow_redirects=True, trust_env=False)
    assert (opened.status_code, opened.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "BEGIN:VEVENT" in opened.text
