"""Plays one story at a time on the demo's phones: the same acts a visitor has, slowly enough to be followed."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from bot.core.query import code
from bot.demo.botapi import ControlError, Person, World
from bot.demo.botapi.records import Json
from bot.demo.stories.script import CAST, Step, Story, in_language

LEAD = 1.2
"""Seconds between a caption and what it announces."""
SHORTEST, LETTERS_A_SECOND, WITHOUT_WORDS = 2.5, 15, 1.0
"""How long a step is looked at: by the length of its caption, in seconds."""
ANSWERS_WITHIN, LOOKS_EVERY = 90.0, 0.03
LOOKS, LOOKS_AGAIN = 100, 0.1
"""How often a button is looked for, and seconds in between: together ten seconds."""
NEW_LINE = " ⏎ "
"""In what is said: there the text goes on in a new line, as values in a pack stand on one."""
LINK = re.compile(r"[?&]start=([A-Za-z0-9_-]+)")
NAMED = re.compile(r"\{(code:)?([a-z0-9_-]+)\}")
"""`{madklub-ringe}` is an activity's number, `{code:fynsland}` the code that stands for any id in a button."""


@dataclass
class Player:
    """`start_over` empties the world and brings the three persons back, `idle` is whether the bot has nothing left to
    do, `move` moves the clock as the control interface does, and `numbers` gives activities' numbers by their ids."""

    stories: tuple[Story, ...]
    world: World
    start_over: Callable[[], Awaitable[None]]
    idle: Callable[[], Awaitable[bool]]
    move: Callable[[Json], Awaitable[int]]
    numbers: Callable[[], Awaitable[Mapping[str, int]]]
    _story: Story | None = None
    _state: str = "none"
    _at: int = 0
    _told: Step | None = None
    _why: Json | None = None
    _pause: float = 1.0
    _held: bool = False
    _skip: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[None] | None = None
    _cast: dict[str, int] = field(default_factory=dict)
    _known: Mapping[str, int] = field(default_factory=dict)
    _reset: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self.world.watch(self._sees)

    def told(self, language: str) -> Json:
        """How the story stands. `state` is none, playing, held, ended, stopped or stuck; `why` says what was missing:
        whose phone, which step of the file, and what it wanted."""
        story, told = self._story, self._told
        return {
            "state": "held" if self._state == "playing" and self._held else self._state,
            "name": story.name if story else None,
            "title": in_language(story.title, language) if story else "",
            "step": self._at,
            "of": len(story.steps) if story else 0,
            "caption": self._named(in_language(told.caption, language)) if told else "",
            "who": self._cast.get(story.steps[self._at - 1].who) if story and self._at else None,
            "phones": list(self._cast.values()),
            "why": self._why,
        }

    def _named(self, caption: str) -> str:
        """The caption with the names on the phones, each set apart so that it turns no words around it."""
        for role in CAST:
            holder = self.world.people.get(self._cast.get(role, 0))
            caption = caption.replace(f"{{{role}}}", f"\u2068{holder.name}\u2069" if holder else role)
        return caption

    async def begin(self, name: str, pause: float = 1.0) -> None:
        """Starts the story of this name from a known beginning; one that still runs is stopped.

        `pause` stretches the time between steps; 0 plays as fast as the bot answers. Raises ControlError.
        """
        story = next((each for each in self.stories if each.name == name), None)
        if story is None:
            known = ", ".join(each.name for each in self.stories) or "none"
            raise ControlError(f"there is no story {name}; there are: {known}")
        await self.stop()
        self._story, self._pause, self._held = story, pause, False
        self._at, self._told, self._why, self._cast = 0, None, None, {}
        self._set("playing")
        self._task = asyncio.create_task(self._play(story))

    def next(self) -> None:
        """Does the next step now, also while the story is held."""
        self._skip.set()

    def hold(self, *, on: bool) -> None:
        """Waits after this step until `next`, or goes on by itself again."""
        self._held = on
        if not on:
            self._skip.set()
        self.world.emit({"type": "story"})

    async def stop(self) -> None:
        """Ends the story where it stands; the phones stay as they are."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])
        if self._resetting and self._reset is not None:
            await asyncio.wait([self._reset])

    @property
    def _resetting(self) -> bool:
        return self._reset is not None and not self._reset.done()

    def _sees(self, event: Json) -> None:
        """A visitor's reset takes the persons of the story away."""
        if event["type"] == "reset" and not self._resetting and self._task is not None:
            self._task.cancel()

    def _set(self, state: str) -> None:
        self._state = state
        self.world.emit({"type": "story"})

    async def _play(self, story: Story) -> None:
        ended = "stuck"
        try:
            await self._set_the_stage(story)
            for number, step in enumerate(story.steps, 1):
                await self._step(number, step)
            ended = "ended"
        except ControlError as error:
            self._why = {"reason": str(error), **self._where(story)}
        except asyncio.CancelledError:
            ended = "stopped"
            raise
        finally:
            self._set(ended)

    def _where(self, story: Story) -> Json:
        if not self._at:
            return {"name": "", "wanted": "", "line": 0}
        step = story.steps[self._at - 1]
        holder = self.world.people.get(self._cast.get(step.who, 0))
        return {"name": holder.name if holder else "", "wanted": f"{step.act} {step.what}", "line": step.line}

    async def _set_the_stage(self, story: Story) -> None:
        self._reset = asyncio.ensure_future(self.start_over())
        await asyncio.shield(self._reset)  # who stops the story meanwhile must not leave the demo without a bot
        for role in CAST:
            self._cast[role] = next(each.id for each in self.world.people.values() if each.role == role)
        for extra in story.people:
            self._cast[extra.key] = self.world.new_person(extra.name, extra.language, role=extra.role).id
        self._known = await self.numbers()
        await self._settled()

    async def _settled(self) -> None:
        """Until the bot, which may only just have started, has answered everybody and has nothing left to do."""
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                while not await self.idle():
                    await asyncio.sleep(LOOKS_EVERY)
        except TimeoutError:
            raise ControlError(f"the bot did not answer within {ANSWERS_WITHIN:.0f} s") from None

    async def _step(self, number: int, step: Step) -> None:
        self._at = number
        if step.caption:
            self._told = step
        self.world.emit({"type": "story"})
        await self._wait(LEAD if step.caption else 0)
        await self._act(step)
        await self._settled()
        letters = len(in_language(step.caption, "en"))
        await self._wait(max(SHORTEST, letters / LETTERS_A_SECOND) if letters else WITHOUT_WORDS)
        if self._held and not self._skip.is_set():
            await self._skip.wait()

    async def _wait(self, seconds: float) -> None:
        """So long, or until `next`."""
        self._skip.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds * self._pause):
                await self._skip.wait()

    async def _act(self, step: Step) -> None:
        if step.act == "clock":
            await self.move(_way(step.what))
            return
        person = self.world.person(self._cast[step.who])
        what = NAMED.sub(self._as_in_buttons, step.what)
        if step.act == "tap":
            await self._tap(person, what)
        elif step.act == "press":
            self.world.taps(person, label=what)
        elif step.act == "comes_in":
            await self._come_in(person, what)
        elif step.act == "say":
            self.world.says(person, what.replace(NEW_LINE, "\n"))
        elif step.act == "reply":
            self.world.says(person, what, reply_to=self.world.last(person).id)
        elif step.act == "media":
            self.world.sends_media(person, what)
        elif step.act == "start":
            self.world.starts(person, what)
        else:
            self.world.starts(person, self._link_of(what))

    def _as_in_buttons(self, named: re.Match[str]) -> str:
        return code(named[2]) if named[1] else str(self._known.get(named[2], named[0]))

    async def _tap(self, person: Person, pattern: str) -> None:
        """The newest button whose data fits: the story knows buttons by what they mean, in whatever language.

        One that the bot brings a moment later, by itself, is waited for.
        """
        for _ in range(LOOKS):
            for message in reversed(self.world.from_bot(person)):
                for button in (each for row in message.buttons for each in row):
                    data = button.get("callback_data", "")
                    if fnmatchcase(data, pattern):
                        self.world.taps(person, data=data, message_id=message.id)
                        return
            await asyncio.sleep(LOOKS_AGAIN)
        raise ControlError(f"{person.name} sees no button {pattern}")

    async def _come_in(self, person: Person, language: str) -> None:
        """Start, the language, yes, the first town of the list: as everyone comes in."""
        if not self.world.from_bot(person):
            self.world.starts(person)
            await self._settled()
        for pattern in (f"l:{language}*", "yes*", "p:*"):
            await self._tap(person, pattern)
            await self._settled()

    def _link_of(self, who: str) -> str:
        holder = self.world.person(self._cast[who])
        for message in reversed(self.world.from_bot(holder)):
            shown = [message.text, *(button.get("url", "") for row in message.buttons for button in row)]
            if found := LINK.search(" ".join(shown)):
                return found[1]
        raise ControlError(f"{holder.name} has no link to open")


def _way(what: str) -> Json:
    if what == "next":
        return {"next": True}
    return {"advance": what} if what.startswith("P") else {"to": what}
