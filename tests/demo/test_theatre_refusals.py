"""A demo that does not start says in a line what an operator has to mend."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.packs import PACKS
from tests.demo.running import ANSWERS_WITHIN, ended, small_disk, start_demo, start_demo_cold

pytestmark = pytest.mark.slow  # each is a program of its own

REAL_TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


def refused(folder: Path, *options: str, **how: Any) -> str:
    """What a demo that does not start says, without the end of its line."""
    with start_demo(folder, *options, **how) as process:
        return mended(process.ended(ANSWERS_WITHIN))


def mended(outcome: tuple[int, str, str]) -> str:
    """What is said of something to mend: exit code 2, nothing on standard output, no traceback."""
    code, out, err = outcome
    assert (code, out) == (2, ""), err
    assert "Traceback" not in err
    return err.rstrip("\n")


@pytest.mark.parametrize("where", ["environment", "token file", ".env"])
def test_it_does_not_start_where_a_real_token_is_configured(tmp_path: Path, where: str) -> None:
    file = tmp_path / ("token" if where == "token file" else ".env")
    file.write_text(REAL_TOKEN if where == "token file" else f"BROBOT_TOKEN={REAL_TOKEN}\n")
    settings = {"environment": {"BROBOT_TOKEN": REAL_TOKEN}, "token file": {"BROBOT_TOKEN_FILE": str(file)}, ".env": {}}
    if where == "environment":
        file.unlink()
    said = refused(tmp_path / "demo", **settings[where])
    assert said.startswith("BROBOT_TOKEN holds a real token")
    assert REAL_TOKEN not in said
    assert len(said.splitlines()) == 1


def test_an_unknown_pack_is_told_with_those_there_are(tmp_path: Path) -> None:
    assert refused(tmp_path / "demo", "--pack", "atlantis") == (
        "There is no pack atlantis. Choose one of: faaborg-midtfyn, ikast-brande"
    )


def test_a_broken_pack_is_told_by_file_line_field_and_mend(tmp_path: Path) -> None:
    pack = tmp_path / "packs" / "faaborg-midtfyn"
    shutil.copytree(PACKS / "faaborg-midtfyn", pack)
    text = (pack / "places.yaml").read_text("utf-8")
    (pack / "places.yaml").write_text(text.replace("lat: 55.", "lat: 95.", 1), "utf-8")
    [said] = [line for line in refused(tmp_path / "demo", "--pack", str(pack)).splitlines() if "lat" in line]
    assert said.startswith("places.yaml")


@pytest.mark.parametrize(("option", "value"), [("--port", "70000"), ("--port", "http"), ("--lang", "xx")])
def test_a_wrong_option_is_told(tmp_path: Path, option: str, value: str) -> None:
    last = refused(tmp_path / "demo", option, value).splitlines()[-1]
    assert last.startswith(f"Error: Invalid value for '{option}'")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = refused(tmp_path / "file" / "demo" / "deep", cwd=tmp_path)
    assert said.startswith(str(tmp_path / "file"))
    assert len(said.splitlines()) == 1


def test_a_disk_without_room_is_told_in_a_line(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk) as before:
        said = mended(ended(start_demo_cold(disk / "demo", before)))
    assert len(said.splitlines()) == 1
    assert any(word in said for word in ("disk", "room", "File too large")), said
