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


@dataclass(frozen=True, slots=True)
class Topics:
    """All concepts, in the order in which they are shown."""

    concepts: tuple[Concept, ...]

    def of(self, kind: Kind) -> tuple[Concept, ...]:
        """The concepts of one kind, in order."""
        return tuple(concept for concept in self.concepts if concept.kind == kind)

    def ids(self, kind: Kind) -> tuple[str, ...]:
        """Their ids, in order."""
        return tuple(concept.id for concept in self.of(kind))

    def find(self, kind: Kind, concept_id: str) -> Concept:
        """One concept. Raises KeyError where there is none: a pack that was read names only known ones."""
        for concept in self.concepts:
            if concept.kind == kind and concept.id == concept_id:
                return concept
        raise KeyError(f"{kind} {concept_id}")
