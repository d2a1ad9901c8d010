"""Checks journals of the Bot API on loopback against aiogram's models.

Runs in an environment of its own (requirements-schema.txt), so it imports nothing of ours. Each line of the journal is
`{"method", "params", "result", "refused"}`. Requests are checked as the method's model, answers as its return type;
unknown and missing keys also deep inside unions, where pydantic falls through to whatever fits; and the lengths that
the field docs tell. Standard input is a socket that listens: who connects writes a journal's path as a line, and is
answered with its faults, a JSON list. It ends with the process that began it.
"""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import socket
import sys
import textwrap
import types
import typing
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

import aiogram.methods  # type: ignore[import-not-found, unused-ignore]  # only in the environment of its own
from pydantic import BaseModel, TypeAdapter, ValidationError

LENGTH = re.compile(r"(\d+)-(\d+) (characters|bytes)( after entities parsing)?")
Limit = tuple[int, int, str, bool]
LOOKS_UP_EVERY = 5.0
"""Seconds after which it sees that nobody is there any more."""


@cache
def limits_of(model: type[BaseModel]) -> dict[str, Limit]:
    """What the docs of a model's fields say of their length: least, most, unit, and whether marks are left out."""
    found: dict[str, Limit] = {}
    for base in reversed(model.__mro__):
        if not base.__module__.startswith("aiogram.") or "[" in base.__name__:  # a generic's form has no source
            continue
        body = ast.parse(textwrap.dedent(inspect.getsource(base))).body[0]
        assert isinstance(body, ast.ClassDef)
        for field, doc in zip(body.body, body.body[1:], strict=False):
            told = _told(doc)
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and told:
                found[field.target.id] = told
    return found


def _told(node: ast.stmt) -> Limit | None:
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        return None
    match = LENGTH.search(str(node.value.value).replace(",", ""))
    return (int(match[1]), int(match[2]), match[3], bool(match[4])) if match else None


def options(annotation: Any) -> list[Any]:
    """The types a value may have, unions and annotations opened."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return options(get_args(annotation)[0])
    if origin in {Union, types.UnionType}:
        return [found for part in get_args(annotation) for found in options(part)]
    return [annotation]


def strict(annotation: Any, value: Any, where: str, *, marked: bool = False) -> list[str]:
    """Faults of a value that pydantic overlooks: keys nobody knows, keys that lack, lengths out of bounds."""
    found = options(annotation)
    if isinstance(value, list):
        item = next((get_args(o)[0] for o in found if get_origin(o) is list), None)
        if item is None:
            return []
        return [fault for n, one in enumerate(value) for fault in strict(item, one, f"{where}.{n}")]
    models = [o for o in found if inspect.isclass(o) and issubclass(o, BaseModel)]
    if not isinstance(value, dict) or not models:
        return []
    most = max(known(model, value) for model in models)
    meant = [model for model in models if known(model, value) == most]
    return min((in_model(model, value, where, marked=marked) for model in meant), key=len)


def known(model: type[BaseModel], value: dict[str, Any]) -> int:
    """How many of an object's keys a model knows: in a union the model that knows most of them is meant."""
    return len(value.keys() & {field.alias or name for name, field in model.model_fields.items()})


def in_model(model: type[BaseModel], value: dict[str, Any], where: str, *, marked: bool = False) -> list[str]:
    """The same for one object as one model."""
    fields = {field.alias or name: (name, field) for name, field in model.model_fields.items()}
    lengths = limits_of(model)
    faults = [f"{where}.{key}: lacks" for key, (_, f) in fields.items() if f.is_required() and value.get(key) is None]
    for key, part in value.items():
        if key not in fields:
            faults.append(f"{where}.{key}: unknown key")
            continue
        name, field = fields[key]
        faults += strict(field.annotation, part, f"{where}.{key}")
        if name in lengths and isinstance(part, str):
            faults += out_of_bounds(part, lengths[name], f"{where}.{key}", marked=marked)
    return faults


def out_of_bounds(text: str, limit: Limit, where: str, *, marked: bool) -> list[str]:
    """Whether a text breaks a length; one with marks still in it cannot be measured here."""
    least, most, unit, after_parsing = limit
    if after_parsing and marked:
        return []
    size = len(text.encode()) if unit == "bytes" else len(text.encode("utf-16-le")) // 2
    return [] if least <= size <= most else [f"{where}: {size} {unit}, allowed are {least} to {most}"]


def request_faults(method: str, params: dict[str, Any]) -> list[str]:
    """What is wrong with a request."""
    model = model_of(method)
    if model is None:
        return [f"{method}: no such method"]
    marked = bool(params.get("parse_mode"))
    return in_model(model, params, method, marked=marked) + _fits(_request(method), params, f"{method} request")


def answer_faults(method: str, result: Any) -> list[str]:
    """What is wrong with an answer."""
    model = model_of(method)
    if model is None:
        return []
    where = f"{method} answer"
    returned = model.__returning__  # type: ignore[attr-defined]  # aiogram's, which is not typed here
    return strict(returned, result, where) + _fits(_adapter(method), result, where)


def model_of(method: str) -> type[BaseModel] | None:
    """The model of a method by its name in the address."""
    return getattr(aiogram.methods, method[:1].upper() + method[1:], None)


@cache
def _request(method: str) -> TypeAdapter[Any]:
    return TypeAdapter(model_of(method) or BaseModel)


@cache
def _adapter(method: str) -> TypeAdapter[Any]:
    return TypeAdapter(model_of(method).__returning__)  # type: ignore[union-attr]  # asked only for known methods


def _fits(adapter: TypeAdapter[Any], value: Any, where: str) -> list[str]:
    try:
        adapter.validate_python(value)
    except ValidationError as error:
        wrong = [e for e in error.errors() if e["type"] != "missing"]  # what lacks is named by `strict`
        return [f"{where}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong]
    return []


def check(lines: typing.Iterable[bytes]) -> list[str]:
    """All faults of a journal, each once."""
    faults: dict[str, None] = {}
    for line in lines:
        entry = json.loads(line)
        found = request_faults(entry["method"], entry["params"])
        if not entry["refused"]:
            found += answer_faults(entry["method"], entry["result"])
        faults.update(dict.fromkeys(found))
    return list(faults)


def main() -> None:
    """Checks one journal after another, for as long as who began us is there."""
    parent = os.getppid()
    with socket.socket(fileno=sys.stdin.fileno()) as listening:
        listening.settimeout(LOOKS_UP_EVERY)
        while os.getppid() == parent:
            with suppress(TimeoutError):
                asking, _ = listening.accept()
                answer(asking)


def answer(asking: socket.socket) -> None:
    """One journal's faults to who asks for them."""
    asking.settimeout(None)
    with asking, asking.makefile("rw", encoding="utf-8") as talk:
        journal = Path(talk.readline().rstrip("\n"))
        talk.write(json.dumps(check(journal.read_bytes().splitlines())))


if __name__ == "__main__":
    main()
