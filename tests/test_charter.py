"""A network's charter is read whole, or every fault is named; without its file there is no network."""

from __future__ import annotations

import shutil
from datetime import date, time
from pathlib import Path

import pytest

from bot.core.meetings.model import Membership, Rule
from bot.core.meetings.record import charter_record, read_charter
from bot.packs import PACKS, PackFaults, read_pack

SMAABY = Path(__file__).parent / "data" / "smaaby"
SOUND = """
names:
  da: Netværket
fixed_meetings:
  which: last
  weekday: Thursday
  months: [March, September]
  start: "17:00"
  end: "19:00"
revise_by: 2027-06-20
members:
  - organisation: raad
    joined: 2026-01-01
    left: 2027-05-01
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMAABY, tmp_path / "smaaby"))


def faults(folder: Path, charter: str) -> list[str]:
    (folder / "charter.yaml").write_text(charter, encoding="utf-8")
    with pytest.raises(PackFaults) as raised:
        read_pack(folder)
    return [str(fault) for fault in raised.value.faults]


def test_a_charter_becomes_a_record_and_is_kept_as_plain_values(folder: Path) -> None:
    assert read_pack(folder).charter is None
    (folder / "charter.yaml").write_text(SOUND, encoding="utf-8")
    charter = read_pack(folder).charter
    assert charter is not None
    assert charter.rule == Rule((3, 9), -1, 3, time(17), time(19))
    assert (charter.invite, charter.write, charter.agenda, charter.minutes) == (42, 14, 7, 7)
    assert charter.memberships == (Membership("raad", "member", date(2026, 1, 1), date(2027, 5, 1)),)
    assert read_charter(charter_record(charter)) == charter


def test_the_network_of_faaborg_midtfyn_meets_four_times_a_year_and_a_week_lies_before_and_after() -> None:
    charter = read_pack(PACKS / "faaborg-midtfyn").charter
    assert charter is not None
    assert (len(charter.rule.months), charter.agenda, charter.minutes) == (4, 7, 7)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("which: last", "which: 5", "charter.yaml:5 fixed_meetings.which: yields no date in March 2027"),
        ("which: last", "which: 7", "fixed_meetings.which: 7 is not 1, 2, 3, 4, 5 or last."),
        ("weekday: Thursday", "weekday: Torsdag", "fixed_meetings.weekday: Torsdag is not a weekday."),
        ("[March, September]", "[]", "fixed_meetings.months: is an empty list."),
        ('end: "19:00"', 'end: "16:00"', "fixed_meetings.end: is not after start."),
        ("raad", "nobody", "organisation: nobody is not an organisation of organisations.yaml."),
        ("left: 2027-05-01", "left: 2025-05-01", "left: is not after joined."),
        ("revise_by: 2027-06-20", "days:\n  write: 60", "write: does not lie between invite and agenda."),
    ],
)
def test_a_fault_of_a_charter_is_named_with_its_mend(folder: Path, old: str, new: str, said: str) -> None:
    assert old in SOUND
    assert any(said in fault for fault in faults(folder, SOUND.replace(old, new)))
