"""The Dockerfile, as far as a plain shell can tell: what it copies, what it runs, and what it never takes along."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def instructions(name: str) -> list[str]:
    """What stands after each `name` in the Dockerfile, continued lines joined."""
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    whole = "\n".join(line for line in lines if not line.startswith("#")).replace("\\\n", " ").splitlines()
    return [line.removeprefix(name).strip() for line in whole if line.startswith(name + " ")]


def copies() -> list[tuple[str, str]]:
    """Each source with its target."""
    found = []
    for instruction in instructions("COPY"):
        *sources, target = shlex.split(instruction)
        found += [(source, target) for source in sources]
    return found


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the Dockerfile copies, and nothing else."""
    app = tmp_path_factory.mktemp("image") / "app"
    app.mkdir()
    for source, target in copies():
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, app / target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / source, app / target)
    return app


def in_image(image: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs Python in the image's folder as it would run there: nothing of the project beside it, no settings."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=image,
        env={"PATH": "/usr/bin:/bin"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_everything_it_copies_exists_and_reaches_the_build() -> None:
    sent = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert [source for source, _ in copies() if not (ROOT / source).exists() or f"!{source}" not in sent] == []


def test_nothing_is_fetched_but_the_locked_libraries() -> None:
    pip = "pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt"
    steps = instructions("RUN")
    assert instructions("ADD") == []
    assert [step for step in steps if "pip" in step] == [pip]
    assert [step for step in steps if any(tool in step for tool in ("curl", "wget", "apt", "://"))] == []


def test_the_steps_that_prepare_a_start_run_and_leave_what_they_made(image: Path) -> None:
    steps = [shlex.split(step) for step in instructions("RUN") if step.startswith("python ")]
    assert [in_image(image, *step[1:]).returncode for step in steps] == [0, 0]
    assert {path.name.split(".")[0] for path in (image / "bot" / "__pycache__").glob("*.kept")} == {
        "words",
        "catalogues",
    }


def test_the_image_holds_all_that_the_bot_needs(image: Path) -> None:
    looked = in_image(image, "-m", "bot", "check", "--offline")
    assert (looked.returncode, looked.stderr) == (0, "")
    told = looked.stdout.splitlines()
    assert [line for line in told if line.startswith("✗")] == []
    assert told[-1] == "✓ catalogues: every sentence has its translation"


def test_it_starts_the_bot_as_a_user_without_rights() -> None:
    assert instructions("USER") == ["brobot"]
    assert [json.loads(command) for command in instructions("CMD")] == [["python", "-m", "bot", "run"]]


def test_what_it_must_keep_lies_on_the_volume() -> None:
    assert instructions("VOLUME") == ["/app/var"]
    assert [step for step in instructions("RUN") if "-o brobot -g brobot var" in step] != []


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_its_health_check_asks_the_bot(status: int, healthy: bool) -> None:
    [check] = instructions("HEALTHCHECK")
    program, *words = json.loads(check.partition("CMD")[2])
    with answering(status) as port:
        asked = [word.replace("8080", str(port)) for word in words]
        outcome = subprocess.run([sys.executable, *asked], capture_output=True, check=False)
    assert (program, outcome.returncode == 0) == ("python", healthy)


@contextmanager
def answering(status: int) -> Iterator[int]:
    """A server on a free port of this machine whose /health answers with `status`."""

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/health" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing into the tests' output."""

    with HTTPServer(("127.0.0.1", 0), Health) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()
