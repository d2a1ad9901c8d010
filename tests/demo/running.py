"""The demo as its user has it: `python -m bot demo` in a process of its own, driven over HTTP."""

from __future__ import annotations

import os
import re
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.lives import Life

ROOT = Path(__file__).resolve().parent.parent.parent
ANSWERS_WITHIN = 60.0
BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")

Json = dict[str, Any]


def surroundings(**more: str) -> dict[str, str]:
    """This environment without any setting of Brobot's, and with `more`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BROBOT_")}
    return {**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **more}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def start_demo(folder: Path, *options: str, port: int = 0, cwd: Path | None = None, **settings: str) -> Life:
    """Starts it in a session of its own, with what it prints in pipes.

    It runs beside its folder and not in the project, where a developer's `.env` may lie.
    """
    return Life(*_words(folder, options, port), env=surroundings(**settings), cwd=cwd or folder.parent)


def start_demo_cold(folder: Path, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    """The same as a program that nobody has prepared; `before` is called in the child."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *_words(folder, (), 0)],
        cwd=folder.parent,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=before,  # noqa: PLW1509 # the tests start no threads
    )


def _words(folder: Path, options: Sequence[str], port: int) -> list[str]:
    return ["demo", "--no-open", "--port", str(port or free_port()), "--folder", str(folder), *options]


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Waits for the end: the exit code, and all that was printed."""
    out, err = process.communicate(timeout=ANSWERS_WITHIN)
    return process.returncode, out, err


def family(process: subprocess.Popen[str] | Life) -> list[psutil.Process]:
    """The demo's process, its nursery's and, once it is born, its bot's."""
    own = psutil.Process(process.pid)
    return [own, *own.children(recursive=True)]


@dataclass
class RunningDemo:
    """A demo that has printed its address."""

    folder: Path
    process: Life
    address: str
    http: httpx.Client

    def get(self, path: str) -> Any:
        answer = self.http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Mapping[str, object] | None = None, *, status: int = 200) -> Any:
        answer = self.http.post(path, json=body or {})
        assert answer.status_code == status, answer.text
        return answer.json()

    def settle(self) -> None:
        """Until the bot has nothing left to do."""
        assert self.get("/demo/idle") == {"idle": True}

    def move(self, **way: object) -> Any:
        moved = self.post("/demo/clock", way)
        self.settle()
        return moved

    def new_phone(self, language_code: str, role: str = "newcomer") -> int:
        person: int = self.post("/demo/people", {"name": "Sara", "language_code": language_code, "role": role})["id"]
        self.settle()
        return person

    def say(self, person: int, text: str) -> None:
        self.post("/demo/say", {"id": person, "text": text})
        self.settle()

    def bubbles(self, person: int) -> list[Json]:
        """What the bot wrote to this phone."""
        messages: list[Json] = self.get(f"/demo/chat/{person}")["messages"]
        return [each for each in messages if each["from"] == "bot"]

    def text(self, person: int) -> str:
        """All that the bot wrote to this phone, without the marks of direction."""
        return BIDI.sub("", "\n".join(each["text"] for each in self.bubbles(person)))

    def buttons(self, person: int) -> list[str]:
        """The data of all buttons in sight, the newest bubble's first."""
        rows = [row for bubble in reversed(self.bubbles(person)) for row in bubble["buttons"]]
        return [button["data"] for row in rows for button in row]

    def tap(self, person: int, data: str) -> None:
        """Taps the newest button whose data begins so."""
        found = next((each for each in self.buttons(person) if each.startswith(data)), None)
        assert found is not None, f"no button {data}: {self.buttons(person)}"
        self.post("/demo/tap", {"id": person, "data": found})
        self.settle()

    def come_in(self, language: str) -> int:
        """A new phone whose person has chosen the language, said yes, and lives in the first town offered."""
        person = self.new_phone(language)
        self.say(person, "/start")
        for data in (f"l:{language}", "yes", "p:"):
            self.tap(person, data)
        return person


@contextmanager
def running_demo(folder: Path, *options: str, port: int = 0) -> Iterator[RunningDemo]:
    """A demo that runs until the end of the block, and is gone with its bot afterwards."""
    with start_demo(folder, *options, port=port) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), process.ended(ANSWERS_WITHIN)
            with httpx.Client(base_url=address, timeout=ANSWERS_WITHIN, trust_env=False) as http:
                yield RunningDemo(folder, process, address, http)
        finally:
            end(process)


def end(process: subprocess.Popen[str] | Life) -> None:
    """Ends the demo in order; what does not listen is killed, with the bot."""
    if process.poll() is None:
        everyone = family(process)
        process.send_signal(signal.SIGTERM)
        _, alive = psutil.wait_procs(everyone, timeout=20)
        for each in alive:
            each.kill()


@contextmanager
def small_disk(folder: Path) -> Iterator[Callable[[], None] | None]:
    """A disk of 64 kB in the folder. Who may not mount one gets what limits a process to files of that size."""
    mount = ("mount", "-t", "tmpfs", "-o", "size=64k", "none", str(folder))
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield None if mounted else lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536))
    finally:
        if mounted:
            subprocess.run(("umount", "--lazy", str(folder)), check=True)
