"""Associations: which are ready, what is known of them, and in which order they are shown."""

from __future__ import annotations

from datetime import date, time

from bot.core.associations import about, in_town, nearest_first, ready, topics_of, towns_of
from bot.core.model import Activity, ActivityText, Organisation, Place, Schedule, Venue

ROLE = {"da": "Træneren", "en": "The trainer"}
PLACES = {
    "ringe": Place("ringe", "Ringe", 55.24, 10.48),
    "faaborg": Place("faaborg", "Faaborg", 55.10, 10.24),
}


def activity(organisation: str, place: str, *topics: str, state: str = "on") -> Activity:
    return Activity(
        number=1,
        id="a",
        community="town",
        organisation=organisation,
        place=place,
        venue=Venue("Hallen", "Vej 1", 55.24, 10.48),
        schedule=Schedule(date(2026, 11, 26), time(17), time(18)),
        texts={"da": ActivityText("Titel", "Om", "human")},
        source="da",
        topics=topics,
        contact=ROLE,
        state=state,  # type: ignore[arg-type] # one of "on", "paused", "cancelled"
    )


CLUB = Organisation("club", "Boldklub", "sports club", contact={"da": "Formanden"})
CHOIR = Organisation("choir", "Kor", "choir", contact=ROLE, place="faaborg", topics=("singing",))
COUNCIL = Organisation("council", "Lokalråd", "local council")
HELD = (
    activity("club", "ringe", "football", "social"),
    activity("club", "ringe", "football"),
    activity("club", "faaborg", "swimming", state="paused"),
    activity("council", "ringe", "social"),
)


def test_ready_is_who_has_a_contact_or_answers_here() -> None:
    assert [each.id for each in ready((CLUB, CHOIR, COUNCIL), HELD, ())] == ["club", "choir"]
    found = ready((CLUB, CHOIR, COUNCIL), HELD, {"council"})
    assert [(each.id, each.answers) for each in found] == [("club", False), ("choir", False), ("council", True)]
    assert found[2].contact == ROLE, "whom its activities say to ask for"


def test_towns_and_topics_are_what_the_pack_says_and_what_is_held_the_most_first() -> None:
    club, choir = ready((CLUB, CHOIR), HELD, ())
    assert (club.towns, club.topics) == (("ringe",), ("football", "social"))
    assert (choir.towns, choir.topics) == (("faaborg",), ("singing",))
    assert towns_of((club, choir)) == ("faaborg", "ringe")
    assert topics_of((club, choir)) == ("football", "singing", "social")


def test_the_nearest_stands_first_and_each_is_found_by_its_town_and_interest() -> None:
    nowhere = Organisation("nowhere", "A", "group", contact=ROLE)
    found = ready((CLUB, CHOIR, nowhere), HELD, ())
    in_faaborg = (PLACES["faaborg"].lat, PLACES["faaborg"].lon)
    assert [each.id for each in nearest_first(found, PLACES, in_faaborg)] == ["choir", "club", "nowhere"]
    assert [each.id for each in in_town(found, "ringe")] == ["club"]
    assert [each.id for each in about(found, "singing")] == ["choir"]
