"""Figures as files: letters of every script on the page, the same hidden figures in the sheet, and the command."""

from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.core.numbers import Counted, figures
from bot.core.periods import quarter
from bot.core.say import Text, Word, say
from bot.i18n import Catalogues
from bot.numbers.files import Speech, page, sheet
from bot.numbers.words import Row, Section
from bot.packs import PACKS
from bot.store import reports
from bot.store.database import Database
from bot.store.keys import read_keys
from bot.topics import read_topics
from tests.terminal import Operator

NAMES = {(each.kind, each.id): each.names for each in read_topics().concepts}
PERIOD = quarter(2026, 4)
SWIMMING: Text = say("{name}", name=Word("topic", "swimming"))
HIDDEN = Row(say("all"), say("of {total}: hidden", total=7), 0.0, None, 7)
SECTIONS = (
    Section("need/topic", say("Asked for and not found, by topic"), (Row(SWIMMING, say("{count}", count=9), 1.0, 9),)),
    Section("answered", say("Answered by a person within a day"), (HIDDEN,)),
    Section("days/meeting", say("From a request to the first meeting"), ()),
)


def speech(language: str) -> Speech:
    return Speech(language, Catalogues.shipped(), NAMES)  # type: ignore[arg-type] # a concept's kind is one of few words


@pytest.mark.parametrize(
    ("language", "font"), [("da", b"NotoSans"), ("ar", b"NotoSansArabic"), ("ti", b"NotoSansEthiopic")]
)
def test_the_page_carries_the_letters_of_its_language(language: str, font: bytes) -> None:
    assert font in page(speech(language), PERIOD, "Ringe", SECTIONS, (), "pdf")
    assert page(speech(language), PERIOD, "Ringe", SECTIONS, (), "png").startswith(b"\x89PNG")


def test_the_sheet_has_the_words_of_a_hidden_figure_and_no_number() -> None:
    book = load_workbook(io.BytesIO(sheet(speech("da"), PERIOD, SECTIONS)))
    rows = list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr] # there is one
    assert rows[1] == ("Efterspurgt og ikke fundet, efter emne", "svømning", 9, None, None, "9")
    assert rows[2] == ("Fik svar fra en person inden for et døgn", "alle", None, 7, None, "af 7: skjult")
    assert rows[3] == (
        "Fra en anmodning til det første møde",
        None,
        None,
        None,
        None,
        "For få personer til at vise det.",
    )


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Operator:
    return Operator(tmp_path_factory.mktemp("operator"), "http://127.0.0.1:9")


@pytest.mark.slow
def test_an_operator_writes_a_report_and_never_over_a_file(operator: Operator) -> None:
    operator.types("load", str(PACKS / "ikast-brande"))
    assert "There are no figures of 2026" in operator.is_told("report", "2026", "a.pdf")
    assert "a report is .pdf or .xlsx" in operator.is_told("report", "2026-Q4", "a.txt")
    asyncio.run(_keep(operator.folder))
    assert "There are: 2026-Q4." in operator.is_told("report", "2027", "a.pdf")
    for name, begins in (("a.pdf", b"%PDF-"), ("a.xlsx", b"PK")):
        assert operator.types("report", "2026-Q4", name).stdout == f"Written: {name}\n"
        assert (operator.folder / name).read_bytes().startswith(begins)
    assert "is there already" in operator.is_told("report", "2026-Q4", "a.pdf")


async def _keep(folder: Path) -> None:
    counted = Counted({"need/topic": {"swimming": 9, "film": 3}})
    database = Database(f"sqlite+aiosqlite:///{folder}/var/brobot.db", read_keys(folder / "var" / "brobot.key"))
    async with database.write() as tx:
        await reports.keep(tx, "ikast-brande", "2026-Q4", figures(counted), datetime(2027, 1, 8, tzinfo=UTC), counted)
        again = await reports.figures(tx, "ikast-brande", "2026-Q4")
        assert again == figures(counted)
        assert await reports.counted(tx, "ikast-brande", "2026-Q4") == counted
    await database.close()
