"""What was learned from the examples: how much each sign of a text speaks for each intent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIGNS = 1 << 16
"""How many signs are told apart: a sign's number is its name's checksum, so no list of names is kept."""


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What each sign says for each intent: `table` has a row a sign and a column an intent, in units of `unit`.

    An intent that has kinds is written with its kind: "ask_offer.mentor".
    """

    intents: tuple[str, ...]
    table: NDArray[np.int8]
    unit: float
