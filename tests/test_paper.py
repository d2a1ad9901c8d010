"""A poster is one page that a phone can read: its letters are there, its code opens the activity."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.paper import FONTS, Form, qr_rows, typeset

TEXTS = {"da": "Madklub på Fyn", "ar": "نادي الطبخ", "ti": "ክለብ ምኽሻን", "en": "Cooking"}


def poster(form: Form, title: str = "Madklub") -> bytes:
    texts = [
        {
            "language": each,
            "name": each,
            "rtl": each == "ar",
            "title": said,
            "about": said,
            "lines": [said, "17:30–20:00"],
        }
        for each, said in TEXTS.items()
    ]
    calls = [{"language": each, "rtl": each == "ar", "text": said} for each, said in TEXTS.items()]
    values = {
        "title": title,
        "size": 32,
        "rule": "Hver uge",
        "place": "Ringe",
        "texts": texts,
        "calls": calls,
        "link": "t.me/brobot",
        "organisation": "Fynsland",
        "qr": list(qr_rows("https://t.me/brobot?start=a_18")),
    }
    return typeset("poster", values, form)


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("svg", b"<svg"), ("png", b"\x89PNG")])
def test_it_comes_in_the_form_that_was_asked_for(form: Form, begins: bytes) -> None:
    assert poster(form).startswith(begins)


def test_a_pdf_is_one_page_and_carries_the_letters_of_every_script() -> None:
    page = poster("pdf")
    assert page.count(b"/Type /Page\n") + page.count(b"/Type/Page/") + page.count(b"/Type /Page/") <= 1
    assert all(name in page for name in (b"NotoSans", b"NotoSansArabic", b"NotoSansEthiopic"))


def test_what_somebody_wrote_is_never_read_as_markup() -> None:
    title = '#panic("x") $a$ *b* \\ "quoted" <c> @d'
    assert poster("pdf", title).startswith(b"%PDF-")


def test_a_code_is_a_square_with_its_three_eyes() -> None:
    rows = qr_rows("https://t.me/brobot?start=a_18")
    assert {len(row) for row in rows} == {len(rows)}
    assert rows[0][:7] == rows[0][-7:] == rows[-1][:7] == "1111111"


def test_the_fonts_are_shipped_with_their_licence() -> None:
    assert len(list(FONTS.glob("*.ttf"))) == 6
    assert "SIL OPEN FONT LICENSE" in Path(FONTS / "OFL.txt").read_text("utf-8")
