"""A fault in what we say: where it is, what is wrong, how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Fault:
    """`file` from the project's root, `line` from 1. `kind` is one word or two, to count and filter by.

    A `warning` is what a translator or reviewer should look at; a `fault` must be mended before a release.
    """

    file: str
    line: int
    kind: str
    problem: str
    mend: str
    weight: Literal["fault", "warning"] = "fault"

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.weight}: {self.problem} {self.mend}"
