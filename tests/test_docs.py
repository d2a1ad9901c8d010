"""The documentation, held to the code: tables, settings, commands, names, links and pictures are what they are."""

from __future__ import annotations

import importlib
import importlib.metadata
import inspect
import re
import struct
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Table
from typer.main import get_command

from bot.__main__ import app
from bot.core import model
from bot.i18n import Catalogues
from bot.settings import Settings
from bot.store.tables import metadata
from bot.store.types import Encrypted

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
PACKAGES = ("core", "core/network", "network", "store", "telegram")
MAPPED = ("bot", *(f"bot/{name}" for name in PACKAGES), "handlers", "handlers/network")
MOST_PIXELS = (1600, 1000)
MOST_BYTES = 300_000
MOST_LINES_OF_A_DECISION = 30
ONE_SCREEN = 75

relative = [page.relative_to(ROOT).as_posix() for page in PAGES]


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def rows(name: str) -> dict[str, list[str]]:
    """The table rows of a page whose first cell is code: that code → the other cells."""
    found = {}
    for line in read(name).splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        if line.startswith("| `"):
            found[cells[0].strip("`")] = cells[1:]
    return found


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_the_privacy_page_says_of_each_table_what_the_table_says(table: Table) -> None:
    told = rows("docs/privacy.md").get(table.name)
    sealed = ", ".join(f"`{each.name}`" for each in table.columns if isinstance(each.type, Encrypted))
    assert told == [table.info["keeps"], table.info["why"], table.info["until"], sealed or "–"]


def test_the_privacy_page_names_no_table_that_is_gone() -> None:
    assert set(rows("docs/privacy.md")) - set(metadata.tables) == set()


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_every_table_is_in_the_glossary(name: str) -> None:
    assert f"`{name}`" in read("docs/glossary.md")


def test_every_record_of_the_model_is_in_the_glossary() -> None:
    records = [name for name, each in inspect.getmembers(model, inspect.isclass) if each.__module__ == model.__name__]
    glossary = read("docs/glossary.md")
    assert len(records) > 10
    assert [name for name in records if f"`{name}`" not in glossary] == []


def test_every_setting_is_in_the_table_of_running_with_its_default() -> None:
    told = {name: cells[0].strip("`") for name, cells in rows("docs/running.md").items() if name.startswith("BROBOT_")}
    assert told == {f"BROBOT_{name.upper()}": shown(field.default) for name, field in Settings.model_fields.items()}


def shown(default: object) -> str:
    """A default as the page writes it; a number as one would type it."""
    if default is None or default == "" or (isinstance(default, SecretStr) and not default.get_secret_value()):
        return "–"
    return f"{default:g}" if isinstance(default, float) else str(default)


@pytest.mark.parametrize("name", relative)
def test_every_link_leads_somewhere(name: str) -> None:
    page = ROOT / name
    links = re.findall(r"\]\(([^)#]+)(?:#[\w-]*)?\)", page.read_text("utf-8"))
    here = [link for link in links if "://" not in link]
    assert [link for link in here if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("name", relative)
def test_every_command_that_is_printed_exists(name: str) -> None:
    """`python3 start.py bot check` and `python -m bot check` in blocks and in lines: the command and its options."""
    known = commands()
    command_line = r"(?:start\.py bot|python -m bot) ([a-z]+(?: [a-z]+)?)((?: --[\w-]+(?: [^\s`-]\S*)?)*)"
    asked = re.findall(command_line, read(name))
    wrong = []
    for words, options in asked:
        command = next((each for each in (words, words.split()[0]) if each in known), None)
        if command is None or set(re.findall(r"--[\w-]+", options)) - known[command]:
            wrong.append(f"{words}{options}")
    assert wrong == []


def commands() -> dict[str, set[str]]:
    """Every command of the command line and its options."""
    found = {}
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined] # it is a group of commands
        below = {f"{name} {each}": one for each, one in getattr(command, "commands", {}).items()} or {name: command}
        for full, one in below.items():
            found[full] = {option for parameter in one.params for option in parameter.opts if option.startswith("--")}
    return found


@pytest.mark.parametrize("name", relative)
def test_every_name_of_the_code_is_real(name: str) -> None:
    """`bot.signups.join` in a page is a module, or something in one."""
    named = set(re.findall(r"`((?:bot|handlers)(?:\.\w+)+)`", read(name))) - {"bot.po", "bot.pot", "bot.mo"}
    assert sorted(each for each in named if not is_real(each)) == []


def is_real(name: str) -> bool:
    parts = name.split(".")
    for at in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:at]))
        except ModuleNotFoundError:
            continue
        return all((found := getattr(found, part, None)) is not None for part in parts[at:])
    return False


@pytest.mark.parametrize("name", relative)
def test_every_file_that_is_named_exists(name: str) -> None:
    named = set(re.findall(r"`((?:bot|handlers|tests|data|locales|benchmarks|docs)/[\w./-]+)`", read(name)))
    assert sorted(each for each in named if not (ROOT / each).exists()) == []


@pytest.mark.parametrize("page", sorted((DOCS / "seeds").glob("*.md")), ids=lambda path: path.stem)
def test_the_page_of_a_seed_names_the_stories_that_walk_it(page: Path) -> None:
    """As `tests/flows/test_plans.py::test_…`: the file, and the story in it."""
    named = re.findall(r"`(tests/flows/[\w/]+\.py)::(\w+)`", page.read_text("utf-8"))
    assert named
    missing = [f"{file}::{story}" for file, story in named if f"def {story}(" not in read(file)]
    assert missing == []


def test_the_map_of_files_has_them_all() -> None:
    page = read("docs/architecture.md")
    files = [path for folder in MAPPED for path in sorted((ROOT / folder).glob("*.py")) if path.name != "__init__.py"]
    folders = [path for path in sorted((ROOT / "bot").iterdir()) if (path / "__init__.py").exists()]
    there = [f"{path.relative_to(ROOT).as_posix()}" for path in files]
    there += [f"{path.relative_to(ROOT).as_posix()}/" for path in folders]
    assert [name for name in there if name not in page] == []


def test_readme_fits_one_screen_and_shows_the_phones() -> None:
    text = read("README.md")
    assert len(text.splitlines()) <= ONE_SCREEN
    assert "docs/screenshots/three-phones.png" in text
    assert [command for command in ("python3 start.py\n", "python3 start.py test\n") if command not in text] == []


@pytest.mark.parametrize("picture", sorted((DOCS / "screenshots").glob("*")), ids=lambda path: path.name)
def test_pictures_are_small_pngs(picture: Path) -> None:
    content = picture.read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(content) < MOST_BYTES
    width, height = struct.unpack(">II", content[16:24])
    assert (width <= MOST_PIXELS[0], height <= MOST_PIXELS[1]) == (True, True)


@pytest.mark.parametrize("page", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_one_short_page(page: Path) -> None:
    text = page.read_text("utf-8")
    number = page.name[:4]
    assert re.search(rf"^# {number} \S", text)
    assert re.search(r"^Status: (accepted|superseded by \d{4}) · \d{4}-\d\d-\d\d$", text, re.MULTILINE)
    assert re.findall(r"^## (\w+)", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert len(text.splitlines()) <= MOST_LINES_OF_A_DECISION


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [page.name[:4] for page in DECISIONS] == [f"{number:04d}" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("page", [page for page in PAGES if page.parent != ROOT], ids=lambda path: path.name)
def test_the_list_of_pages_leads_to_each(page: Path) -> None:
    name = page.relative_to(DOCS).as_posix()
    assert name == "README.md" or f"({name})" in read("docs/README.md")


def test_the_change_log_begins_with_what_is_not_released() -> None:
    assert re.findall(r"^## (.+)$", read("CHANGELOG.md"), re.MULTILINE)[0] == "[Unreleased]"


def test_the_coordinators_page_names_buttons_as_the_danish_bot_does() -> None:
    danish = {text for forms in Catalogues.load(ROOT / "locales").of("da").sentences.values() for text in forms}
    named = re.findall(r"\[\*\*(.+?)\*\*\]", read("docs/koordinator.md"))
    assert len(named) > 8
    assert [label for label in named if label not in danish] == []


def test_no_library_is_under_the_gpl_and_every_weaker_copyleft_is_named() -> None:
    copyleft = {name: licence for name, licence in licences().items() if re.search(r"GPL|MPL|EPL|CDDL", licence)}
    page = read("THIRD-PARTY.md")
    assert [name for name, licence in copyleft.items() if re.search(r"(?<!L)GPL", licence)] == []
    assert [name for name in copyleft if name not in page] == []


WHOLE_TEXT = {"scipy"}
"""Libraries that name their licence in the first line and then quote those of what their wheels carry: SciPy's (BSD)
quotes GCC's runtime library, whose exception sets no terms for programs that use it (THIRD-PARTY.md)."""


def licences() -> dict[str, str]:
    """The licence of every locked library that is installed here, as it says it itself."""
    found = {}
    for name in re.findall(r"^([\w.-]+)==", read("requirements.txt"), re.MULTILINE):
        try:
            told = importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:  # made for another system
            continue
        fields = ("License-Expression", "License", "Classifier")
        said = [
            line.partition("\n")[0] if name in WHOLE_TEXT else line
            for field in fields
            for line in told.get_all(field, [])
            if field != "Classifier" or "License" in line
        ]
        found[name] = " ".join(said[:4])
    return found
