"""A sheet's file as rows of texts: CSV as Excel, LibreOffice and others write it, and XLSX; bounded in every way."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

LARGEST = 5_000_000
UNPACKED_LARGEST = 100_000_000
MOST_ROWS = 2_000
MOST_COLUMNS = 200
CELL_LONGEST = 2_000


class NotASheet(Exception):
    """The whole file cannot be read; the text says what is wrong and the mend."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name (empty for CSV) and the texts of its rows; the first row is number 1."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Every sheet of a file. Raises NotASheet, OSError."""
    content = path.read_bytes()
    if len(content) > LARGEST:
        raise NotASheet(f"{path.name} is larger than {LARGEST // 1_000_000} MB. Save only the activities.")
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        return _of_xlsx(content, path.name)
    return (Sheet("", _bounded(_of_csv(content, path.name), path.name)),)


def _of_csv(content: bytes, name: str) -> Iterator[list[str]]:
    text = _decoded(content, name)
    first = text.partition("\n")[0]
    delimiter = max((";", "\t", ","), key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise NotASheet(f"{name} is not a CSV file: {error}. Save it as “CSV UTF-8”.") from None


def _decoded(content: bytes, name: str) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, or else what Excel in Denmark saves as “CSV”."""
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    for each in (encoding, "cp1252"):
        try:
            return content.decode(each)
        except UnicodeDecodeError:
            continue
    raise NotASheet(f"{name} is not a text file. Save it as “CSV UTF-8”, or as XLSX.")


def _of_xlsx(content: bytes, name: str) -> tuple[Sheet, ...]:
    from openpyxl import load_workbook  # noqa: PLC0415 # 0.2 s that only a sheet needs

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > UNPACKED_LARGEST:
                raise NotASheet(f"{name} becomes larger than {UNPACKED_LARGEST // 1_000_000} MB when it is unpacked.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return tuple(
            Sheet(sheet.title, _bounded((_texts(row) for row in sheet.iter_rows(values_only=True)), name))
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        )
    except NotASheet:
        raise
    except Exception as error:  # noqa: BLE001 # a broken book can break openpyxl in any way
        raise NotASheet(
            f"{name} is not an XLSX file that can be read: {str(error)[:80]}. Save it anew as XLSX."
        ) from None


def _texts(row: Iterable[Any]) -> list[str]:
    return [_text(value) for value in row]


def _text(value: Any) -> str:
    """A cell as a person would type it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%dT%H:%M}"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _bounded(rows: Iterable[list[str]], name: str) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = []
    empty = 0
    for row in rows:
        cells = tuple(each.strip() for each in row[:MOST_COLUMNS])
        empty = 0 if any(cells) else empty + 1
        if empty > MOST_ROWS:
            break  # a sheet that is formatted to its end
        found.append(cells)
        if len(found) - empty > MOST_ROWS:
            raise NotASheet(f"{name} has more than {MOST_ROWS:,} rows. Split it in several.")
        if any(len(each) > CELL_LONGEST for each in cells):
            raise NotASheet(f"{name}, row {len(found)}: a cell has more than {CELL_LONGEST:,} characters.")
    return tuple(found[: len(found) - empty])
