"""programmes.yaml and first_steps.yaml: what they become, and what is said of what is wrong in them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.core.schedule import is_holiday
from bot.packs import PACKS, PackFaults, read_pack

PACK = read_pack(PACKS / "faaborg-midtfyn")


def test_ny_i_danmark_has_five_themes_for_everyone_and_three_of_choice_in_eight_weeks() -> None:
    programme = next(each for each in PACK.programmes if each.id == "ny-i-danmark")
    assert (len(programme.required), programme.choose) == (5, 3)
    cohort = next(each for each in PACK.activities if each.id == "ny-i-danmark-ringe-1")
    assert (cohort.sign_up, cohort.schedule.first) == ("course", date(2026, 12, 1))
    weeks = {day.isocalendar()[:2] for day in cohort.themes}
    assert len(weeks) == 8
    assert set(cohort.themes.values()) == {each.id for each in programme.themes}


def test_cohorts_repeat_and_no_session_lies_on_a_holiday() -> None:
    cohorts = [each for each in PACK.activities if each.programme]
    assert sum(each.cohort == "ny-i-danmark-ringe" for each in cohorts) == 3
    assert [day for each in cohorts for day in each.themes if is_holiday(day)] == []
    assert all(set(each.themes) == set(each.schedule.listed) for each in cohorts)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("programmes.yaml", "choose: 3", "choose: 9", "there are 5 themes of choice"),
        ("programmes.yaml", "{theme: home, week: 2}", "{theme: home, week: 1}", "has a session on this day already"),
        ("programmes.yaml", "{theme: home, week: 2}", "{theme: hom, week: 2}", "hom is not a theme of this programme"),
        ("programmes.yaml", "        - {theme: home, week: 2}\n", "", "lack home, which everyone takes"),
        ("programmes.yaml", "      again_after_weeks: 14\n", "", "needs again_after_weeks"),
        ("programmes.yaml", 'end: "19:00"', 'end: "16:00"', "is not after start"),
        ("first_steps.yaml", "until_week: 5", "until_week: 0", ""),
        ("first_steps.yaml", "from_week: 2\n  until_week: 14", "from_week: 14\n  until_week: 2", "is before from_week"),
        ("first_steps.yaml", "phase: before", "phase: before\n  from_week: 2", "this step is before"),
        ("first_steps.yaml", "phase: reception", "phase: receptoin", "Did you mean reception?"),
    ],
)
def test_what_is_wrong_is_named_with_its_mend(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    folder = Path(shutil.copytree(PACKS / "faaborg-midtfyn", tmp_path / "faaborg-midtfyn"))
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    if not said:
        read_pack(folder)
        return
    with pytest.raises(PackFaults) as raised:
        read_pack(folder)
    assert said in str(raised.value)
    assert str(raised.value).startswith(file)
