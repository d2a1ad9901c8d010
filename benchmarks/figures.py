"""Owns what a figure is, and how figures are shown: a table for people, a JSON object a line for programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import orjson
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `goal` is a text for people, `ok` whether the value meets it; both None where none is set."""

    benchmark: str
    case: str
    value: float
    unit: str
    goal: str | None = None
    ok: bool | None = None


def at_least(benchmark: str, case: str, value: float, unit: str, least: float) -> Figure:
    """A figure whose goal is `least` or more."""
    return Figure(benchmark, case, value, unit, f"≥ {least:g}", value >= least)


def at_most(benchmark: str, case: str, value: float, unit: str, most: float) -> Figure:
    """A figure whose goal is `most` or less."""
    return Figure(benchmark, case, value, unit, f"≤ {most:g}", value <= most)


def as_json(figure: Figure) -> str:
    """One line of JSON."""
    return orjson.dumps(asdict(figure)).decode()


def show(figures: Iterable[Figure], console: Console) -> None:
    """Prints a table."""
    table = Table("benchmark", "case", "value", "unit", "goal", "", title=None, header_style="bold")
    table.columns[2].justify = "right"
    for figure in figures:
        mark = {True: "✓", False: "✗", None: ""}[figure.ok]
        table.add_row(figure.benchmark, figure.case, f"{figure.value:,.5g}", figure.unit, figure.goal or "", mark)
    console.print(table)
