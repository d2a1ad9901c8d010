"""The demo's stories over HTTP: played on the real process, refused in words, told in each language, read with faults.

That every step of every story finds its button is seen in tests/flows/test_demo_stories.py, without a process each.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.demo.stories.reading import StoryFaults, read_stories
from bot.packs import PACKS
from bot.topics import LANGUAGES
from tests.demo.running import Json, RunningDemo

pytestmark = pytest.mark.slow  # a demo is two processes that load their libraries, and a bot

STORIES = read_stories(PACKS / "faaborg-midtfyn")
ENDS_WITHIN = 120.0


def told(demo: RunningDemo, language: str = "en") -> Json:
    found: Json = demo.get(f"/demo/story?lang={language}")
    return found


def until(demo: RunningDemo, *states: str, step: int = 0) -> Json:
    """How the story stands once it is in one of these states, and has come to this step."""
    latest = time.monotonic() + ENDS_WITHIN
    while time.monotonic() < latest:
        now = told(demo)
        if now["state"] in states and now["step"] >= step:
            return now
        time.sleep(0.05)
    raise AssertionError(f"the story came no further than {told(demo)}")


def test_a_story_is_played_by_the_real_process_step_by_step_and_again_from_the_beginning(demo: RunningDemo) -> None:
    demo.post("/demo/story", {"name": "newcomer", "pause": 10})
    first = until(demo, "playing", step=1)
    assert (first["step"], first["phones"]) == (1, [each["id"] for each in demo.get("/demo/people")["people"]])
    demo.post("/demo/story", {"act": "hold"})
    for _ in range(3):  # past the words before it, past the look at it, and to the next
        demo.post("/demo/story", {"act": "next"})
        demo.settle()
    assert until(demo, "held", step=2)["caption"]
    demo.post("/demo/story", {"act": "stop"})
    assert told(demo)["state"] == "stopped"
    demo.post("/demo/story", {"name": "match", "pause": 0})
    ended = until(demo, "ended", "stuck", "stopped")
    assert (ended["state"], ended["why"]) == ("ended", None)


def test_what_is_not_a_story_is_refused_in_words(demo: RunningDemo) -> None:
    for body in ({"name": "no-such-story"}, {}, {"act": "dance"}, {"name": "newcomer", "pause": -1}):
        assert demo.post("/demo/story", body, status=400)["error"], body


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_told_the_titles_in_the_chosen_language(demo: RunningDemo, language: str) -> None:
    titles = [each["title"] for each in demo.get(f"/demo/info?lang={language}")["stories"]]
    assert titles == [story.title[language] for story in STORIES]
    assert len(titles) >= 9


def test_a_story_with_faults_names_each_with_its_line_and_mend(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "1-bad.yaml").write_text(
        "title: {en: Bad, da: Dårlig}\nsteps:\n"
        "  - {who: nobody, tap: x}\n"
        "  - {who: newcomer, tap: x, say: y, caption: {en: Only English}}\n"
        "  - {clock: next, colour: red}\n"
    )
    (tmp_path / "stories" / "noname.yaml").write_text("title: {}\n")
    with pytest.raises(StoryFaults) as found:
        read_stories(tmp_path)
    said = str(found.value)
    for words in ("missing in ar, ti", "nobody is not", "more than one thing", "missing in da", "colour", "no number"):
        assert words in said, words
    assert "stories/1-bad.yaml:3" in said


def test_a_pack_without_stories_has_none(tmp_path: Path) -> None:
    assert read_stories(tmp_path) == ()
