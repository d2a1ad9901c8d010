"""The page's files: scripts that say what they own and take no data as markup, and fonts with their licence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.demo.page.conftest import PAGE

FONT_LIMIT = 600_000  # bytes, all fonts together


@pytest.mark.parametrize("script", sorted(PAGE.glob("*.js")), ids=lambda path: path.name)
def test_a_script_opens_with_what_it_owns_and_puts_no_data_into_markup(script: Path) -> None:
    text = script.read_text("utf-8")
    assert text.startswith("// Owns ")
    assert [word for word in ("innerHTML", "insertAdjacentHTML", "document.write", "eval(") if word in text] == []


def test_the_fonts_are_small_and_bring_their_licence() -> None:
    fonts = PAGE / "fonts"
    assert sum(path.stat().st_size for path in fonts.iterdir()) < FONT_LIMIT
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts / "OFL.txt").read_text("utf-8")
