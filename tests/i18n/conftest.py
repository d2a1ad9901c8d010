"""Catalogues for these tests: the project's own header and dates, with a few sentences beside them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.i18n import Catalogues, Names

ROOT = Path(__file__).parents[2]

NAMES: Names = {
    ("language", "ar"): {"en": "Arabic", "ar": "العربية", "da": "arabisk", "ti": "ዓረብ"},
    ("language", "da"): {"en": "Danish", "ar": "الدنماركية", "da": "dansk", "ti": "ዳኒሽ"},
    ("topic", "chess"): {"en": "chess"},
}

SENTENCES = """
msgid "Say {value}"
msgstr "{say} {value}"

msgid "<b>{value}</b>"
msgstr "<b>{value}</b>"

msgid "{value} is near {place}."
msgstr "{value} {near} {place}."

msgctxt "button"
msgid "✅ {value}"
msgstr "✅ {value}"

#, fuzzy
msgid "Half done"
msgstr "Nearly"
"""
WORDS = {"ar": ("قل", "بالقرب من"), "ti": ("በሉ", "ኣብ ጥቓ"), "da": ("Sig", "ligger ved")}


@pytest.fixture(scope="session")
def standing_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's catalogues with these tests' sentences in three of the languages; nobody changes it."""
    copy = tmp_path_factory.mktemp("i18n") / "locales"
    shutil.copytree(ROOT / "locales", copy)
    for language, (verb, near) in WORDS.items():
        path = copy / language / "LC_MESSAGES" / "bot.po"
        added = SENTENCES.replace("{say}", verb).replace("{near}", near)
        path.write_text(_without(path.read_text("utf-8"), "#~") + added, "utf-8")
    return copy


def _without(text: str, start: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith(start)) + "\n"


@pytest.fixture
def folder(standing_folder: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(standing_folder, tmp_path / "locales"))


@pytest.fixture(scope="session")
def catalogues(standing_folder: Path) -> Catalogues:
    """Those catalogues, loaded."""
    return Catalogues.load(standing_folder)
