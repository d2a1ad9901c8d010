"""The packs we ship: what the stories and the demo count on, and what protects the people in them."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.core.model import Activity
from bot.core.pack import Pack, km_between, wrong_privacy
from bot.core.schedule import next_occurrence, occurrences
from bot.packs import PACKS, read_pack
from bot.topics import read_topics

SHIPPED = ("faaborg-midtfyn", "ikast-brande")
TOPICS = read_topics()


@pytest.fixture(scope="module", params=SHIPPED)
def shipped(request: pytest.FixtureRequest) -> Pack:
    return read_pack(PACKS / request.param, TOPICS)


def test_a_shipped_pack_has_neither_faults_nor_warnings(shipped: Pack) -> None:
    assert shipped.warnings == ()
    assert len(shipped.digest) == 64


def test_every_activity_is_held_after_the_demo_starts(shipped: Pack) -> None:
    starts = shipped.community.demo_starts
    never = [each.id for each in shipped.activities if next_occurrence(1, each.schedule, {}, starts) is None]

    assert never == []


def test_every_activity_is_an_example_held_by_an_invented_organisation(shipped: Pack) -> None:
    names = {organisation.id: organisation.name for organisation in shipped.organisations}
    real = [
        each.id
        for each in shipped.activities
        if not each.example or not names[each.organisation].startswith("Eksempel")
    ]

    assert real == []


def test_every_text_stands_in_four_languages_and_only_danish_is_not_a_draft(shipped: Pack) -> None:
    for each in shipped.activities:
        assert set(each.texts) == set(each.contact) == {"ar", "ti", "da", "en"}, each.id
        assert {language for language, text in each.texts.items() if text.state == "human"} == {"da"}, each.id


def test_a_title_keeps_the_danish_word_people_meet_on_signs(shipped: Pack) -> None:
    """In Arabic and Tigrinya: after a middle dot, so that it can be shown to a driver or at the door."""
    without = [
        (each.id, language)
        for each in shipped.activities
        for language in ("ar", "ti")
        if " · " not in each.texts[language].title
    ]

    assert without == []


def test_no_text_of_a_pack_holds_anybodys_number(shipped: Pack) -> None:
    said = [
        text
        for each in shipped.activities
        for version in each.texts.values()
        for text in (version.title, version.about)
    ]
    said += [
        text for each in shipped.activities for text in (each.venue.name, each.venue.address, *each.contact.values())
    ]
    said += [organisation.name for organisation in shipped.organisations]

    assert [text for text in said if wrong_privacy(text)] == []


def test_nobody_is_told_to_do_something_as_a_man(shipped: Pack) -> None:
    """Arabic masculine imperatives and the Tigrinya masculine singular you (docs/packs.md)."""
    forbidden = {"ar": ("اختر", "اضغط", "أدخل", "تعال", "أحضر", "سجل "), "ti": ("ኻ።", "ካ።", "ኪ።", "ኺ።")}
    found = [
        (each.id, language, word)
        for each in shipped.activities
        for language, words in forbidden.items()
        for word in words
        if word in each.texts[language].title or word in each.texts[language].about
    ]

    assert found == []


def test_every_place_has_a_spelling_in_arabic_and_tigrinya(shipped: Pack) -> None:
    without = [place.id for place in shipped.places if not place.names["ar"] or not place.names["ti"]]

    assert without == []


@pytest.fixture(scope="module")
def home() -> Pack:
    return read_pack(PACKS / "faaborg-midtfyn", TOPICS)


def by_id(pack: Pack, activity_id: str) -> Activity:
    return next(activity for activity in pack.activities if activity.id == activity_id)


def test_every_topic_and_audience_has_an_activity(home: Pack) -> None:
    assert {topic for each in home.activities for topic in each.topics} == set(TOPICS.ids("topic"))
    assert {who for each in home.activities for who in each.audience} == set(TOPICS.ids("audience"))
    assert len(home.activities) >= 44
    assert len({each.place for each in home.activities}) >= 15


def test_the_network_has_its_eleven_members_and_three_at_orientation_level(home: Pack) -> None:
    levels = [organisation.level for organisation in home.organisations]

    assert (levels.count("member"), levels.count("orientation")) == (11, 3)


def test_the_examples_show_every_kind_of_series(home: Pack) -> None:
    schedules = [each.schedule for each in home.activities if not each.programme]

    assert {each.repeats for each in schedules} == {"once", "weekly", "odd_weeks", "even_weeks", "monthly"}
    assert {each.first.weekday() for each in schedules} == set(range(7))
    assert {each.sign_up for each in home.activities} == {"each", "course", "none"}
    assert min(each.capacity for each in home.activities if each.capacity) == 2
    assert sum(each.repeats == "once" and each.first.month == 12 for each in schedules) >= 4


def test_the_cooking_club_of_the_story_is_on_thursdays_with_eight_seats(home: Pack) -> None:
    club = by_id(home, "madklub-ringe")
    starts = home.community.demo_starts
    held = [each.day for each in occurrences(1, club.schedule, {}, starts, starts + timedelta(days=50))]

    assert (club.capacity, club.place, club.topics) == (8, "ringe", ("cooking", "eating_together"))
    assert held == [
        date(2026, 11, 26),
        date(2026, 12, 3),
        date(2026, 12, 10),
        date(2026, 12, 17),
        date(2027, 1, 7),
    ]


def test_children_play_football_in_ringe_on_saturday_but_not_at_christmas(home: Pack) -> None:
    football = by_id(home, "boernefodbold-ringe")
    starts = home.community.demo_starts
    held = {each.day for each in occurrences(1, football.schedule, {}, starts, starts + timedelta(days=45))}

    assert date(2026, 11, 28) in held
    assert date(2026, 12, 26) not in held
    assert {day.weekday() for day in held} == {5}


# Kilometres that maps, the railway and encyclopaedias give for neighbours; the crow flies at most a quarter less, and a
# station may lie outside its village.
KNOWN_KM = [
    ("faaborg", "ringe", 22),
    ("faaborg", "korinth", 8),
    ("faaborg", "vester-aaby", 10),
    ("korinth", "vester-aaby", 9),
    ("faaborg", "noerre-broby", 18),
    ("faaborg", "horne", 5),
    ("faaborg", "boejden", 11),
    ("faaborg", "svanninge", 3),
    ("faaborg", "bjoernoe", 3.5),
    ("faaborg", "avernakoe", 7),
    ("ringe", "espe", 7),
    ("ringe", "korinth", 16),
    ("ringe", "kvaerndrup", 8),
    ("ringe", "ryslinge", 4),
    ("ringe", "gislev", 9),
    ("ringe", "aarslev", 8),
    ("ringe", "allested-vejle", 12),
    ("ringe", "rudme", 4.7),
    ("rudme", "kvaerndrup", 3.1),
    ("haagerup", "korinth", 3.3),
    ("korinth", "pejrup", 5.7),
    ("noerre-soeby", "allested-vejle", 3),
    ("noerre-broby", "brobyvaerk", 2.6),
    ("faaborg", "millinge", 4.8),
    ("aarslev", "ferritslev", 8),
]


@pytest.mark.parametrize(("start", "end", "km"), KNOWN_KM)
def test_neighbours_lie_as_far_apart_as_they_are_known_to(home: Pack, start: str, end: str, km: float) -> None:
    points = {place.id: (place.lat, place.lon) for place in home.places}

    assert km_between(points[start], points[end]) == pytest.approx(km, rel=0.25)


def test_the_example_of_the_handbook_is_a_sound_entry(tmp_path: Path) -> None:
    handbook = (PACKS.parent.parent / "docs" / "packs.md").read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(.*?)```", handbook, re.DOTALL)
    assert example is not None
    folder = Path(shutil.copytree(PACKS / "faaborg-midtfyn", tmp_path / "faaborg-midtfyn"))
    shutil.rmtree(folder / "activities")
    (folder / "activities.yaml").write_text(example[1], encoding="utf-8")

    pack = read_pack(folder, TOPICS)

    assert [activity.id for activity in pack.activities if not activity.programme] == ["madklub-ringe"]
    assert [warning.problem for warning in pack.warnings] == ["has no ti, en."]
