"""Rights: a coordinator may everything, an organiser only what is theirs, everybody else nothing."""

from __future__ import annotations

from bot.core.model import Person
from bot.core.rights import (
    COORDINATOR,
    MOST_ORGANISATIONS,
    coordinates,
    has_room_for,
    may_edit,
    may_organise,
    organisations,
    organiser_of,
)


def somebody(*roles: str) -> Person:
    return Person(1, "town", 1, "da", None, frozenset(roles), "active")


def test_a_coordinator_may_edit_what_any_organisation_holds() -> None:
    assert may_edit(somebody(COORDINATOR), "anyone")
    assert coordinates(somebody(COORDINATOR))


def test_an_organiser_may_edit_their_own_organisation_and_no_other() -> None:
    organiser = somebody(organiser_of("ringe-boldklub"))
    assert may_edit(organiser, "ringe-boldklub")
    assert not may_edit(organiser, "ringe")
    assert may_organise(organiser)
    assert not coordinates(organiser)


def test_whoever_has_no_role_and_nobody_at_all_may_nothing() -> None:
    for person in (somebody(), None):
        assert not may_edit(person, "")
        assert not may_organise(person)
        assert organisations(person) == frozenset()


def test_there_is_an_end_to_how_many_organisations_one_person_looks_after() -> None:
    full = somebody(*(organiser_of(f"{n}" * 60) for n in range(MOST_ORGANISATIONS)))
    assert not has_room_for(full, organiser_of("one-more"))
    assert has_room_for(full, COORDINATOR)
    assert len(",".join([COORDINATOR, *full.roles])) <= 600
