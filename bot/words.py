"""The word lists and weights of data/words and the towns of data/places, read and checked; a fault names its line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import yaml

from bot.core.model import Place
from bot.core.understanding import lexicon
from bot.core.understanding.lexicon import KINDS, Concept, WordList, Words, compiled
from bot.core.understanding.weights import SIGNS, Weights
from bot.kept import kept

_HEAD = {"language", "script", "prefixes", "suffixes", "compounds", "typed", "joined", "source", "reviewer", "concepts"}
_FIELDS = {"concept", "kind", "terms", "phrases", "never", "roots", "fuzzy", "weak", "source", "reviewer"}
_LISTS = ("terms", "phrases", "never", "roots")
_SCRIPTS = ("latin", "arabic", "ethiopic")
_TYPED = ("", "arabic", "tigrinya")
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DATA = Path(__file__).resolve().parent.parent / "data"


class WordFaults(ValueError):
    """A word list cannot be used. `faults` are lines "file:line: what is wrong"."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@cache
def standard_words() -> Words:
    """The words of data/words with what was learned from the examples: compiled where a list or its reading changed."""
    folder = DATA / "words"
    reading = Path(lexicon.__file__).parent.glob("*.py")
    words = kept("words", (Path(__file__), *folder.glob("*.yaml"), *reading), lambda: read_words(folder))
    words.weights = read_weights()
    return words


def read_weights() -> Weights | None:
    """What `benchmarks.teaching` learned; None where the file is gone or of another shape: then the rules decide."""
    path = DATA / "words" / "weights.npz"
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as kept:
        table, intents, unit = kept["table"], kept["intents"], kept["unit"]
    if table.shape != (SIGNS, len(intents)):
        return None
    return Weights(tuple(str(intent) for intent in intents), table, float(unit))


def write_weights(weights: Weights) -> None:
    """Keeps what was learned where `read_weights` looks for it."""
    path = DATA / "words" / "weights.npz"
    intents, unit = np.array(weights.intents), np.array(weights.unit)
    np.savez_compressed(path, table=weights.table, intents=intents, unit=unit)


@cache
def danish_towns() -> tuple[Place, ...]:
    """The towns of data/places/denmark.yaml, read once a process."""
    return read_towns(DATA / "places" / "denmark.yaml")


def read_words(folder: Path) -> Words:
    """Every *.yaml of the folder, compiled. Raises WordFaults naming each fault's file and line."""
    lists: list[WordList] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            lists.append(read_word_list(path))
        except WordFaults as wrong:
            faults += wrong.faults
    if not lists and not faults:
        faults.append(f"{folder}: no word lists here")
    if faults:
        raise WordFaults(faults)
    return compiled(lists)


def read_word_list(path: Path) -> WordList:
    """One language's list. Raises WordFaults."""
    text = path.read_text(encoding="utf-8")
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506  # _Loader is a safe loader
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise WordFaults([f"{path.name}:{line}: {wrong.problem}"]) from wrong
    found = _faults(data)
    if found:
        raise WordFaults([f"{path.name}:{_line(text, where)}: {what}" for where, what in found])
    return _word_list(data)


def _word_list(data: Mapping[str, object]) -> WordList:
    return WordList(
        language=str(data["language"]),
        concepts=tuple(_concept(raw, data) for raw in data["concepts"]),  # type: ignore[attr-defined]  # checked before
        script=str(data.get("script", "latin")),  # type: ignore[arg-type]  # checked before
        prefixes=tuple(data.get("prefixes") or ()),  # type: ignore[arg-type]  # checked before
        suffixes=tuple(data.get("suffixes") or ()),  # type: ignore[arg-type]  # checked before
        compounds=bool(data.get("compounds", False)),
        typed=str(data.get("typed", "")),
        joined=tuple(data.get("joined") or ()),  # type: ignore[arg-type]  # checked before
    )


def _concept(raw: Mapping[str, object], head: Mapping[str, object]) -> Concept:
    lists = {name: _terms(raw.get(name)) for name in _LISTS}
    return Concept(
        concept=str(raw["concept"]),
        kind=str(raw["kind"]),
        terms=lists["terms"] + lists["phrases"],
        never=lists["never"],
        roots=lists["roots"],
        fuzzy=bool(raw.get("fuzzy", True)),
        weak=bool(raw.get("weak", False)),
        source=str(raw.get("source") or head.get("source") or ""),
        reviewer=str(raw.get("reviewer") or head.get("reviewer") or ""),
    )


def _terms(value: object) -> tuple[str, ...]:
    """Terms are a list, or one text with commas between them: that needs no quotes and reads quicker."""
    if isinstance(value, str):
        return tuple(stripped for term in value.replace("،", ",").split(",") if (stripped := term.strip()))
    return tuple(value) if isinstance(value, list) else ()


_Where = tuple[str | int, ...]
_Fault = tuple[_Where, str]


def _faults(data: object) -> list[_Fault]:
    """Every fault with the way to it in the document: keys and positions."""
    if not isinstance(data, dict):
        return [((), "a word list is a mapping with language and concepts")]
    faults: list[_Fault] = [((key,), f"unknown key {key!r}") for key in data if key not in _HEAD]
    if not isinstance(data.get("language"), str):
        faults.append(((), "language is missing"))
    if data.get("script", "latin") not in _SCRIPTS:
        faults.append((("script",), f"script is one of {', '.join(_SCRIPTS)}"))
    if data.get("typed", "") not in _TYPED:
        faults.append((("typed",), "typed is arabic or tigrinya, or left out"))
    affixes = [name for name in ("prefixes", "suffixes", "joined") if not _texts(data.get(name) or [])]
    faults += [((name,), f"{name} is a list of texts") for name in affixes]
    concepts = data.get("concepts")
    if not isinstance(concepts, list) or not concepts:
        return [*faults, (("concepts",), "concepts is a list of at least one concept")]
    for at, concept in enumerate(concepts):
        faults += [(("concepts", at, *where), what) for where, what in _concept_faults(concept)]
    return faults


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(term, str) and term.strip() for term in value)


def _concept_faults(raw: object) -> list[_Fault]:
    if not isinstance(raw, dict):
        return [((), "a concept is a mapping with concept, kind and terms")]
    faults: list[_Fault] = [((key,), f"unknown key {key!r}") for key in raw if key not in _FIELDS]
    if not isinstance(raw.get("concept"), str):
        faults.append(((), "concept is missing"))
    if raw.get("kind") not in KINDS:
        faults.append((("kind",) if "kind" in raw else (), f"kind is one of {', '.join(KINDS)}"))
    for name in _LISTS:
        value = raw.get(name)
        if value is not None and not _texts(value) and not (isinstance(value, str) and value.strip(" ,\n")):
            bad = (
                next((i for i, t in enumerate(value) if not (isinstance(t, str) and t.strip())), None)
                if isinstance(value, list)
                else None
            )
            where: _Where = (name,) if bad is None else (name, bad)
            faults.append((where, f"{name} are words with commas between them, or a list of texts"))
    if not (raw.get("terms") or raw.get("phrases") or raw.get("roots")):
        faults.append(((), "a concept needs terms or phrases"))
    unclear = [name for name in ("fuzzy", "weak") if not isinstance(raw.get(name, True), bool)]
    return faults + [((name,), f"{name} is true or false") for name in unclear]


def _line(text: str, where: _Where) -> int:
    """The line of a place in the document: a second, slower read, only when there is a fault to name."""
    node = yaml.compose(text, Loader=_Loader)
    for step in where:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), node)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
    return node.start_mark.line + 1 if node else 1


def read_towns(path: Path) -> tuple[Place, ...]:
    """Danish towns: a list of {name, lat, lon, names: {language: [spellings]}}. Raises WordFaults."""
    text = path.read_text(encoding="utf-8")
    data = yaml.load(text, Loader=_Loader)  # noqa: S506  # _Loader is a safe loader
    towns: list[Place] = []
    faults: list[str] = []
    for at, raw in enumerate(data if isinstance(data, list) else []):
        fault = _town_fault(raw)
        if fault:
            faults.append(f"{path.name}:{_line(text, (at,))}: {fault}")
            continue
        names = {language: tuple(spellings) for language, spellings in (raw.get("names") or {}).items()}
        towns.append(Place(raw["name"].lower(), raw["name"], float(raw["lat"]), float(raw["lon"]), names))
    if not isinstance(data, list):
        faults.append(f"{path.name}:1: towns are a list")
    if faults:
        raise WordFaults(faults)
    return tuple(towns)


def _town_fault(raw: object) -> str:
    if not isinstance(raw, dict) or not isinstance(raw.get("name"), str):
        return "a town needs a name"
    if not all(isinstance(raw.get(axis), int | float) for axis in ("lat", "lon")):
        return f"{raw['name']} needs lat and lon in degrees"
    names = raw.get("names") or {}
    if not isinstance(names, dict) or not all(_texts(spellings) for spellings in names.values()):
        return f"{raw['name']}: names are lists of spellings by language"
    return ""
