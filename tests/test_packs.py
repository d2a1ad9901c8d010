"""A pack is read whole, or every fault is named with file, line, field and mend."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.model import Schedule
from bot.core.pack import Fault
from bot.packs import PackFaults, read_pack
from bot.topics import TopicFaults, read_topics

SMAABY = Path(__file__).parent / "data" / "smaaby"
TOPICS = read_topics()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound pack that a test may spoil."""
    return Path(shutil.copytree(SMAABY, tmp_path / "smaaby"))


def faults_of(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(PackFaults) as raised:
        read_pack(folder, TOPICS)
    return raised.value.faults


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, "the test names text that the pack no longer holds"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# -- a sound pack -----------------------------------------------------------------------------------------------------


def test_a_sound_pack_becomes_records(folder: Path) -> None:
    pack = read_pack(folder, TOPICS)

    assert pack.community.office_hours == {1: (time(10), time(15)), 4: (time(10), time(17))}
    assert pack.community.demo_starts == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert [(place.id, place.kind) for place in pack.places] == [("stor", "town"), ("lille", "village")]
    assert pack.places[0].names["ti"] == ("ስቶርቢ",)
    assert [organisation.level for organisation in pack.organisations] == ["none", "member"]
    food, walk = pack.activities
    assert (food.number, food.community, food.capacity, food.price, food.source) == (0, "smaaby", 8, 20, "da")
    assert food.contact["ti"] == "ጉጅለ ክሽነ"
    assert food.texts["da"].about == "Vi laver mad fra kl. 17.30 til 20.00 & spiser <sammen>."
    assert food.schedule == Schedule(
        first=date(2026, 9, 3),
        start=time(17, 30),
        end=time(20),
        repeats="weekly",
        until=date(2027, 6, 24),
        skips=frozenset({date(2026, 10, 15)}),
    )
    assert (walk.schedule.repeats, walk.schedule.nth, walk.capacity) == ("monthly", -1, None)
    assert pack.warnings == ()


def test_odd_and_even_weeks_are_written_as_two_words(folder: Path) -> None:
    spoil(folder, "activities.yaml", "repeats: weekly", "repeats: even weeks")

    assert read_pack(folder, TOPICS).activities[0].schedule.repeats == "even_weeks"


def test_the_digest_stays_when_only_comments_and_spaces_change(folder: Path) -> None:
    before = read_pack(folder, TOPICS).digest
    spoil(folder, "places.yaml", "- id: stor", "# the largest\n\n- id:    stor")

    assert read_pack(folder, TOPICS).digest == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("activities.yaml", 'start: "17:30"', 'start: "17:45"'),
        ("activities.yaml", "skips: [2026-10-15]", "skips: [2026-10-22]"),
        ("activities.yaml", "title: Madklub", "title: Madklubben"),
        ("places.yaml", "ስቶርቢ", "ስቶርቢይ"),
        ("community.yaml", "10:00-17:00", "10:00-16:00"),
    ],
)
def test_the_digest_changes_with_the_content(folder: Path, file: str, old: str, new: str) -> None:
    before = read_pack(folder, TOPICS).digest
    spoil(folder, file, old, new)

    assert read_pack(folder, TOPICS).digest != before


def test_activities_may_be_spread_over_the_files_of_a_folder(folder: Path) -> None:
    before = read_pack(folder, TOPICS)
    (folder / "activities").mkdir()
    food, walk = (folder / "activities.yaml").read_text(encoding="utf-8").split("- id: tur")
    (folder / "activities" / "a.yaml").write_text(food, encoding="utf-8")
    (folder / "activities" / "b.yaml").write_text("- id: tur" + walk, encoding="utf-8")
    (folder / "activities.yaml").unlink()

    assert read_pack(folder, TOPICS).digest == before.digest


def test_windows_line_ends_are_read_like_any_other(folder: Path) -> None:
    before = read_pack(folder, TOPICS).digest
    path = folder / "activities.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert read_pack(folder, TOPICS).digest == before


def test_letters_typed_in_two_parts_are_joined(folder: Path) -> None:
    spoil(folder, "community.yaml", "Småby", "Sma\u030aby")

    assert read_pack(folder, TOPICS).community.name == "Småby Kommune"


def test_a_text_missing_in_a_language_is_a_warning_and_no_fault(folder: Path) -> None:
    spoil(folder, "activities.yaml", "    ti: {title: ዙረት ሰንበት, about: ብሓባር ንኸይድ።, state: draft}\n", "")

    pack = read_pack(folder, TOPICS)

    assert [str(warning) for warning in pack.warnings] == [
        "activities.yaml:63 texts: has no ti. Add the text, as state: draft."
    ]


def test_a_spelling_of_two_places_is_a_warning(folder: Path) -> None:
    spoil(folder, "places.yaml", "ar: [ليلبي]", "ar: [ستوربي]")

    (warning,) = read_pack(folder, TOPICS).warnings

    assert (warning.file, warning.line, warning.field) == ("places.yaml", 18, "names")
    assert "also a spelling of stor" in warning.problem


def test_a_reviewed_translation_is_human(folder: Path) -> None:
    spoil(folder, "activities.yaml", "معًا.\n      state: draft", "معًا.\n      state: human\n      reviewer: A reader")

    assert read_pack(folder, TOPICS).activities[0].texts["ar"].state == "human"


# -- faults -----------------------------------------------------------------------------------------------------------

SPOILT = yaml.safe_load((SMAABY.parent / "spoilt.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("spoilt", SPOILT, ids=[each["name"] for each in SPOILT])
def test_a_fault_names_file_line_field_and_mend(folder: Path, spoilt: dict[str, Any]) -> None:
    file, line, field = spoilt["file"], spoilt["line"], spoilt["field"]
    spoil(folder, file, spoilt["old"], spoilt["new"])

    faults = faults_of(folder)
    named = [fault for fault in faults if (fault.file, fault.line, fault.field) == (file, line, field)]

    assert len(named) == 1, [str(fault) for fault in faults]
    assert spoilt["problem"] in named[0].problem
    assert spoilt["mend"] in named[0].mend
    assert str(named[0]) == f"{file}:{line} {field}: {named[0].problem} {named[0].mend}"


def test_the_fault_reads_as_one_line(folder: Path) -> None:
    spoil(folder, "places.yaml", "lat: 55.2366", "lat: 555.2")

    (fault,) = faults_of(folder)

    assert str(fault) == (
        "places.yaml:3 lat: 555.2 is not a latitude. Write degrees between 54 and 58, such as 55.2366."
    )


def test_all_faults_of_all_files_come_at_once_in_order(folder: Path) -> None:
    spoil(folder, "places.yaml", "lat: 55.2366", "lat: 555.2")
    spoil(folder, "places.yaml", "kind: village", "kind: hamlet")
    spoil(folder, "activities.yaml", "price: 20", "price: -3")
    spoil(folder, "community.yaml", "name: Småby Kommune\n", "")

    named = [(fault.file, fault.line, fault.field) for fault in faults_of(folder)]

    assert named == [
        ("activities.yaml", 13, "price"),
        ("community.yaml", 1, "name"),
        ("places.yaml", 3, "lat"),
        ("places.yaml", 17, "kind"),
    ]


@pytest.mark.parametrize("file", ["community.yaml", "places.yaml", "organisations.yaml", "activities.yaml"])
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "is missing"),
        (b"", "is empty"),
        (b"# only a comment\n", "is empty"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (b"just words\n", "is not a"),
        (b"a: \x00", "is not YAML"),
        (b"a: [1, 2\nb", "is not YAML"),
        (b"# " + b"x" * 2_000_001, "larger than 2 MB"),
    ],
)
def test_an_unreadable_file_is_a_fault(folder: Path, file: str, content: bytes | None, problem: str) -> None:
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content)

    named = [fault for fault in faults_of(folder) if fault.file == file]

    assert [fault.field for fault in named] == ["file"]
    assert problem in named[0].problem
    assert named[0].mend


def test_a_byte_order_mark_is_named_and_the_rest_is_still_read(folder: Path) -> None:
    path = folder / "places.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"lat: 55.2366", b"lat: 555.2"))

    named = [(fault.line, fault.field) for fault in faults_of(folder)]

    assert named == [(1, "file"), (3, "lat")]


def test_a_missing_folder_names_every_file_that_is_missing(tmp_path: Path) -> None:
    named = [fault.file for fault in faults_of(tmp_path / "nowhere")]

    assert named == ["activities.yaml", "community.yaml", "organisations.yaml", "places.yaml"]


def test_a_bomb_of_aliases_is_refused_at_its_first_line(folder: Path) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (folder / "places.yaml").write_text("\n".join(lines), encoding="utf-8")

    named = [(fault.line, fault.problem) for fault in faults_of(folder) if fault.file == "places.yaml"]

    assert named == [(1, "uses an alias or anchor (& or *).")]


def test_broken_topics_are_told_as_faults_of_the_pack(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise TopicFaults((Fault("topics.yaml", 5, "kind", "topc is not a kind.", "Did you mean topic?"),))

    monkeypatch.setattr("bot.packs.read_topics", broken)

    with pytest.raises(PackFaults, match=r"topics\.yaml:5 kind: topc is not a kind\."):
        read_pack(folder)


HOSTILE = [
    "\t",
    ":",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "&a",
    "*a",
    "!!x",
    "|",
    ">",
    "?",
    "#",
    "%",
    "'",
    '"',
    "\x00",
    "\u2028",
    "---\n",
]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    file=st.sampled_from(["community.yaml", "places.yaml", "organisations.yaml", "activities.yaml"]),
    start=st.floats(0, 1),
    length=st.integers(0, 40),
    noise=st.lists(st.sampled_from(HOSTILE) | st.text(max_size=3), max_size=4).map("".join),
)
def test_whatever_is_typed_into_a_file_is_read_or_a_fault(
    folder: Path, file: str, start: float, length: int, noise: str
) -> None:
    """Never a traceback: an operator sees lines that name the thing and the mend."""
    text = (SMAABY / file).read_text(encoding="utf-8")
    place = int(start * len(text))
    spoilt = text[:place] + noise + text[place + length :]
    (folder / file).write_bytes(spoilt.encode("utf-8", "surrogatepass"))

    try:
        faults: tuple[Fault, ...] = read_pack(folder, TOPICS).warnings
    except PackFaults as error:
        faults = error.faults
    finally:
        shutil.copy(SMAABY / file, folder / file)
    assert all(fault.line >= 1 and fault.field and fault.problem and fault.mend for fault in faults)
