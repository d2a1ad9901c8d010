"""The rules of the house that a machine can check: each names what breaks it, file and line."""

from __future__ import annotations

import ast
import os
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = ("bot", "handlers", "benchmarks", "tests")
NOT_OURS = {"__pycache__", "var", "node_modules", "dist", "build"}
LONGEST_FILE = 350
LONGEST_FUNCTION = 70
MIGRATIONS = "bot/store/migrations/versions/"  # a migration is one list of tables, written down once

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# What only the clock may ask, as `owner.name`; everyone else is given `now`.
ASKS_THE_TIME = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}
MAY_ASK_THE_TIME = {"bot/clock.py", "bot/demo/clock.py", "bot/demo/botapi/__main__.py"}  # the last is a program itself

EDGES = {"aiohttp", "telegram"}
# What the command line joins, and what it tells Telegram of the bot: not use-cases, though they lie beside them.
MAY_KNOW_THE_EDGES = {"bot/app.py", "bot/checking.py", "bot/process.py", "bot/profile.py"}


def modules(*folders: str) -> Iterator[tuple[str, str, ast.Module]]:
    """Every module of the folders that is not empty: its path from the root, its text, its tree."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    for path in [*paths, ROOT / "start.py"] if set(folders) == set(CODE) else paths:
        if text := path.read_text("utf-8"):
            yield path.relative_to(ROOT).as_posix(), text, tree_of(text)


@cache
def tree_of(text: str) -> ast.Module:
    """A module's tree, read once for all the rules."""
    return ast.parse(text)


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the project: its path from the root, its content."""
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name not in NOT_OURS and (name == ".ci" or not name.startswith("."))]
        for path in (Path(folder, name) for name in names if name != ".git"):  # a file, in a second work tree
            try:
                yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
            except UnicodeDecodeError:
                continue


def lines_with(pattern: re.Pattern[str], text: str, path: str) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()}" for number, line in enumerate(text.splitlines(), 1) if pattern.search(line)
    ]


def test_every_module_opens_with_what_it_owns() -> None:
    assert [path for path, _, tree in modules(*CODE) if ast.get_docstring(tree) is None] == []


def test_the_package_itself_is_empty() -> None:
    assert (ROOT / "bot" / "__init__.py").read_text("utf-8") == ""


def test_files_can_be_read_in_a_sitting() -> None:
    lengths = {path: text.count("\n") for path, text, _ in modules(*CODE)}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_fit_the_eye() -> None:
    found = [
        f"{path}:{node.lineno}: {node.name}"
        for path, _, tree in modules(*CODE)
        for node in ast.walk(tree)
        if isinstance(node, FUNCTIONS) and not path.startswith(MIGRATIONS)
        if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert found == []


def test_only_the_clock_asks_what_time_it_is() -> None:
    found = [
        f"{path}:{node.lineno}: {ast.unparse(node)}"
        for path, _, tree in modules("bot", "handlers")
        for node in ast.walk(tree)
        if path not in MAY_ASK_THE_TIME and isinstance(node, ast.Attribute)
        if ".".join(ast.unparse(node).split(".")[-2:]) in ASKS_THE_TIME
    ]
    assert found == []


def test_use_cases_know_neither_telegram_nor_the_web() -> None:
    found = [
        f"{path}:{node.lineno}: {ast.unparse(node)}"
        for path, _, tree in modules("bot")
        if path.count("/") == 1 and path not in MAY_KNOW_THE_EDGES
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and EDGES & set(imported(node))
    ]
    assert found == []


def test_the_core_waits_for_nothing() -> None:
    waits = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    found = [
        f"{path}:{node.lineno}"
        for path, _, tree in modules("bot/core")
        for node in ast.walk(tree)
        if isinstance(node, waits)
    ]
    assert found == []


def test_the_core_reads_no_file() -> None:
    reads = re.compile(r"\bopen\(|\.(?:read|write)_(?:text|bytes)\(|\bimportlib\.resources\b")
    assert [line for path, text, _ in modules("bot/core") for line in lines_with(reads, text, path)] == []


def test_every_test_is_a_sentence() -> None:
    found = [
        f"{path}:{node.lineno}: {node.name}"
        for path, _, tree in modules("tests")
        for node in ast.walk(tree)
        if isinstance(node, FUNCTIONS) and node.name.startswith("test_") and node.name.count("_") < 2
    ]
    assert found == []


def test_every_ignore_has_its_reason_beside_it() -> None:
    bare = re.compile(r"#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[\w, -]+\])?)\s*$")
    assert [line for path, text, _ in modules(*CODE) for line in lines_with(bare, text, path)] == []


def test_nothing_is_left_to_be_done_later() -> None:
    later = re.compile(r"#.*\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
    assert [line for path, text, _ in modules(*CODE) for line in lines_with(later, text, path)] == []


def test_no_file_names_a_place_on_one_machine() -> None:
    place = re.compile(r"(?<![\w.:/~-])/(?:wor[k]|roo[t]|Use[r]s|hom[e])/[\w.-]")
    assert [line for path, text in texts() for line in lines_with(place, text, path)] == []


def test_no_file_names_a_package_registry() -> None:
    registry = re.compile(
        r"\b(?:pypi|pythonhosted|npmjs|debian)\.(?:org|net|com)\b|--(?:extra-)?index-url|--find-links"
    )
    itself = Path(__file__).relative_to(ROOT).as_posix()
    found = [line for path, text in texts() if path != itself for line in lines_with(registry, text, path)]
    assert found == []


@pytest.mark.parametrize("lock", sorted(path.name for path in ROOT.glob("requirements*.txt")))
def test_every_locked_library_has_its_hashes(lock: str) -> None:
    pins = (ROOT / lock).read_text("utf-8").replace("\\\n", " ").splitlines()
    named = [pin for pin in pins if pin and not pin.startswith("#")]
    assert [pin for pin in named if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", pin)] == []
    assert named


def test_what_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = {"requirements.txt": project["project"]["dependencies"]}
    asked["requirements-test.txt"] = project["dependency-groups"]["test"]
    asked["requirements-benchmarks.txt"] = project["dependency-groups"]["benchmarks"]
    for lock, names in asked.items():
        locked = {normal(line.split("==")[0]) for line in (ROOT / lock).read_text("utf-8").splitlines() if "==" in line}
        assert {normal(re.split(r"[\[<>=;~ ]", name)[0]) for name in names} - locked == set()


def test_the_two_locks_agree_where_they_overlap() -> None:
    run, test = (pins(ROOT / lock) for lock in ("requirements.txt", "requirements-test.txt"))
    assert {name: pin for name, pin in test.items() if name in run and run[name] != pin} == {}


def imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    """The top names of what a statement imports."""
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
    return [name.split(".")[0] for name in names]


def normal(name: str) -> str:
    """A library's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: Path) -> dict[str, set[str]]:
    """The versions of each locked library; more than one where they differ by Python's version."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", lock.read_text("utf-8"), re.MULTILINE):
        found.setdefault(normal(name), set()).add(version)
    return found
