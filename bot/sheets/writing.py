"""Writing sheets: CSV that Excel opens in Danish, XLSX with bold headings; the template with its page of help."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.core.activity_record import schedule_record
from bot.core.model import Activity
from bot.sheets.columns import CALENDAR, COLUMNS, Column
from bot.sheets.safety import safe

Cell = str | int | float | None
Row = Sequence[Cell]

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES = {
    "da": ("Aktiviteter", "Hjælp"),
    "en": ("Activities", "Help"),
    "ar": ("الأنشطة", "مساعدة"),
    "ti": ("ንጥፈታት", "ሓገዝ"),
}
"""What the sheets are called, by language."""


def as_csv(rows: Iterable[Row]) -> bytes:
    """CSV in UTF-8 with its mark and semicolons, as Danish programs open it with a double click."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_plain(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(sheets: Mapping[str, Iterable[Row]], *, rtl: bool = False) -> bytes:
    """A book of sheets, each with its first row as headings. Every text is a text, whatever it begins with."""
    from openpyxl import Workbook  # noqa: PLC0415 # 0.2 s that only a sheet needs
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415 # as above
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 # as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 # as above

    book: Any = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name[:31])
        sheet.sheet_view.rightToLeft = rtl
        sheet.freeze_panes = "A2"
        for number, row in enumerate(rows, 1):
            for at, value in enumerate(row, 1):
                if value is None or value == "":
                    continue
                cell = sheet.cell(number, at)
                if isinstance(value, str):
                    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
                    cell.data_type = "s"  # never a formula
                    cell.quotePrefix = True
                else:
                    cell.value = value
                if number == 1:
                    cell.font = Font(bold=True)
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
        for at in range(1, sheet.max_column + 1):
            sheet.column_dimensions[get_column_letter(at)].width = 22
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return safe(cell) if isinstance(cell, str) else str(cell)


def activity_rows(activities: Iterable[Activity], language: str, names: Mapping[str, str]) -> list[Row]:
    """A sheet of activities that can be loaded again; `names` are those of places and organisations by id."""
    rows: list[Row] = [[column.names[language] for column in COLUMNS]]
    for activity in activities:
        values = _values(activity, names)
        rows.append([values.get(column.path) for column in COLUMNS])
    return rows


def _values(activity: Activity, names: Mapping[str, str]) -> dict[str, Cell]:
    schedule = {name: _said(value) for name, value in schedule_record(activity.schedule).items() if name != "listed"}
    listed = activity.schedule.repeats == "listed"
    schedule["repeats"] = CALENDAR if listed else str(schedule["repeats"]).replace("_", " ")
    schedule["nth"] = "last" if activity.schedule.nth == -1 else schedule["nth"]
    venue = activity.venue
    return {
        "id": activity.id,
        "organisation": names.get(activity.organisation, activity.organisation),
        "place": names.get(activity.place, activity.place),
        "venue.name": venue.name,
        "venue.address": venue.address,
        **({"venue.lat": venue.lat, "venue.lon": venue.lon} if venue.exact else {}),
        **{f"schedule.{name}": value for name, value in schedule.items()},
        **{name: ", ".join(getattr(activity, name)) for name in ("topics", "audience", "languages")},
        "price": activity.price,
        "capacity": activity.capacity,
        "sign_up": activity.sign_up,
        **{f"contact.{language}": said for language, said in activity.contact.items()},
        **{f"texts.{language}.title": said.title for language, said in activity.texts.items()},
        **{f"texts.{language}.about": said.about for language, said in activity.texts.items()},
    }


def _said(value: Any) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else value


def template_rows(language: str) -> list[Row]:
    """The headings, and nothing under them."""
    return [[column.names[language] for column in COLUMNS]]


def help_rows(language: str, allowed: Mapping[str, Sequence[str]]) -> list[Row]:
    """What to write in each column, and what may be written where only some words may."""
    spoken = language if language == "da" else "en"
    rows: list[Row] = [["Kolonne", "Skriv"] if language == "da" else ["Column", "Write"]]
    rows += [[column.names[language], _help(column, spoken, allowed)] for column in COLUMNS]
    return rows


def _help(column: Column, language: str, allowed: Mapping[str, Sequence[str]]) -> str:
    words = ", ".join(allowed.get(column.path, ()))
    return f"{column.help[language]} {words}".strip()
