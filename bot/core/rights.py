"""Who may do what: a coordinator everything, an organiser only what belongs to one of their organisations.

A role is a word in `Person.roles`: `coordinator`, or `organiser/<organisation>`. Use-cases ask here; a menu only shows.
"""

from __future__ import annotations

from bot.core.model import Person

COORDINATOR = "coordinator"
_ORGANISER = "organiser/"

MOST_ORGANISATIONS = 8
"""Organisations that one person may look after: more would not fit their row."""


def organiser_of(organisation: str) -> str:
    """The role of who looks after the activities of one organisation."""
    return f"{_ORGANISER}{organisation}"


def coordinates(person: Person | None) -> bool:
    """Whether this is a coordinator of the whole community."""
    return person is not None and COORDINATOR in person.roles


def organisations(person: Person | None) -> frozenset[str]:
    """The organisations whose activities this person looks after, by invitation; a coordinator needs none."""
    roles = person.roles if person is not None else frozenset()
    return frozenset(role.removeprefix(_ORGANISER) for role in roles if role.startswith(_ORGANISER))


def may_edit(person: Person | None, organisation: str) -> bool:
    """Whether this person may add and change activities of the organisation."""
    return coordinates(person) or organisation in organisations(person)


def may_organise(person: Person | None) -> bool:
    """Whether there is anything at all that this person may change."""
    return coordinates(person) or bool(organisations(person))


def has_room_for(person: Person, role: str) -> bool:
    """Whether the role fits beside those the person has."""
    return role in person.roles or role == COORDINATOR or len(organisations(person)) < MOST_ORGANISATIONS
