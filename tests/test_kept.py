"""What is kept of data files: given again unmade, made anew with any change, and never a reason to fail."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.kept import kept


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "words.yaml"
    path.write_text("one", "utf-8")
    return path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is kept during a test: as Python would, were it told to keep its compiled files there."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "compiled"


def read(source: Path, makes: list[str]) -> str:
    """What stands in the source, in capitals; `makes` gets a word each time that is done."""

    def make() -> str:
        makes.append("made")
        return source.read_text("utf-8").upper()

    return kept("capitals", [source], make)


def test_it_is_made_once_and_given_again(source: Path) -> None:
    makes: list[str] = []
    assert [read(source, makes), read(source, makes), makes] == ["ONE", "ONE", ["made"]]


def test_a_changed_source_is_made_anew(source: Path) -> None:
    makes: list[str] = []
    read(source, makes)
    source.write_text("two", "utf-8")
    assert [read(source, makes), read(source, makes), makes] == ["TWO", "TWO", ["made", "made"]]


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 200])
def test_a_damaged_file_is_made_anew(source: Path, folder: Path, damage: bytes) -> None:
    makes: list[str] = []
    read(source, makes)
    (file,) = folder.rglob("*.kept")
    file.write_bytes(file.read_bytes()[: 32 if damage == b"short" else 0] + damage)
    assert [read(source, makes), read(source, makes), makes] == ["ONE", "ONE", ["made", "made"]]


def test_where_nothing_may_be_written_it_is_made_each_time(source: Path, folder: Path) -> None:
    makes: list[str] = []
    folder.write_text("a file where the folder would be", "utf-8")
    assert [read(source, makes), read(source, makes), len(makes)] == ["ONE", "ONE", 2]


def test_nothing_is_written_where_python_writes_no_compiled_files(
    source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert (read(source, []), folder.exists()) == ("ONE", False)
