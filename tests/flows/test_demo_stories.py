"""The demo's stories on the stage: every step of each finds its button, and what goes wrong is said."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from bot.demo.botapi import ControlError
from bot.demo.botapi.records import Json
from bot.demo.botapi.walk import span
from bot.demo.stories.player import Player
from bot.demo.stories.reading import read_stories
from bot.demo.stories.script import Story
from bot.invitations import invite
from bot.packs import PACKS
from tests.flows.stage import Phone, Stage, plain

STORIES = read_stories(PACKS / "faaborg-midtfyn")
ENDS_WITHIN = 60.0


async def cast(play: Stage) -> None:
    """The three persons of the demo; the coordinator has come in by an invitation."""
    play.world.empty()
    for name, code, role in (("أمينة", "ar", "newcomer"), ("Mette", "da", "volunteer")):
        play.world.starts(play.world.new_person(name, code, role=role))
    services = play.app.services
    async with services.database.write() as tx:
        token = await invite(tx, services.community, "coordinator", play.clock())
    lone = Phone(play, play.world.new_person("Lone", "da", role="coordinator"))
    play.world.starts(lone.person, f"i_{token}")
    await play.settle()
    await lone.taps("l:da")
    await lone.taps("yes")


def player(play: Stage, stories: tuple[Story, ...] = STORIES) -> Player:
    """The demo's own player, with the stage in place of the theatre."""

    async def move(way: Json) -> int:
        if "to" in way:
            await play.until(*way["to"].split("T"))
        else:
            await play.later(seconds=span(way["advance"]).total_seconds())
        return 0

    async def idle() -> bool:
        await play.settle()
        return True

    async def numbers() -> Mapping[str, int]:
        return {each.id: number for number, each in play.guide.activities.items()}

    return Player(stories, play.world, lambda: cast(play), idle, move, numbers)


async def until(playing: Player, is_so: Callable[[Json], bool]) -> Json:
    """How the story stands once it stands so."""
    async with asyncio.timeout(ENDS_WITHIN):
        while not is_so(told := playing.told("en")):
            await asyncio.sleep(0.01)
    return told


def over(told: Json) -> bool:
    return told["state"] not in {"playing", "held"}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
async def test_a_story_finds_every_button_and_comes_to_its_end(play: Stage, story: Story) -> None:
    playing = player(play)
    await playing.begin(story.name, pause=0)
    ended = await until(playing, over)
    assert (ended["state"], ended["why"]) == ("ended", None)
    assert ended["step"] == ended["of"] == len(story.steps)


async def test_a_button_that_is_not_there_ends_the_story_and_says_whose_and_which(
    play: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.demo.stories.player.LOOKS", 2)
    first = STORIES[0]
    wrong = Story("wrong", first.title, (), (first.steps[0], replace(first.steps[1], what="no-such:*", line=77)))
    playing = player(play, (wrong,))
    await playing.begin("wrong", pause=0)
    stuck = await until(playing, over)
    assert stuck["state"] == "stuck"
    assert stuck["why"] == {
        "reason": "أمينة sees no button no-such:*",
        "name": "أمينة",
        "wanted": "tap no-such:*",
        "line": 77,
    }
    with pytest.raises(ControlError, match="there are: wrong"):
        await playing.begin("newcomer")


async def test_a_story_waits_goes_on_and_stops_as_it_is_told_and_ends_with_the_world_it_plays_in(play: Stage) -> None:
    playing = player(play)
    await playing.begin("newcomer", pause=10)
    await until(playing, lambda told: told["step"] == 1)
    playing.hold(on=True)
    playing.next()
    assert plain((await until(playing, lambda told: told["state"] == "held"))["caption"]).startswith("أمينة speaks")
    assert "taler arabisk" in playing.told("da")["caption"]
    while playing.told("en")["step"] < 3:
        playing.next()
        await asyncio.sleep(0.01)
    playing.hold(on=False)
    await playing.stop()
    assert playing.told("en")["state"] == "stopped"
    await playing.begin("newcomer", pause=10)
    await playing.begin("a-person", pause=10)  # another takes its place
    await until(playing, lambda told: told["step"] == 1)
    play.world.empty()  # a visitor's reset
    assert (await until(playing, over))["state"] == "stopped"
    assert playing.told("en")["name"] == "a-person"
