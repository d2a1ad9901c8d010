"""The demo over HTTP, as anyone may drive it: its three persons, its clock, its troubles, its beginning and end."""

from __future__ import annotations

import os
import signal
import time
from datetime import datetime, timedelta
from pathlib import Path

import psutil
import pytest

from bot.core.schedule import ZONE
from tests.demo.running import (
    ANSWERS_WITHIN,
    ROOT,
    RunningDemo,
    end,
    ended,
    family,
    running_demo,
    start_demo_cold,
)

pytestmark = pytest.mark.slow  # a demo is two processes that load their libraries, and a bot


def roles(demo: RunningDemo) -> list[str]:
    return [each["role"] for each in demo.get("/demo/people")["people"]]


def person(demo: RunningDemo, role: str) -> int:
    found: int = next(each["id"] for each in demo.get("/demo/people")["people"] if each["role"] == role)
    return found


def moments(demo: RunningDemo, phone: int) -> list[datetime]:
    return [datetime.fromisoformat(each["date"]) for each in demo.bubbles(phone)]


def now(demo: RunningDemo) -> datetime:
    return datetime.fromisoformat(demo.get("/demo/clock")["now"])


def nobody_has_chosen(demo: RunningDemo) -> None:
    """The three persons are there, and the newcomer and the volunteer are asked for their language."""
    demo.settle()
    assert roles(demo) == ["newcomer", "volunteer", "coordinator"]
    for role in ("newcomer", "volunteer"):
        assert {each[:4] for each in demo.buttons(person(demo, role))} == {"l:ar", "l:ti", "l:da", "l:en"}


def sign_up(demo: RunningDemo, phone: int) -> None:
    """For the cooking club."""
    demo.say(phone, "madklub")
    demo.tap(phone, "c:")
    demo.tap(phone, "j:")


# Who is there, and what they can do


def test_a_coordinator_has_come_in_by_an_invitation_also_on_a_new_phone(demo: RunningDemo) -> None:
    for phone in (person(demo, "coordinator"), demo.new_phone("so", role="coordinator")):
        demo.tap(phone, "set")
        assert "k" in demo.buttons(phone)


def test_a_newcomer_does_not_coordinate(demo: RunningDemo) -> None:
    phone = demo.come_in("en")
    demo.say(phone, "/settings")
    assert "k" not in demo.buttons(phone)


def test_a_phone_says_taps_by_label_or_data_shares_a_place_and_sends_a_voice_note(demo: RunningDemo) -> None:
    phone = demo.new_phone("en")
    demo.say(phone, "/start")
    [question] = demo.bubbles(phone)
    assert set(question) >= {"id", "from", "text", "buttons", "kind", "edited", "date"}
    demo.post("/demo/tap", {"id": phone, "label": "English", "message_id": question["id"]})
    demo.settle()
    demo.tap(phone, "yes")
    demo.post("/demo/location", {"id": phone, "lat": 55.2386, "lon": 10.4793})
    demo.settle()
    assert "The nearest town is Ringe" in demo.text(phone)
    before = len(demo.bubbles(phone))
    demo.post("/demo/media", {"id": phone, "kind": "voice"})
    demo.settle()
    assert len(demo.bubbles(phone)) > before


def test_what_a_phone_cannot_do_is_refused_in_words(demo: RunningDemo) -> None:
    phone = demo.new_phone("en")
    refused: dict[str, dict[str, object]] = {
        "/demo/tap": {"id": phone, "label": "No such button"},
        "/demo/say": {"id": 1, "text": "Hej"},
        "/demo/media": {"id": phone, "kind": "smell"},
        "/demo/clock": {"to": "2020-01-01T09:00"},
        "/demo/fault": {"kind": "earthquake"},
    }
    for path, body in refused.items():
        assert demo.post(path, body, status=400)["error"], path


def test_calls_are_listed_with_their_status_from_a_number_on(demo: RunningDemo) -> None:
    since = demo.get("/demo/calls")["next"]
    phone = demo.new_phone("da")
    demo.say(phone, "/start")
    calls = demo.get(f"/demo/calls?since={since}")["calls"]
    assert [(each["method"], each["status"]) for each in calls if each["chat"] == phone] == [("sendMessage", 200)]
    assert min(each["n"] for each in calls) == since + 1


def test_idle_answers_once_the_bot_has_answered_everyone(demo: RunningDemo) -> None:
    phones = [demo.post("/demo/people", {"name": "Ali", "language_code": "ar"})["id"] for _ in range(10)]
    for phone in phones:
        demo.post("/demo/start", {"id": phone})
    demo.settle()
    assert [len(demo.bubbles(phone)) for phone in phones] == [1] * 10


def test_the_page_is_served_with_a_strict_policy_and_told_its_towns(demo: RunningDemo) -> None:
    page = demo.http.get("/")
    assert page.headers["Content-Security-Policy"].startswith("default-src 'self'")
    info = demo.get("/demo/info")
    assert (info["community"], info["language"]) == ("Faaborg-Midtfyn Kommune", "en")
    assert {"Ringe", "Korinth"} <= {place["name"] for place in info["places"]}


# The clock


def test_a_moved_clock_lets_what_falls_due_be_said_in_order_each_at_its_time(demo: RunningDemo) -> None:
    phone = demo.come_in("en")
    sign_up(demo, phone)
    start = now(demo)
    seen = len(demo.bubbles(phone))
    for _ in range(5):
        demo.move(advance="PT26H")
    [before, *soon, after] = moments(demo, phone)[seen:]
    assert [f"{each.astimezone(ZONE):%a %H:%M}" for each in (before, soon[-1])] == ["Wed 17:00", "Thu 15:30"]
    assert f"{after.astimezone(ZONE):%a}" == "Fri"
    assert start < before < after < now(demo)


def test_next_goes_to_the_moment_that_was_told_and_no_further(demo: RunningDemo) -> None:
    phone = demo.come_in("da")
    sign_up(demo, phone)
    for _ in range(20):  # what other tests of this demo have left is due as well
        due = datetime.fromisoformat(demo.get("/demo/clock")["next_due"])
        moved = demo.move(next=True)
        assert datetime.fromisoformat(moved["now"]) - due < timedelta(seconds=5)
        assert moved["stops"] >= 1
        if abs(max(moments(demo, phone)) - due) < timedelta(seconds=30):
            return
    raise AssertionError("the reminder was never the next")


# Made hard


def test_a_crash_and_a_restart_lose_nothing(demo: RunningDemo) -> None:
    phone = demo.come_in("en")
    sign_up(demo, phone)
    for kind in ("crash", "restart"):
        seen = len(demo.bubbles(phone))
        for text in ("/help", "/plans"):
            demo.post("/demo/say", {"id": phone, "text": text})
        demo.post("/demo/fault", {"kind": kind})
        demo.settle()
        assert len(demo.bubbles(phone)) - seen >= 2
        assert any(each.startswith("x:") for each in demo.buttons(phone)), "the seat is still theirs"


def test_a_bot_that_ends_by_itself_comes_back_and_so_does_the_nursery_it_was_born_in(demo: RunningDemo) -> None:
    phone = demo.come_in("en")
    for which in (2, 1):
        everyone = family(demo.process)
        assert len(everyone) == 3
        everyone[which].kill()
        assert psutil.wait_procs(everyone[which:], timeout=20)[1] == [], "nobody is left without a leash"
        seen = len(demo.bubbles(phone))
        demo.say(phone, "/help")
        assert len(demo.bubbles(phone)) > seen


def test_blocked_flooded_and_without_a_network_the_bot_goes_on(demo: RunningDemo) -> None:
    phone = demo.come_in("en")
    for fault in ({"kind": "flood", "seconds": 1}, {"kind": "outage", "seconds": 1}, {"kind": "drop"}):
        seen = len(demo.bubbles(phone))
        demo.post("/demo/fault", fault)
        demo.say(phone, "/help")
        assert len(demo.bubbles(phone)) > seen, fault
    demo.post("/demo/fault", {"kind": "block", "id": phone})
    demo.settle()
    demo.post("/demo/fault", {"kind": "unblock", "id": phone})
    demo.say(phone, "/help")
    assert demo.bubbles(phone)


def test_a_reset_brings_the_three_persons_back_and_the_coordinator_coordinates(demo: RunningDemo) -> None:
    gone = demo.come_in("ar")
    demo.move(advance="P3D")
    beginning = now(demo)
    demo.post("/demo/reset")
    nobody_has_chosen(demo)
    assert now(demo) < beginning
    assert demo.http.get(f"/demo/chat/{gone}").status_code == 400
    demo.tap(person(demo, "coordinator"), "set")
    assert "k" in demo.buttons(person(demo, "coordinator"))
    phone = demo.come_in("ti")
    sign_up(demo, phone)


# Beginning and end


def test_a_second_demo_takes_the_next_port_and_a_folder_of_its_own_and_its_end_leaves_no_process(
    demo: RunningDemo,
) -> None:
    port = int(demo.address.rstrip("/").rpartition(":")[2])
    with running_demo(demo.folder, "--pack", "ikast-brande", "--lang", "da", port=port) as second:
        assert second.address != demo.address
        assert (demo.folder.with_name(f"{demo.folder.name}-2") / "brobot.db").exists()
        nobody_has_chosen(second)
        info = second.get("/demo/info")
        assert (info["community"], info["language"]) == ("Ikast-Brande Kommune", "da")
        phone = second.come_in("da")
        assert second.text(phone)
        everyone = family(second.process)
        assert len(everyone) == 3
        second.process.send_signal(signal.SIGTERM)
        assert second.process.ended(ANSWERS_WITHIN) == (0, "", "")
        assert psutil.wait_procs(everyone[1:], timeout=10)[1] == []
    demo.settle()


def test_the_address_is_the_last_line_and_ctrl_c_leaves_no_process(tmp_path: Path) -> None:
    process = start_demo_cold(tmp_path / "demo")
    try:
        assert process.stdout is not None
        address = process.stdout.readline()
        everyone = family(process)
        os.killpg(process.pid, signal.SIGINT)
        assert ended(process) == (0, "", "")
        assert address.startswith("http://127.0.0.1:")
        assert len(everyone) >= 2, "the bot is born while the page is already there"
        assert psutil.wait_procs(everyone[1:], timeout=10)[1] == []
    finally:
        end(process)


def test_the_bot_and_the_nursery_of_a_demo_that_was_killed_end_by_themselves(tmp_path: Path) -> None:
    with running_demo(tmp_path / "demo") as demo:
        demo.settle()
        everyone = family(demo.process)
        demo.process.kill()
        assert len(everyone) == 3
        assert psutil.wait_procs(everyone, timeout=20)[1] == []


@pytest.mark.parametrize("after", [0.1, 0.3, 0.6, 1.0])
def test_ctrl_c_while_it_starts_ends_it_without_a_traceback(tmp_path: Path, after: float) -> None:
    process = start_demo_cold(tmp_path / "demo")
    try:
        time.sleep(after)
        os.killpg(process.pid, signal.SIGINT)
        _, out, err = ended(process)
        ours = "" if "<frozen runpy>" in err and str(ROOT) not in err else err  # before a line of ours is run
        assert (out, ours) == ("", "")
        assert not [each for each in psutil.process_iter() if _in_group(each.pid, process.pid)]
    finally:
        end(process)


def _in_group(pid: int, group: int) -> bool:
    try:
        return os.getpgid(pid) == group and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except (ProcessLookupError, psutil.NoSuchProcess):
        return False
