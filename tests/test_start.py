"""start.py in a small project of its own, in a path with a space: what it makes, mends, says and leaves behind."""

from __future__ import annotations

import ast
import base64
import errno
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import start

ROOT = Path(__file__).resolve().parent.parent

# In the bot's place: tells how it was started, prints an address as the demo does, and waits to be ended.
BOT = '''"""Stands where the bot would."""
import json, os, signal, sys, time
import probe
for end in (signal.SIGINT, signal.SIGTERM):
    signal.signal(end, lambda *_: sys.exit(0))
print(json.dumps({"words": sys.argv[1:], "pid": os.getpid(), "cwd": os.getcwd(), "probe": probe.VERSION}))
print("http://127.0.0.1:8080/", flush=True)
if "demo" in sys.argv:
    time.sleep(60)
'''


# In uv's place: notes that it was asked, and lets pip do what it is asked for.
UV = """#!/bin/sh
here=$(dirname "$0")
touch "$here/uv-was-asked"
exec "$here/python" -m pip "$2" "$3" "$4" "$5"
"""


def wheel(folder: Path, version: str) -> str:
    """Writes a wheel of one module into the folder; the line of a lock file that asks for it."""
    return _packed(folder, "probe", version, {"probe.py": f"VERSION = {version!r}\n"})


def _packed(folder: Path, name: str, version: str, content: dict[str, str]) -> str:
    info = f"{name}-{version}.dist-info"
    files = {
        **content,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{file},sha256={_digest(text)},{len(text)}\n" for file, text in files.items())
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in {**files, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            kept = zipfile.ZipInfo(file)
            kept.external_attr = 0o100755 << 16  # a program stays one
            archive.writestr(kept, text)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def surroundings(project: Path, **more: str) -> dict[str, str]:
    """An environment without network and without uv: pip finds wheels beside the project, and nowhere else."""
    return {
        "PATH": f"{project.parent / 'programs'}:/usr/bin:/bin",
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": (project.parent / "wheels").as_uri(),
        "PIP_CONFIG_FILE": os.devnull,
        "LANG": "C.UTF-8",
        **more,
    }


def run(project: Path, *words: str, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, project / "start.py", *words],
        cwd=cwd or project,
        env=surroundings(project, **more),
        capture_output=True,
        text=True,
        check=False,
    )


def open_demo(project: Path) -> tuple[subprocess.Popen[str], dict[str, object]]:
    """Starts the demo and waits for its address; what the bot told of itself."""
    demo = subprocess.Popen(
        [sys.executable, project / "start.py", "--no-open", "--port", "9000", "--lang", "da"],
        cwd=project.parent,
        env=surroundings(project),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert demo.stdout is not None
    told: dict[str, object] = json.loads(demo.stdout.readline())
    assert demo.stdout.readline() == "http://127.0.0.1:8080/\n"
    return demo, told


def program(project: Path, name: str, script: str) -> None:
    """Puts a shell script on the path."""
    path = project.parent / "programs" / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def lay_out(folder: Path) -> Path:
    """start.py and what it needs in a new folder, nothing installed."""
    here = folder / "a project"
    for made in (here / "bot", folder / "wheels", folder / "programs"):
        made.mkdir(parents=True)
    shutil.copy(ROOT / "start.py", here)
    (here / "bot" / "__main__.py").write_text(BOT, encoding="utf-8")
    (here / "requirements.txt").write_text(wheel(folder / "wheels", "1.0"), encoding="utf-8")
    return here


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in which nothing is installed."""
    return lay_out(tmp_path)


@pytest.fixture(scope="module")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A project after its first start, for tests to copy, and what that start said."""
    here = lay_out(tmp_path_factory.mktemp("first"))
    return here, run(here, "bot", "check")


@pytest.fixture
def started(first_start: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path) -> Path:
    """A project of the test's own in which everything is installed already."""
    shutil.copytree(first_start[0].parent, tmp_path, symlinks=True, dirs_exist_ok=True)
    return tmp_path / first_start[0].name


def test_the_first_start_makes_what_is_needed_and_says_so_line_by_line(
    first_start: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    here, outcome = first_start
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    making, fetching, installing, told, address = outcome.stdout.splitlines()
    assert re.fullmatch(r"  making \.venv \.\.\. \d+\.\d s", making)
    assert re.fullmatch(r"  fetching uv with pip \.\.\. \d+\.\d s, it is not to be had, so pip is next", fetching)
    assert re.fullmatch(r"  installing requirements\.txt with pip \.\.\. \d+\.\d s", installing)
    assert json.loads(told)["probe"] == "1.0"
    assert address == "http://127.0.0.1:8080/"
    assert (here / ".venv" / "pyvenv.cfg").exists()


def test_the_second_start_asks_nobody_for_anything(started: Path) -> None:
    shutil.rmtree(started.parent / "wheels")
    outcome = run(started, "bot", "check")
    assert (outcome.returncode, outcome.stdout.count("\n"), outcome.stderr) == (0, 2, "")


def test_a_changed_lock_is_installed(started: Path) -> None:
    (started / "requirements.txt").write_text(wheel(started.parent / "wheels", "2.0"), encoding="utf-8")
    outcome = run(started, "bot", "check")
    assert '"probe": "2.0"' in outcome.stdout
    assert "making .venv" not in outcome.stdout


def test_a_library_that_is_not_the_locked_one_stops_the_start(started: Path) -> None:
    wrong = re.sub("sha256:....", "sha256:0000", wheel(started.parent / "wheels", "2.0"))
    (started / "requirements.txt").write_text(wrong, encoding="utf-8")
    outcome = run(started, "bot", "check")
    assert outcome.returncode == 1
    assert "The libraries could not be installed" in outcome.stderr
    assert "DO NOT MATCH THE HASHES" in outcome.stderr


@pytest.mark.slow
def test_a_start_killed_while_installing_is_mended_by_the_next(project: Path) -> None:
    program(project, "uv", 'touch "$PWD/installing"; exec sleep 60')
    killed = subprocess.Popen(
        [sys.executable, project / "start.py"], env=surroundings(project), stdout=subprocess.DEVNULL, process_group=0
    )
    until((project / "installing").exists)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    (project / ".venv" / "bin" / "python").unlink()
    (project.parent / "programs" / "uv").unlink()
    outcome = run(project, "bot", "check")
    assert outcome.stdout.splitlines()[0].startswith("  making .venv")
    assert '"probe": "1.0"' in outcome.stdout


@pytest.mark.slow
def test_where_there_is_no_uv_one_of_our_own_is_fetched(project: Path) -> None:
    asked_for = _packed(project.parent / "wheels", "uv", "1.0", {"uv-1.0.data/scripts/uv": UV})
    (project / "requirements-uv.txt").write_text(asked_for, encoding="utf-8")
    outcome = run(project, "bot", "check")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    _, fetching, installing, told, _ = outcome.stdout.splitlines()
    assert fetching.startswith("  fetching uv with pip")
    assert installing.startswith("  installing requirements.txt with uv")
    assert (project / ".venv" / "bin" / "uv-was-asked").exists()
    assert json.loads(told)["probe"] == "1.0"


@pytest.mark.slow
def test_where_uv_cannot_pip_does_it(project: Path) -> None:
    program(project, "uv", "echo no network; exit 2")
    outcome = run(project, "bot", "check")
    assert "with uv ... " in outcome.stdout.splitlines()[1]
    assert outcome.stdout.splitlines()[1].endswith("uv could not, so pip is next")
    assert '"probe": "1.0"' in outcome.stdout


def test_an_end_while_installing_ends_the_installer_as_well(project: Path) -> None:
    program(project, "uv", 'echo $$ > "$PWD/pid"; exec sleep 60')
    stopped = subprocess.Popen(
        [sys.executable, project / "start.py"],
        env=surroundings(project),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    until(lambda: (project / "pid").exists() and bool((project / "pid").read_text()))
    stopped.terminate()
    _, complaints = stopped.communicate(timeout=20)
    assert (stopped.returncode, complaints) == (143, "")
    assert not is_alive(int((project / "pid").read_text()))


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_demo_takes_the_place_of_the_start_and_nothing_is_left(started: Path, end: signal.Signals) -> None:
    demo, told = open_demo(started)
    assert told["words"] == ["demo", "--no-open", "--port", "9000", "--lang", "da"]
    assert (told["pid"], told["cwd"]) == (demo.pid, str(started))
    demo.send_signal(end)
    rest, _ = demo.communicate(timeout=20)
    assert (demo.returncode, rest) == (0, "")


def test_a_file_named_from_another_folder_is_found_from_the_root(started: Path) -> None:
    (started.parent / "token.txt").write_text("secret", encoding="utf-8")
    outcome = run(started, "run", "--token-file", "token.txt", cwd=started.parent)
    assert json.loads(outcome.stdout.splitlines()[0])["words"] == [
        "run",
        "--token-file",
        str(started.parent / "token.txt"),
    ]


@pytest.mark.parametrize("words", [["--port", "soon"], ["--lang", "xx"], ["--prot", "8080"], ["tset"]])
def test_a_wrong_word_is_told_before_anything_is_fetched(project: Path, words: list[str]) -> None:
    outcome = run(project, *words)
    assert outcome.returncode != 0
    assert words[-1] in outcome.stderr
    assert not (project / ".venv").exists()


def test_help_needs_nothing_installed(project: Path) -> None:
    outcome = run(project, "--help")
    assert outcome.stdout == f"{start.__doc__}\n"
    assert not (project / ".venv").exists()


def test_a_python_without_its_venv_module_names_the_line_that_mends_it(project: Path) -> None:
    # As Debian ships it: the module is in a package of its own.
    (project.parent / "sitecustomize.py").write_text("import sys\nsys.modules['ensurepip'] = None\n", encoding="utf-8")
    outcome = run(project, PYTHONPATH=str(project.parent))
    line = "apt install python{}.{}-venv".format(*sys.version_info[:2])
    assert outcome.returncode == 1
    assert outcome.stderr.splitlines()[-1].strip() == (line if os.geteuid() == 0 else f"sudo {line}")


def test_what_stands_where_the_environment_belongs_is_named(project: Path) -> None:
    (project / ".venv").write_text("in the way", encoding="utf-8")
    outcome = run(project)
    assert outcome.returncode == 1
    assert outcome.stderr.startswith(f"{project / '.venv'}: Not a directory.")


def test_a_full_disk_is_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    words = os.strerror(errno.ENOSPC)

    def main(_: list[str]) -> int:
        start._must(["/bin/sh", "-c", f"echo error: {words}; exit 1"], "It could not be installed")
        return 0

    monkeypatch.setattr(start, "main", main)
    with pytest.raises(SystemExit) as stopped:
        start._enter()
    assert stopped.value.code == (
        f"{ROOT}: {words}. Make room on the disk (Brobot needs about 500 MB), then run the same command again."
    )


def test_a_python_too_old_is_told_so(project: Path) -> None:
    claim = "import runpy, sys; sys.version_info = (3, 8, 18, 'final', 0); runpy.run_path('start.py')"
    outcome = subprocess.run([sys.executable, "-c", claim], cwd=project, capture_output=True, text=True, check=False)
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("Brobot needs Python 3.11 or newer, and this is 3.8.18.")


def test_a_python_too_old_can_read_as_far_as_that() -> None:
    assert ast.parse((ROOT / "start.py").read_text("utf-8"), feature_version=(3, 7)) is not None
    assert "__future__" not in (ROOT / "start.py").read_text("utf-8")


def until(condition: Callable[[], bool]) -> None:
    """Waits for what another process brings about."""
    patience = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < patience
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
