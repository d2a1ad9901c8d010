"""`python -m bot` as an operator uses it: what each command says, and that what they can mend is told in a line."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from bot.demo.botapi import TOKEN
from bot.packs import PACKS
from bot.store.database import HEAD
from tests.demo.running import ROOT, free_port, surroundings
from tests.terminal import PATIENCE, Operator

pytestmark = pytest.mark.slow  # each command is a process of its own

UNKNOWN_TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
PACK = PACKS / "ikast-brande"


@pytest.fixture(scope="module")
def api() -> Iterator[str]:
    """A Bot API on loopback that knows one token."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.demo.botapi", "--no-limits"],
        cwd=ROOT,
        env=surroundings(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.terminate()
    process.communicate(timeout=PATIENCE)


@pytest.fixture
def operator(tmp_path: Path, api: str) -> Operator:
    return Operator(tmp_path, api)


# Settings, key and database


def test_without_a_token_it_says_where_to_get_one(operator: Operator) -> None:
    assert operator.is_told("run").startswith("BROBOT_TOKEN is missing. Ask @BotFather")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rate", "fast"),
        ("listen", "8080"),
        ("log_level", "LOUD"),
        ("database_url", "mysql://localhost/x"),
        ("api_url", "telegram"),
        ("token", "secret"),
        ("token_file", "no/such/file"),
    ],
)
def test_a_wrong_setting_is_told_by_its_name(operator: Operator, name: str, value: str) -> None:
    told = operator.is_told("run", **{name: value})
    assert told.startswith(f"BROBOT_{name.upper()}")
    assert len(told.splitlines()) == 1


def test_a_token_file_that_cannot_be_read_is_told(operator: Operator) -> None:
    assert operator.is_told("run", "--token-file", "nowhere").startswith("The token file nowhere cannot be read")


def test_a_missing_key_beside_a_database_is_told_and_no_new_one_is_made(operator: Operator) -> None:
    operator.types("load", str(PACK))
    (operator.folder / "var" / "brobot.key").unlink()
    for command in (("run",), ("load", str(PACK)), ("invite",)):
        assert operator.is_told(*command, token=TOKEN).startswith("The key file var/brobot.key is missing")
    assert not (operator.folder / "var" / "brobot.key").exists()


def test_a_key_that_others_can_read_is_told_with_its_mend(operator: Operator) -> None:
    operator.types("load", str(PACK))
    (operator.folder / "var" / "brobot.key").chmod(0o644)
    assert operator.is_told("run", token=TOKEN).endswith("chmod 600 var/brobot.key")


def test_a_database_of_a_newer_brobot_is_left_alone(operator: Operator) -> None:
    operator.types("load", str(PACK))
    with closing(sqlite3.connect(operator.folder / "var" / "brobot.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    told = operator.is_told("run", token=TOKEN)
    assert "has tables of version 9999" in told
    assert f"version {HEAD}" in told
    assert "9999" in operator.types("check", str(PACK), token=TOKEN).stdout


def test_a_folder_that_cannot_be_written_is_told(operator: Operator) -> None:
    (operator.folder / "var").write_text("a file, not a folder")
    told = operator.is_told("load", str(PACK))
    assert told.startswith("var")
    assert len(told.splitlines()) == 1


# Packs


def test_loading_twice_says_that_nothing_is_new(operator: Operator) -> None:
    said = [operator.types("load", str(PACK)).stdout for _ in range(2)]
    assert said == ["Ikast-Brande Kommune: loaded\n", "Ikast-Brande Kommune: nothing new\n"]


def test_a_broken_pack_is_told_by_file_line_field_and_mend_and_nothing_of_any_is_loaded(operator: Operator) -> None:
    broken = operator.folder / "ikast-brande"
    shutil.copytree(PACK, broken)
    places = broken / "places.yaml"
    lines = places.read_text("utf-8").splitlines()
    number = next(number for number, line in enumerate(lines, 1) if line.strip().startswith("lat:"))
    lines[number - 1] = "  lat: north"
    places.write_text("\n".join(lines), "utf-8")
    told = operator.is_told("load", str(PACK), str(broken))
    assert told.startswith(f"places.yaml:{number} ")
    assert "lat" in told
    assert told in operator.types("check", str(broken), "--offline").stdout.replace("✗ ", "")
    assert not (operator.folder / "var").exists()


def test_a_community_that_is_neither_loaded_nor_shipped_is_told(operator: Operator) -> None:
    told = operator.is_told("run", token=TOKEN, community="atlantis")
    assert told.startswith("The community atlantis is not in the database. Load it with: python -m bot load")


def test_the_first_run_loads_its_pack_by_itself_and_later_ones_leave_it(operator: Operator) -> None:
    with operator.runs() as bot:
        assert bot.logs("pack loaded")["community"] == "ikast-brande"
        bot.logs("listening")
    with operator.runs() as bot:
        bot.logs("listening")
        assert [line for line in bot.lines if line["event"] == "pack loaded"] == []


# Telegram


def test_a_token_that_telegram_does_not_know_ends_the_start(operator: Operator) -> None:
    told = operator.is_told("run", token=UNKNOWN_TOKEN, log_level="WARNING")
    assert told.startswith("Telegram does not know this token (401)")
    assert UNKNOWN_TOKEN not in told


def test_a_telegram_that_cannot_be_reached_is_waited_for(operator: Operator) -> None:
    port = free_port()
    with operator.runs(api_url=f"http://127.0.0.1:{port}") as bot:
        line = bot.logs("Telegram cannot be reached")
        assert (line["level"], line["seconds"]) == ("warning", 1.0)
        assert TOKEN not in bot.log.read_text("utf-8")


def test_a_port_that_is_taken_is_told(operator: Operator) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        told = operator.is_told("run", token=TOKEN, listen=listen, log_level="WARNING")
    assert told.startswith(f"BROBOT_LISTEN: {listen} cannot be listened on")


def test_the_log_holds_neither_the_token_nor_what_people_wrote(operator: Operator) -> None:
    secrets = ("Jeg hedder Fatima", "er det muligt at spille skak med nogen", "55.987654", "Fatima")
    with operator.runs(log_level="DEBUG") as bot, httpx.Client(base_url=operator.api, trust_env=False) as phone:
        bot.logs("listening")
        person = phone.post("/demo/people", json={"name": "Fatima", "language_code": "da"}).json()["id"]

        def answers() -> int:
            calls = phone.get("/demo/calls").json()["calls"]
            return len([each for each in calls if each["chat"] == person and each["status"] == 200])

        def does(path: str, **body: object) -> None:
            """The person acts, and the bot answers."""
            before = answers()
            assert phone.post(f"/demo/{path}", json={"id": person, **body}).status_code == 200
            deadline = time.monotonic() + PATIENCE
            while answers() == before:
                assert time.monotonic() < deadline, f"{path} {body} was not answered"
                time.sleep(0.05)

        does("say", text="/start")
        for label in ("Dansk", "Ja"):
            does("tap", label=label)
        for text in secrets[:2]:
            does("say", text=text)
        does("location", lat=55.987654, lon=9.1)
        phone.post("/demo/fault", json={"kind": "error", "count": 1})
        does("say", text=secrets[0])
        phone.post("/demo/fault", json={"kind": "block", "id": person})
        written = bot.log.read_text("utf-8")
    assert [secret for secret in (*secrets, TOKEN, str(person)) if secret in written] == []


# Check, understand, invite, inbox


def test_check_offline_gives_a_line_for_each_part(operator: Operator) -> None:
    told = operator.types("check", "--offline")
    good = [line.split(":")[0] for line in told.stdout.splitlines() if line.startswith("✓")]
    parts = "faaborg-midtfyn ikast-brande words network.yaml practical.yaml answers.yaml knowledge.yaml catalogues"
    assert good == [f"✓ {each}" for each in parts.split()], told.stdout
    assert (told.returncode, told.stderr) == (0, "")


def test_check_tells_of_settings_database_and_telegram_and_changes_nothing(operator: Operator) -> None:
    first = operator.types("check", str(PACK), token=TOKEN)
    assert "✓ database: none yet; the first start makes var/brobot.db" in first.stdout
    assert "✓ Telegram: @brobot_demo_bot" in first.stdout
    assert first.returncode == 0, first.stdout
    assert list(operator.folder.iterdir()) == []
    operator.types("load", str(PACK))
    assert "its pack is loaded" in operator.types("check", str(PACK), token=TOKEN).stdout


def test_check_ends_with_a_failure_where_something_is_to_be_mended(operator: Operator) -> None:
    unknown = operator.types("check", str(PACK), token=UNKNOWN_TOKEN)
    assert unknown.returncode == 1
    assert "✗ " in unknown.stdout
    assert "does not know this token" in unknown.stdout
    missing = operator.types("check", str(PACK))
    assert (missing.returncode, "✗ BROBOT_TOKEN is missing" in missing.stdout) == (1, True)


def test_understand_reads_questions_and_writes_frames(operator: Operator) -> None:
    asked = {"id": "1", "text": "football in Ringe", "lang": "en", "now": "2026-11-23T10:00:00+01:00"}
    told = operator.types("understand", stdin=f"{json.dumps(asked)}\nno question\n")
    assert told.returncode == 0, told.stderr
    frame, fault = (json.loads(line) for line in told.stdout.splitlines())
    assert (frame["id"], frame["place"]) == ("1", "Ringe")
    assert fault["error"].startswith("not a question")


def test_an_invitation_is_printed_once_for_a_coordinator_and_for_no_other_role(operator: Operator) -> None:
    operator.types("load", str(PACK))
    first, second = (operator.types("invite", "coordinator").stdout for _ in range(2))
    assert first.splitlines()[-1].startswith("https://t.me/YOUR_BOT?start=i_")
    assert first != second
    told = operator.types("invite", "coordinator", token=TOKEN).stdout
    assert told.startswith("Open this once, or send it to one person:\nhttps://t.me/brobot_demo_bot?start=i_")
    assert "does not know this token" in operator.types("invite", token=UNKNOWN_TOKEN).stdout
    assert operator.is_told("invite", "king") == "There is no role king. Write: python -m bot invite coordinator"
    assert "i_" not in operator.types("invite", community="atlantis").stdout
    assert operator.is_told("invite", "--organisation", "nobody").startswith("There is no organisation nobody.")


def test_an_empty_inbox_lists_nothing_and_replays_nothing(operator: Operator) -> None:
    operator.types("load", str(PACK))
    assert operator.types("inbox", "list").stdout == ""
    assert operator.types("inbox", "replay", "7").stdout == "0 put back in line\n"


# Backup and restore


def test_a_backup_is_made_while_the_bot_runs_and_can_be_put_back(operator: Operator) -> None:
    with operator.runs() as bot:
        bot.logs("listening")
        made = operator.types("backup", "copy.db")
    assert made.stdout == "Written and read again: copy.db\n"
    assert (operator.folder / "copy.db").stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(operator.folder / "var" / "brobot.db")) as database, database:
        database.execute("DELETE FROM activities")
    put_back = operator.types("restore", "copy.db")
    assert put_back.stdout == "Restored. The database before it: var/brobot.db.before-restore\n"
    assert operator.types("load", str(PACK)).stdout == "Ikast-Brande Kommune: nothing new\n"


def test_a_backup_that_cannot_be_made_or_put_back_is_told(operator: Operator) -> None:
    assert operator.is_told("backup", "copy.db").startswith("There is no database at var/brobot.db")
    assert operator.is_told("restore", "copy.db") == "There is no backup at copy.db."
    operator.types("load", str(PACK))
    (operator.folder / "copy.db").write_text("not a database")
    assert operator.is_told("restore", "copy.db").startswith("The backup copy.db could not be put back")
    assert operator.is_told("backup", "no/such/folder/copy.db").startswith("The backup no/such/folder/copy.db")
    told = operator.is_told("backup", "copy.db", database_url="postgresql+asyncpg://localhost/brobot")
    assert told.startswith("Only SQLite is backed up here.")


# Calendars and sheets


def test_a_sheet_is_filled_in_loaded_and_written_again(operator: Operator) -> None:
    operator.types("load", str(PACK))
    assert operator.types("template", "empty.csv", "--lang", "en").stdout == "Written: empty.csv\n"
    assert operator.is_told("template", "empty.csv").startswith("empty.csv is there already. Choose another name")
    assert operator.types("export", "all.csv").stdout == "Written: all.csv\n"
    sheet = operator.folder / "all.csv"
    assert operator.types("load", "all.csv").stdout == "all.csv: 0 new, 0 changed; 0 people told\n"
    sheet.write_text(sheet.read_text("utf-8-sig").replace(";Ikast;", ";Atlantis;", 1), "utf-8-sig")
    assert operator.is_told("load", "all.csv").startswith("all.csv, cell K2 (By): atlantis is not a place")
    operator.types("export", "all.json")
    assert len(json.loads((operator.folder / "all.json").read_text("utf-8"))) == 8
    assert "to load activities again, export them as .xlsx" in operator.is_told("load", "all.json")


def test_a_calendar_is_named_once_and_loaded_from_its_file(operator: Operator) -> None:
    operator.types("load", str(PACK))
    calendar = str(ROOT / "tests" / "data" / "feeds" / "google.ics")
    assert "python -m bot feeds add" in operator.is_told("load", calendar)
    whose = ("--organisation", "eksempel-idraet", "--topic", "football")
    asked = operator.is_told("feeds", "add", "hallen", *whose, "--place", "ikest")
    assert asked == "--place: ikest is not known here. Did you mean ikast?"
    inner = operator.types("feeds", "add", "hallen", "http://127.0.0.1/x.ics", *whose, "--place", "ikast")
    assert "✗ hallen: nothing was changed. It leads to 127.0.0.1" in inner.stderr
    assert "✗ hallen: not taken yet; failing since" in operator.types("feeds", "list").stdout
    taken = operator.types("load", calendar, "--feed", "hallen").stdout
    assert "its town, Ringe, is not in places.yaml" in taken
    operator.types("export", "own.ics")
    assert operator.is_told("load", "own.ics", "--feed", "hallen").startswith("It is Brobot's own calendar")


# The command line itself


def test_a_command_that_does_not_exist_is_told(operator: Operator) -> None:
    assert operator.is_told("dance").splitlines()[-1] == "Error: No such command 'dance'."


def test_help_names_every_command(operator: Operator) -> None:
    told = operator.types("--help")
    commands = ["demo", "run", "load", "check", "understand", "invite", "backup", "restore", "catalogues", "inbox"]
    commands += ["feeds", "template", "export"]
    assert [command for command in commands if f"  {command} " not in told.stdout] == []


def test_ctrl_c_ends_the_bot_quietly(operator: Operator) -> None:
    with operator.runs() as bot:
        bot.logs("listening")
        os.kill(bot.life.pid, signal.SIGINT)
        assert bot.life.wait(PATIENCE) == 0
        assert "Traceback" not in bot.log.read_text("utf-8")
