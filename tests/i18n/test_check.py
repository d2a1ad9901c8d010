"""What the check of the catalogues finds, in a small project of its own and in this one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.i18n.check import check_catalogues
from bot.i18n.extract import update_catalogues
from bot.i18n.widths import label_width
from tests.i18n.conftest import ROOT

CODE = '''"""A file that says things."""
from bot.core.say import label, say, say_many

# NOTE: {town} is a town, as Ringe.
A = say("Hello <b>{town}</b>", town="Ringe")
B = say_many("{n} seat in {town}", "{n} seats in {town}", 3, town="Ringe")
C = label("🔎 Search")
'''
HEADERS = {
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
        "rtl",
    ),
    "ti": ("nplurals=2; plural=(n > 1);", "ltr"),
    "en": ("nplurals=2; plural=(n != 1);", "ltr"),
}
GOOD = {
    ("ar", "Hello"): "أهلًا بكم في <b>{town}</b>",
    ("ti", "Hello"): "ሰላም <b>{town}</b>",
    ("ar", "Search"): "🔎 بحث",
    ("ti", "Search"): "🔎 ምድላይ",
}
SEATS = {
    "ar": [
        "لا مقاعد في {town}",
        "مقعد في {town}",
        "مقعدان في {town}",
        *["{n} مقاعد في {town}"] * 2,
        "{n} مقعد في {town}",
    ],
    "ti": ["{n} መንበር ኣብ {town}", "{n} መናብር ኣብ {town}"],
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose catalogues are whole."""
    (tmp_path / "babel.cfg").write_text((ROOT / "babel.cfg").read_text("utf-8"), "utf-8")
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "hello.py").write_text(CODE, "utf-8")
    for language, (plural, direction) in HEADERS.items():
        fields = f"Language: {language}|Content-Type: text/plain; charset=UTF-8|Plural-Forms: {plural}"
        fields += f"|X-Endonym: {language}|X-Direction: {direction}|X-Reviewed-By: Somebody"
        path = po(tmp_path, language)
        path.parent.mkdir(parents=True)
        header = "".join(f'"{one}\\n"\n' for one in fields.split("|"))
        path.write_text(f'msgid ""\nmsgstr ""\n{header}', "utf-8")
    update_catalogues(tmp_path)
    for language in ("ar", "ti"):
        fill(tmp_path, language)
    return tmp_path


def po(project: Path, language: str) -> Path:
    return project / "locales" / language / "LC_MESSAGES" / "bot.po"


def fill(project: Path, language: str) -> None:
    text = po(project, language).read_text("utf-8")
    for (of, word), said in GOOD.items():
        if of == language:
            start = text.index("msgstr", text.index(f"{word}", text.index("hello.py")))
            text = text[:start] + f'msgstr "{said}"' + text[start + len('msgstr ""') :]
    for form, said in enumerate(SEATS[language]):
        text = text.replace(f'msgstr[{form}] ""', f'msgstr[{form}] "{said}"')
    po(project, language).write_text(text, "utf-8")


def language_of(file: str) -> str:
    return file.split("/")[1] if file.startswith("locales/") else file


def told(project: Path) -> list[tuple[str, str, str]]:
    return [(language_of(one.file), one.kind, one.weight) for one in check_catalogues(project / "locales")]


def test_whole_catalogues_have_no_fault(project: Path) -> None:
    assert check_catalogues(project / "locales") == []
    assert update_catalogues(project) == []


@pytest.mark.parametrize(
    ("language", "old", "new", "kind"),
    [
        ("ar", "n%100>=11 ? 4 : 5", "n%100>=11 ? 5 : 4", "plural rule"),
        ("ti", "plural=(n > 1)", "plural=(n != 1)", "plural rule"),
        ("ar", "X-Reviewed-By: Somebody", "X-Reviewed-By: ", "draft"),
        ("ar", "في <b>{town}</b>", "في <b></b>", "placeholder"),
        ("ar", "في <b>{town}</b>", "في <b>{twon}</b>", "unsound"),
        ("ar", "في <b>{town}</b>", "في <b>{town}", "unsound"),
        ("ar", "🔎 بحث", "<b>بحث</b>", "unsound"),
        ("ar", "{n} مقعد في", "مقعد في", "placeholder"),
        ("ti", "{n} መንበር", "መንበር", "placeholder"),
        ("ti", "{n} መናብር", "{n} መንበር", "plural"),
        ("ar", '"مقعدان في {town}"', '""', "plural"),
        ("ti", "ሰላም", "መልእኽትኻ። ሰላም", "address"),
        ("ti", "ሰላም", "ምረጽ ሰላም", "address"),
        ("ar", "أهلًا", "واختر", "address"),
        ("ar", "أهلًا", "اِضغط", "address"),
        ("ar", "أهلًا", "أهلًا ٣", "digits"),
        ("ti", "ሰላም", "ሰላም ፫", "digits"),
        ("ar", "أهلًا", "\u200fأهلًا", "control"),
        ("ti", "🔎 ምድላይ", "🔎 ምድላይ ንጥፈታት ኣብ ጥቓ", "width"),
        ("ar", "#: bot/hello.py\n#, python-brace-format", "#: bot/hello.py\n#, fuzzy, python-brace-format", "fuzzy"),
        ("ar", '"🔎 بحث"', '""', "missing"),
    ],
)
def test_each_fault_is_found_where_it_is(language: str, old: str, new: str, kind: str, project: Path) -> None:
    path = po(project, language)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    weight = "warning" if kind == "draft" or (kind == "plural" and language == "ti") else "fault"
    assert (language, kind, weight) in told(project)
    assert {one[1] for one in told(project)} <= {kind, "stale"}


def test_the_number_may_be_left_out_where_a_form_has_only_one(project: Path) -> None:
    assert "مقعد في {town}" in po(project, "ar").read_text("utf-8")
    assert told(project) == []


def test_a_fault_says_its_file_line_and_mend(project: Path) -> None:
    path = po(project, "ar")
    path.write_text(path.read_text("utf-8").replace("في <b>{town}</b>", "<b></b>"), "utf-8")
    line = 1 + path.read_text("utf-8").splitlines().index('msgid "Hello <b>{town}</b>"')
    found = [one for one in check_catalogues(project / "locales") if one.kind == "placeholder"]
    assert [str(one) for one in found] == [
        f"locales/ar/LC_MESSAGES/bot.po:{line} fault: “Hello <b>{{town}}</b>” has lost the value {{town}}. "
        "Put {town} where the value belongs."
    ]


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ('say("Hi " + name)', "given something else than a text"),
        ('say("Hi {name}")', "said without its value {name}"),
        ('say("Hi", name="x")', "no place for the value name"),
        ('say("Hi <b>{name}", name="x")', "never closed"),
        ('label("<b>Hi</b>")', "A button shows <b> as letters"),
        ('say_many("{n} seat", "{n} {what}", 2)', "without its value {what}"),
    ],
)
def test_a_call_that_no_catalogue_can_follow_is_found(call: str, problem: str, project: Path) -> None:
    path = project / "bot" / "hello.py"
    path.write_text(CODE + f"D = {call}\n", "utf-8")
    update_catalogues(project)
    found = [one for one in check_catalogues(project / "locales") if one.kind == "call"]
    assert [(one.file, one.line) for one in found] == [("bot/hello.py", CODE.count("\n") + 1)]
    assert problem in found[0].problem


def test_a_new_sentence_makes_the_catalogues_stale_until_they_are_updated(project: Path) -> None:
    (project / "bot" / "hello.py").write_text(CODE + 'D = say("New")\n', "utf-8")
    assert {(file, kind) for file, kind, _ in told(project)} == {("bot.pot", "stale"), ("ar", "stale"), ("ti", "stale")}
    changed = [path.name for path in update_catalogues(project)]
    assert changed == ["bot.pot", "bot.po", "bot.po"]
    assert told(project) == [("ar", "missing", "fault"), ("ti", "missing", "fault")]


def test_a_sentence_that_goes_and_comes_back_keeps_its_words_and_the_header_its_fields(project: Path) -> None:
    before = po(project, "ar").read_text("utf-8")
    (project / "bot" / "hello.py").write_text(CODE.replace('C = label("🔎 Search")\n', ""), "utf-8")
    update_catalogues(project)
    without = po(project, "ar").read_text("utf-8")
    assert '#~ msgstr "🔎 بحث"' in without
    assert "X-Reviewed-By: Somebody" in without
    (project / "bot" / "hello.py").write_text(CODE, "utf-8")
    update_catalogues(project)
    assert po(project, "ar").read_text("utf-8") == before


def test_a_broken_file_is_a_fault_and_not_a_crash(project: Path) -> None:
    po(project, "ti").write_text("msgid nothing", "utf-8")
    assert ("ti", "header", "fault") in told(project)


def test_translators_see_the_notes_and_no_line_numbers(project: Path) -> None:
    template = (project / "locales" / "bot.pot").read_text("utf-8")
    assert "#. NOTE: {town} is a town, as Ringe.\n#: bot/hello.py\n" in template
    assert 'msgctxt "button"\nmsgid "🔎 Search"' in template
    assert "Date" not in template


def test_what_is_said_inside_a_method_of_the_same_name_is_found_and_the_method_is_not(project: Path) -> None:
    code = "# NOTE: Above two buttons.\n"
    code += 'here.say([say("Above"), label("🔎 One"), label("🔎 Two")], rows.label("times"))\n'
    (project / "bot" / "hello.py").write_text(code, "utf-8")
    update_catalogues(project)
    template = (project / "locales" / "bot.pot").read_text("utf-8")
    note = "#. NOTE: Above two buttons.\n#: bot/hello.py\n"
    assert template.count(note) == 3
    assert f'{note}msgid "Above"' in template
    assert f'{note}msgctxt "button"\nmsgid "🔎 Two"' in template
    assert "times" not in template


def test_nothing_translated_in_this_project_is_unsound() -> None:
    later = {"missing", "stale"}  # told by `python -m bot check`, which wants them whole
    found = [str(one) for one in check_catalogues(ROOT / "locales") if one.weight == "fault" and one.kind not in later]
    assert found == []


@pytest.mark.parametrize(
    ("text", "pixels"),
    [("Sign up for the clas", 135), ("ምድላይ ንጥፈታት ኣብ ጥቓ", 149), ("التحدث مع شخص آخر", 133), ("بيت", 26), ("✅", 19)],
)
def test_labels_are_measured_as_noto_draws_them(text: str, pixels: int) -> None:
    assert round(label_width(text)) == pixels
