"""The concepts that data names (topics, offers, audiences, languages): their ids, emoji and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["topic", "offer", "audience", "language"]
KINDS: tuple[Kind, ...] = ("topic", "offer", "audience", "language")


@dataclass(frozen=True, slots=True)
class Concept:
    """One of them. `names` holds its word in every language of the app, as shown; the ids are the frame's."""

    id: str
    kind: Kind
    emoji: str
    names: Mapping[str, str]


class Topics:
    """All concepts, in the order in which they are shown."""

    def __init__(self, concepts: tuple[Concept, ...]) -> None:
        self.concepts = concepts
        self._of: dict[Kind, dict[str, Concept]] = {kind: {} for kind in KINDS}
        for concept in concepts:
            self._of[concept.kind][concept.id] = concept
        self._ids: dict[Kind, tuple[str, ...]] = {kind: tuple(found) for kind, found in self._of.items()}

    def of(self, kind: Kind) -> tuple[Concept, ...]:
        """The concepts of one kind, in order."""
        return tuple(self._of[kind].values())

    def ids(self, kind: Kind) -> tuple[str, ...]:
        """Their ids, in order."""
        return self._ids[kind]

    def find(self, kind: Kind, concept_id: str) -> Concept:
        """One concept. Raises KeyError where there is none: a pack that was read names only known ones."""
        found = self._of[kind].get(concept_id)
        if found is None:
            raise KeyError(f"{kind} {concept_id}")
        return found
