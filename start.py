"""Brobot's two commands. Nothing else has to be installed first, only Python 3.11 or newer.

    python3 start.py                     shows Brobot in a browser: three phones, a clock, no token, no account
        --no-open                        do not open the browser; the address is the last line printed
        --port N                         the page's port (a taken one: the next free one)
        --pack ID                        the community to show, a folder of data/communities
        --lang LANGUAGE                  the page's language: da, en, ar or ti
    python3 start.py test [--fast] …     runs every check; --fast leaves out what is slow or needs a browser;
                                         anything more is pytest's
    python3 start.py run --token-file F  the bot itself, with a token from BotFather
    python3 start.py bot …               any other command of the bot, for example: bot check

It makes `.venv` beside this file from the locked requirements, once; later starts need no network.
"""

import argparse
import errno
import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

# Before anything that an older Python does not understand; what follows still has to parse there.
if sys.version_info < (3, 11):  # noqa: UP036 - an older one is exactly who has to be told
    sys.exit(
        "Brobot needs Python 3.11 or newer, and this is {}.{}.{}. Install one, or name it: python3.12 start.py".format(
            *sys.version_info[:3]
        )
    )

Command = Sequence[str | Path]

ROOT = Path(__file__).resolve().parent
PACKAGES_OF_DEBIAN = ("chromium", "fonts-noto-core", "fonts-noto-color-emoji")


class Halt(Exception):
    """What stands in the way, in words that a person who has never seen Brobot can act on."""


class Environment:
    """A folder with the libraries of some lock files, made once and mended when it was left half made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder / "bin" / "python"
        self._unfinished = folder / "unfinished"  # there while libraries are put in; a killed run leaves it
        self._stamps = folder / "installed-locks"  # a line for each lock file whose libraries are all in

    def install(self, *locks: str) -> None:
        """Puts in the libraries of the lock files; does nothing, and asks no network, when they are in."""
        wanted = {_stamp(ROOT / lock) for lock in locks}
        if self._has(wanted):
            return
        with _one_at_a_time():
            if self._has(wanted):
                return
            if not self._is_sound():
                self._make()
            self._unfinished.touch()
            self._fetch(locks)
            self._stamps.write_text("\n".join(sorted(wanted)), encoding="ascii")
            self._unfinished.unlink()

    def _has(self, wanted: set[str]) -> bool:
        if self._unfinished.exists() or not self.python.exists() or not self._stamps.exists():
            return False
        return wanted <= set(self._stamps.read_text(encoding="ascii").split())

    def _is_sound(self) -> bool:
        """Whether it is whole and of this Python; only then may it be added to."""
        if self._unfinished.exists() or not self.python.exists():
            return False
        asked = subprocess.run(
            [self.python, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=False
        )
        return asked.stdout.split() == [str(number) for number in sys.version_info[:2]]

    def _make(self) -> None:
        _need_module("venv")
        with _stage(f"making {self.folder.relative_to(ROOT)}"):
            if self.folder.exists():
                shutil.rmtree(self.folder)
            self.folder.mkdir(parents=True)
            self._unfinished.touch()
            _must([sys.executable, "-m", "venv", "--without-pip", self.folder], "An environment could not be made")

    def _fetch(self, locks: Sequence[str]) -> None:
        what, uv = f"installing {' and '.join(locks)}", self._uv()
        if uv and _tried(f"{what} with uv", [uv, "pip", *_locked(*locks), "--python", self.python], "uv could not"):
            return
        with _stage(f"{what} with pip"):
            _must([*self._pip(), *_locked(*locks), "--no-compile"], "The libraries could not be installed")

    def _uv(self) -> str | None:
        """The machine's uv, or our own in .venv; None where it is not to be had. It needs a fifth of pip's time."""
        own = str(VENV.folder / "bin" / "uv")
        if self is not VENV or shutil.which("uv") or shutil.which(own):
            return shutil.which("uv") or shutil.which(own)
        fetch = [*self._pip(), *_locked("requirements-uv.txt")]
        return own if _tried("fetching uv with pip", fetch, "it is not to be had") else None

    def _pip(self) -> Command:
        """What a command of pip begins with. Where pip is not there, it is put in."""
        pip = (self.python, "-m", "pip", "--disable-pip-version-check", "--no-input")
        if _run([*pip, "--version"])[0]:
            _need_module("ensurepip")
            _must([self.python, "-m", "ensurepip"], "pip could not be put in")
        return pip


def _locked(*locks: str) -> list[str]:
    return ["install", "--quiet", "--require-hashes", *(f"--requirement={ROOT / lock}" for lock in locks)]


VENV = Environment(ROOT / ".venv")
SCHEMA_VENV = Environment(ROOT / "var" / "schema-venv")  # aiogram needs another pydantic than ours


def main(words: list[str]) -> int:
    """Does what the words ask; the exit code for the shell."""
    command, rest = ("demo", words) if not words or words[0].startswith("-") else (words[0], words[1:])
    if command == "test":
        return _test(rest)
    if command == "demo":
        _refuse_wrong(rest)
    if command not in ("demo", "run", "bot"):
        raise Halt(f"start.py knows `test`, `run` and `bot`, not `{command}`. `python3 start.py --help` tells more.")
    VENV.install("requirements.txt")
    return _become_bot(_as_from_root(rest) if command == "bot" else [command, *_as_from_root(rest)])


def _refuse_wrong(options: list[str]) -> None:
    """Tells a wrong option before the libraries are fetched, not after."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, usage="python3 start.py [options]")
    parser.add_argument("-h", "--help", action="store_true")
    parser.add_argument("--no-open", action="store_true")
    parser.add_argument("--port", type=int)
    parser.add_argument("--pack")
    parser.add_argument("--lang", choices=("da", "en", "ar", "ti"))
    if parser.parse_args(options).help:
        print(__doc__)
        sys.exit(0)


def _as_from_root(words: list[str]) -> list[str]:
    """The same words for a program that runs in ROOT: what names a file from here names it from there as well."""
    return [str(Path(word).resolve()) if Path(word).is_file() else word for word in words]


def _become_bot(words: list[str]) -> NoReturn:
    """Gives this process to the bot: signals reach it directly, its exit code is ours, and nothing is left behind."""
    os.chdir(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a second start is quick with the compiled files of the first
    command = [str(VENV.python), "-m", "bot", *words]
    sys.stdout.flush()
    os.execv(command[0], command)


# --- the checks --------------------------------------------------------------------------------------------------


def _test(words: list[str]) -> int:
    """Every check to the end, one line each; pytest comes last, and its closing line is the last we print."""
    fast = "--fast" in words
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the tests start us a hundred times, compiled once
    VENV.install("requirements.txt", "requirements-test.txt")
    SCHEMA_VENV.install("requirements-schema.txt")
    if not fast:
        _ensure_chromium()
    failed = ", ".join(_failing(_checks()))
    workers = ["-n", str(1 + (os.cpu_count() or 1)), "--dist", "worksteal"]  # one more than cores: each waits a lot
    chosen = ["-m", "not slow and not browser"] if fast else []
    ours = {name: value for name, value in os.environ.items() if not name.startswith("BROBOT_")}
    pytest: Command = [VENV.python, "-m", "pytest", *workers, *chosen, *(word for word in words if word != "--fast")]
    outcome, _ = _run(pytest, stdin=None, stdout=None, stderr=None, env=ours | {"BROBOT_FAILED_CHECKS": failed})
    return outcome or (1 if failed else 0)


def _checks() -> dict[str, Command]:
    module = (VENV.python, "-m")
    return {
        "ruff": (*module, "ruff", "check", "--quiet", "."),
        "ruff format": (*module, "ruff", "format", "--check", "--quiet", "."),
        "mypy --strict": (*module, "mypy"),
        "import contracts": (VENV.python.with_name("lint-imports"), "--no-cache", "--no-logo"),
        "settings, data and catalogues": (*module, "bot", "check", "--offline"),
        "reading the tests": (*module, "pytest", "--collect-only", "-qq"),  # compiles them, once for all workers
    }


def _failing(checks: dict[str, Command]) -> list[str]:
    """The names of the checks that fail, each with what it wrote. All run at once; the lines keep their order."""
    failing = []
    with ThreadPoolExecutor(len(checks)) as side_by_side:
        running = {name: side_by_side.submit(_run, command) for name, command in checks.items()}
        for name, outcome in running.items():
            with _stage(name) as remarks:
                failed, output = outcome.result()
                if failed:
                    remarks.append("FAILED")
            if failed:
                failing.append(name)
                print(output, flush=True)
    return failing


def _ensure_chromium() -> None:
    """Debian's Chromium for the stories in a browser. Without root they are skipped, with the line that mends it."""
    if any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")):
        return
    if not (_is_root() and shutil.which("apt-get")):
        print("  no Chromium: tests in a browser are skipped; the mend: sudo apt-get install chromium", flush=True)
        return
    install = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "--yes", "--no-install-recommends")
    with _stage("installing Debian's chromium and fonts"):
        _run(["apt-get", "update"])
        _must((*install, *PACKAGES_OF_DEBIAN), "Chromium could not be installed")


def _need_module(name: str) -> None:
    """Debian ships parts of Python's own library in a package of their own."""
    if importlib.util.find_spec(name) is None:
        install = "{}apt install python{}.{}-venv".format("" if _is_root() else "sudo ", *sys.version_info[:2])
        raise Halt(f"This Python lacks its module {name}. The mend, before the same command again:\n  {install}")


# --- running programs ----------------------------------------------------------------------------------------------


def _run(command: Command, **how: Any) -> tuple[int, str]:
    """Runs a program to its end: its exit code, and all that it wrote unless `how` sends that elsewhere."""
    quietly = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    started = subprocess.Popen(command, cwd=ROOT, text=True, errors="replace", **{**quietly, **how})
    with _ended_with_us(started) as program:
        output, _ = program.communicate()
    return program.returncode, output or ""


def _tried(stage: str, command: Command, otherwise: str) -> bool:
    """Runs a program that may fail; then the line of its stage says so."""
    with _stage(stage) as remarks:
        failed, _ = _run(command)
        if failed:
            remarks.append(f"{otherwise}, so pip is next")
    return not failed


def _must(command: Command, otherwise: str) -> None:
    """Runs a program that has to succeed; raises Halt with the end of what it wrote."""
    failed, output = _run(command)
    if not failed:
        return
    if os.strerror(errno.ENOSPC) in output:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(ROOT))
    last_words = "\n".join(f"  | {line}" for line in output.strip().splitlines()[-12:])
    raise Halt(f"{otherwise}:\n{last_words}\nThe first start needs the network. Run the same command to try again.")


@contextmanager
def _ended_with_us(program: subprocess.Popen[Any]) -> Iterator[subprocess.Popen[Any]]:
    """Nothing that we started outlives us: it gets the chance to clean up, and then no other."""
    try:
        yield program
    except BaseException as reason:
        if isinstance(reason, KeyboardInterrupt):  # the terminal has sent the Ctrl-C to the program as well
            with suppress(subprocess.TimeoutExpired):
                program.wait(2)
        if program.poll() is None:
            program.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            program.wait(15)
        program.kill()
        raise
    finally:
        program.wait()


@contextmanager
def _stage(name: str) -> Iterator[list[str]]:
    """One line for one stage, closed with its seconds and the remarks made meanwhile."""
    print(f"  {name} ...", end=" ", flush=True)
    began = time.monotonic()
    remarks: list[str] = []
    try:
        yield remarks
    finally:
        print(", ".join([f"{time.monotonic() - began:.1f} s", *remarks]), flush=True)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """A second start.py waits here until the first has made the environment; the lock ends with its process."""
    with Path(__file__).open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("  waiting for another start.py to finish installing ...", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _stamp(lock: Path) -> str:
    """What tells one lock file on one Python from any other."""
    python = f"{sys.implementation.cache_tag} {sys.platform}"
    return hashlib.sha256(python.encode() + b"\n" + lock.read_bytes()).hexdigest()


def _is_root() -> bool:
    return os.geteuid() == 0


# --- the way in ------------------------------------------------------------------------------------------------------


def _in_words(error: OSError) -> str:
    mends = {
        errno.ENOSPC: "Make room on the disk (Brobot needs about 500 MB)",
        errno.EROFS: "Copy Brobot to a folder that you may write in",
        errno.EACCES: "Copy Brobot to a folder that you may write in, or run it as the owner of this one",
    }
    mend = mends.get(error.errno or 0, "Mend that")
    return f"{error.filename or ROOT}: {error.strerror or error}. {mend}, then run the same command again."


def _enter() -> int:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a script started us in the background
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        return main(sys.argv[1:])
    except Halt as halt:
        sys.exit(str(halt))
    except OSError as error:
        sys.exit(_in_words(error))
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(_enter())
