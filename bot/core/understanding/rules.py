"""A rule of the rules' vote, and the first of many that holds in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """An intent's sign: every group of `needs` has a concept here, within `near` items, and none of `but` is said."""

    intent: str
    needs: tuple[frozenset[str], ...]
    but: frozenset[str]
    near: int
    offer: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Rules in their order; `begins` says which of them, by place, a concept can begin to fulfil."""

    rules: tuple[Rule, ...]
    begins: Mapping[str, tuple[int, ...]]


def rule(intent: str, needs: str, but: str = "", near: int = 9, offer: str = "") -> Rule:
    """A rule: `needs` are groups with spaces between, their concepts with |; `but` concepts with spaces."""
    return Rule(intent, tuple(frozenset(n.split("|")) for n in needs.split()), frozenset(but.split()), near, offer)


def rules(*given: Rule) -> Rules:
    """Rules in this order, indexed by the concepts that each begins with."""
    begins: dict[str, list[int]] = {}
    for at, rule in enumerate(given):
        for concept in rule.needs[0]:
            begins.setdefault(concept, []).append(at)
    return Rules(given, {concept: tuple(places) for concept, places in begins.items()})


def first_rule(rules: Rules, places: Mapping[str, Sequence[int]]) -> Rule | None:
    """The first rule whose signs all stand in the sentence. `places`: where each concept stands, by item."""
    said, begins = places.keys(), rules.begins
    for at in sorted({at for concept in said if concept in begins for at in begins[concept]}):
        rule = rules.rules[at]
        for group in rule.needs:
            if group.isdisjoint(said):
                break
        else:
            if rule.but.isdisjoint(said) and _near(rule, places):
                return rule
    return None


def _near(rule: Rule, places: Mapping[str, Sequence[int]]) -> bool:
    """Whether a place of each group lies within the rule's window; what holds of the whole sentence is anywhere."""
    if len(rule.needs) == 1:
        return True
    groups = [[at for concept in group for at in places.get(concept, ())] for group in rule.needs]
    anchored = [group for group in groups if -1 not in group]
    if len(anchored) < 2:
        return True
    return any(
        all(any(0 <= at - first <= rule.near for at in group) for group in anchored)
        for group in anchored
        for first in group
    )
