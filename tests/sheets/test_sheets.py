"""Sheets of activities: filled in in any language, faults by cell, all or nothing; and no formula comes out of one."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.core.model import Activity, Held, Schedule
from bot.packs import PACKS, read_pack
from bot.sheets.columns import BY_HEADING, COLUMNS, LANGUAGES
from bot.sheets.reading import Known, SheetFaults, letters, read_activities
from bot.sheets.safety import BEGINS_A_FORMULA, bare, safe
from bot.sheets.writing import activity_rows, as_csv, as_xlsx, help_rows, template_rows
from bot.topics import read_topics

PACK = read_pack(PACKS / "ikast-brande")
TOPICS = read_topics()
KNOWN = Known(
    PACK.community.id,
    PACK.community.languages,
    {each.id: each for each in PACK.places},
    {each.id: each for each in PACK.organisations},
    TOPICS,
)
ROW = {
    "Titel (dansk)": "Skak for alle",
    "Om (dansk)": "Vi spiller skak.",
    "Titel (arabisk)": "شطرنج",
    "Om (arabisk)": "نلعب الشطرنج.",
    "Forening": PACK.organisations[0].name,
    "By": "Ikast",
    "Sted": "Biblioteket",
    "Adresse": "Vestergade 3, 7430 Ikast",
    "Første dag": "3/12/2026",
    "Fra kl.": "kl. 17.30",
    "Til kl.": "19:00",
    "Gentages": "Hver uge",
    "Sidste dag": "25-03-2027",
    "Ikke disse dage": "24.12.2026; 31.12.2026",
    "Emner": f"fodbold, {TOPICS.find('topic', 'danish').names['da']}",
    "Pladser": "8",
    "Tilmelding": "hver gang",
    "Spørg efter (dansk)": "Skaklederen",
}


def csv_of(path: Path, *rows: dict[str, str], delimiter: str = ";", encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(ROW | (rows[0] if rows else {})), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def faults(path: Path) -> Sequence[str]:
    with pytest.raises(SheetFaults) as found:
        read_activities(path, KNOWN)
    return found.value.faults


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), (",", "utf-8"), ("\t", "utf-16")])
def test_a_row_becomes_an_activity_however_its_file_was_saved(tmp_path: Path, delimiter: str, encoding: str) -> None:
    (found,) = read_activities(
        csv_of(tmp_path / "a.csv", ROW, delimiter=delimiter, encoding=encoding), KNOWN
    ).activities
    assert (found.id, found.place, found.organisation) == ("skak-for-alle-ikast", "ikast", PACK.organisations[0].id)
    assert (found.schedule.first, found.schedule.start, found.schedule.until) == (
        *(date(2026, 12, 3), time(17, 30), date(2027, 3, 25)),
    )
    assert found.schedule.skips == {date(2026, 12, 24), date(2026, 12, 31)}
    assert (found.source, found.texts["da"].state, found.texts["ar"].state) == ("da", "human", "draft")
    assert (found.topics, found.languages, found.price, found.capacity) == (("football", "danish"), ("da",), 0, 8)
    assert not found.venue.exact
    assert found.venue.lat == KNOWN.places["ikast"].lat


def test_what_danish_excel_saves_as_csv_is_read(tmp_path: Path) -> None:
    plain = {name: text for name, text in ROW.items() if "arabisk" not in name}
    path = tmp_path / "a.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, list(plain), delimiter=";")
        writer.writeheader()
        writer.writerow(plain)
    assert read_activities(path, KNOWN).activities[0].contact == {"da": "Skaklederen"}


def test_typed_cells_of_a_book_are_read_and_its_page_of_help_is_not(tmp_path: Path) -> None:
    book: Any = Workbook()
    sheet = book.active
    typed = {**ROW, "Første dag": date(2026, 12, 3), "Fra kl.": time(17, 30), "Pladser": 8.0, "Også helligdage": True}
    sheet.append(["Foreningens aktiviteter"])
    sheet.append(list(typed))
    sheet.append(list(typed.values()))
    for row in help_rows("da", {}):
        book.create_sheet("Hjælp").append(row)
    book.save(tmp_path / "a.xlsx")
    (found,) = read_activities(tmp_path / "a.xlsx", KNOWN).activities
    assert (found.schedule.start, found.capacity, found.schedule.on_holidays) == (time(17, 30), 8, True)


def test_every_fault_is_told_with_its_cell_and_mend_and_nothing_is_taken(tmp_path: Path) -> None:
    wrong = {**ROW, "By": "Ikest", "Fra kl.": "25:99", "Emner": "fodbald", "Pladser": "mange", "Sted": ""}
    told = faults(csv_of(tmp_path / "a.csv", ROW, wrong))
    assert told[0].startswith("a.csv, cell F3 (By): ikest is not a place of places.yaml. Did you mean ikast?")
    assert any(each.startswith("a.csv, cell J3 (Fra kl.): 25:99 is not a time.") for each in told)
    assert any(each.startswith("a.csv, cell O3 (Emner): fodbald is not a topic.") for each in told)
    assert any(each.startswith("a.csv, cell P3 (Pladser): mange is not a whole number") for each in told)
    assert any(each.startswith("a.csv, cell G3 (Sted): is missing.") for each in told)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"Titel (dansk)": "Ring 12 34 56 78"}, "cell A2 (Titel (dansk)): holds what looks like a phone number."),
        ({"Titel (arabisk)": "Chess"}, "cell C2 (Titel (arabisk)): is not written in Arabic letters."),
        ({"Første dag": "30/2/2026"}, "cell I2 (Første dag): 2026-02-30 is not a date."),
        ({"Gentages": "nu og da"}, "cell L2 (Gentages): nu og da is not a way to repeat."),
        ({"Farve": "blå"}, "cell S1: “Farve” is no heading here."),
        ({"Town": "Ikast"}, "cell S1: “Town” stands twice."),
    ],
)
def test_a_slip_is_told_where_it_is(tmp_path: Path, change: dict[str, str], said: str) -> None:
    assert any(said in each for each in faults(csv_of(tmp_path / "a.csv", {**ROW, **change})))


def test_two_rows_with_one_id_are_told(tmp_path: Path) -> None:
    assert "stands twice" in faults(csv_of(tmp_path / "a.csv", ROW, ROW))[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "no row of headings"),
        ("a.csv", b"\xff\xfe\x00\xd8", "no row of headings"),
        ("a.xlsx", b"PK no book", "is not an XLSX file"),
        ("a.csv", b"x" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_what_is_no_sheet_is_refused_whole(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert said in faults(tmp_path / name)[0]


def test_a_book_that_becomes_huge_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 101_000_000)
    assert "larger than 100 MB" in faults(tmp_path / "a.xlsx")[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_what_is_written_is_read_again_as_it_was(tmp_path: Path, language: str, suffix: str) -> None:
    rows = activity_rows(PACK.activities, language, {})
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(as_csv(rows) if suffix == "csv" else as_xlsx({"A": rows}))
    found = {each.id: each for each in read_activities(path, KNOWN).activities}
    assert found == {each.id: _as_a_sheet_keeps_it(each) for each in PACK.activities}


def test_what_follows_a_calendar_is_written_out_named_and_left_to_it_when_it_is_read(tmp_path: Path) -> None:
    day = date(2026, 12, 3)
    start = datetime(2026, 12, 3, 16, tzinfo=UTC)
    times = {day: Held(start, start + timedelta(hours=1))}
    rule = Schedule(day, time(17), time(18), "listed", listed=times)
    followed = replace(PACK.activities[0], id="hallen-1", schedule=rule, contact={})
    chat_made = replace(PACK.activities[1], id="chat-1", contact={})
    (tmp_path / "a.csv").write_bytes(as_csv(activity_rows([followed, chat_made], "da", {})))
    filled = read_activities(tmp_path / "a.csv", KNOWN)
    assert [each.id for each in filled.activities] == ["chat-1"]
    assert filled.activities[0].contact == {}, "nobody in particular is no fault"
    (line,) = filled.left
    assert line.startswith("a.csv, row 2: “")
    assert line.endswith("follows a calendar and was left to it.")


def _as_a_sheet_keeps_it(activity: Activity) -> Activity:
    """A sheet's first language is the original, its others are drafts, and nothing in it is an example."""
    source = next(each for each in LANGUAGES if each in activity.texts)
    texts = {each: replace(said, state="human" if each == source else "draft") for each, said in activity.texts.items()}
    return replace(activity, example=False, source=source, texts=texts)


def test_each_heading_is_of_one_column_only() -> None:
    names = [name for column in COLUMNS for name in {each.casefold() for each in column.names.values()}]
    assert len(names) == len(set(names))
    assert len(BY_HEADING) >= len(COLUMNS) * 3
    assert all(len(template_rows(language)[0]) == len(COLUMNS) for language in LANGUAGES)


def test_columns_are_lettered_as_sheets_letter_them() -> None:
    assert [letters(at) for at in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


ANY = st.text(max_size=30)
FORMULAS = st.builds(lambda sign, rest: f"{sign}{rest}", st.sampled_from(BEGINS_A_FORMULA), ANY)


@settings(max_examples=150, deadline=None)
@given(st.one_of(ANY, FORMULAS))
def test_no_text_comes_out_as_a_formula_and_each_comes_back_as_it_was(text: str) -> None:
    kept = text.replace("\0", "")
    assert not safe(text).lstrip(" ").startswith(BEGINS_A_FORMULA)
    assert bare(safe(text)) == kept
    (line,) = (
        csv.reader(io.StringIO(as_csv([[text]]).decode("utf-8-sig"), newline=""), delimiter=";") if kept else [[""]]
    )
    assert bare(line[0] if line else "") == kept


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x";"y")', "+1", "-1+1|cmd", "@SUM(A1)", "\t=1", "=1\x07"])
def test_a_book_holds_texts_and_never_formulas(text: str) -> None:
    cell = load_workbook(io.BytesIO(as_xlsx({"A": [["x"], [text]]}))).active.cell(2, 1)  # type: ignore[union-attr] # there is one
    assert cell.data_type != "f"
    assert str(cell.value).startswith(text[:1])
