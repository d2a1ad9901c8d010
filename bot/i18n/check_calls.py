"""What is wrong in how the code says a sentence: texts that cannot be extracted, values that do not fit them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from bot.i18n.extract import CALLS, CODE, calls
from bot.i18n.fault import Fault
from bot.i18n.templates import placeholders, unsound

SAID = {"say": 1, "say_many": 2, "label": 1}  # how many texts each begins with


def call_faults(root: Path) -> Iterator[Fault]:
    """Every call of say, say_many and label under a root that a catalogue could not follow."""
    for folder in CODE:
        for path in sorted((root / folder).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            for called, call in calls(path.read_text("utf-8")):
                if called in SAID:
                    yield from _faults(name, call, called)


def _faults(file: str, call: ast.Call, name: str) -> Iterator[Fault]:
    texts = [
        one.value for one in call.args[: SAID[name]] if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]
    if len(texts) < SAID[name]:
        problem = f"{name}(…) is given something else than a text, so no translator will see it."
        yield Fault(file, call.lineno, "call", problem, "Write the sentence itself there.")
        return
    context = "button" if CALLS[name][0] == "pgettext" else None
    for text in texts:
        problem_or_none = unsound(texts, text, context)
        if problem_or_none:
            yield Fault(file, call.lineno, "call", f"“{text}”: {problem_or_none}", "Mend the sentence.")
    yield from _value_faults(file, call, texts, {"n"} if name == "say_many" else set())


def _value_faults(file: str, call: ast.Call, texts: list[str], given: set[str]) -> Iterator[Fault]:
    if any(keyword.arg is None for keyword in call.keywords):
        return  # `**values`: only running it can tell
    wanted = frozenset[str]().union(*map(placeholders, texts))
    passed = given | {keyword.arg for keyword in call.keywords if keyword.arg}
    for name in sorted(wanted - passed):
        problem = f"“{texts[0]}” is said without its value {{{name}}}."
        yield Fault(file, call.lineno, "call", problem, f"Pass {name}=…")
    for name in sorted(passed - wanted - given):
        problem = f"“{texts[0]}” has no place for the value {name}."
        yield Fault(file, call.lineno, "call", problem, f"Write {{{name}}} in the sentence, or do not pass it.")
