"""Who may do what: a coordinator everything, an organiser and a trainer only what is theirs.

A role is a word in `Person.roles`: `coordinator`, `organiser/<organisation>`, `trainer/<cohort>`; in the integration
network `network/<organisation>` for who represents it, `convenor` and `secretary`. Use-cases ask here; a menu only
shows.
"""

from __future__ import annotations

from bot.core.model import Activity, Person

COORDINATOR = "coordinator"
CONVENOR = "convenor"
SECRETARY = "secretary"
_ORGANISER = "organiser/"
_REPRESENTS = "network/"
_TRAINER = "trainer/"

MOST_ORGANISATIONS = 8
"""Organisations and cohorts that one person may look after: more would not fit their row."""

MOST_REPRESENTED = 3
"""Organisations that one person may represent in the network, for the same reason."""


def organiser_of(organisation: str) -> str:
    """The role of who looks after the activities of one organisation."""
    return f"{_ORGANISER}{organisation}"


def represents_role(organisation: str) -> str:
    """The role of who represents an organisation in the integration network."""
    return f"{_REPRESENTS}{organisation}"


def represents(person: Person | None) -> frozenset[str]:
    """The organisations that this person represents in the integration network, whatever their level there."""
    roles = person.roles if person is not None else frozenset()
    return frozenset(role.removeprefix(_REPRESENTS) for role in roles if role.startswith(_REPRESENTS))


def in_secretariat(person: Person | None) -> bool:
    """Whether this person writes the network's agendas and minutes."""
    return person is not None and bool(person.roles & {CONVENOR, SECRETARY})


def runs_meetings(person: Person | None) -> bool:
    """Whether this person may plan, move and cancel meetings of the network, and write their papers."""
    return coordinates(person) or in_secretariat(person)


def is_of_network(role: str) -> bool:
    """Whether a role is one of the integration network."""
    return role.startswith(_REPRESENTS) or role in (CONVENOR, SECRETARY)


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


def may_answer(person: Person | None, organisation: str) -> bool:
    """Whether this person may answer cases for the organisation; those for none are the coordinators'."""
    return coordinates(person) or bool(organisation and organisation in organisations(person))


def trainer_of(cohort: str) -> str:
    """The role of who leads a cohort of a programme, each time it is run."""
    return f"{_TRAINER}{cohort}"


def cohorts_led(person: Person | None) -> frozenset[str]:
    """The cohorts that this person leads as their trainer."""
    roles = person.roles if person is not None else frozenset()
    return frozenset(role.removeprefix(_TRAINER) for role in roles if role.startswith(_TRAINER))


def may_lead(person: Person | None, activity: Activity) -> bool:
    """Whether this person may write to those who signed up for it and tick who came: who may edit it, or leads it."""
    return may_edit(person, activity.organisation) or bool(activity.cohort and activity.cohort in cohorts_led(person))


def may_organise(person: Person | None) -> bool:
    """Whether there is anything at all that this person may change."""
    return coordinates(person) or bool(organisations(person))


def has_room_for(person: Person, role: str) -> bool:
    """Whether the role fits beside those the person has."""
    if role in person.roles or role in (COORDINATOR, CONVENOR, SECRETARY):
        return True
    if role.startswith(_REPRESENTS):
        return len(represents(person)) < MOST_REPRESENTED
    return len(organisations(person)) + len(cohorts_led(person)) < MOST_ORGANISATIONS
