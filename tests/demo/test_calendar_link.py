"""A calendar link of the demo: it leads to the bot's own web server on this machine, and opens there."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.demo.running import running_demo

pytestmark = pytest.mark.slow  # a demo is two processes that load their libraries


def test_the_private_calendar_link_opens_ones_own_plans(tmp_path: Path) -> None:
    with running_demo(tmp_path / "demo") as demo:
        someone = demo.come_in("en")
        demo.say(someone, "madklub")
        demo.tap(someone, "c:")
        demo.tap(someone, "j:")
        demo.say(someone, "/plans")
        demo.tap(someone, "cl")
        demo.tap(someone, "cln")
        address = next(
            button["url"] for row in demo.bubbles(someone)[-1]["buttons"] for button in row if button.get("url")
        )
        assert address.startswith("http://127.0.0.1:")
        opened = httpx.get(address, follow_redirects=True, trust_env=False)
        assert (opened.status_code, opened.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        assert "BEGIN:VEVENT" in opened.text
