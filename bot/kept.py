"""What is dear to make of our data files, kept beside Python's compiled files until one of them changes."""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def kept(name: str, sources: Iterable[Path], make: Callable[[], T]) -> T:
    """What `make` gives; where it was called before for the same bytes of all `sources`, what it gave then.

    The sources are the files that are read and the modules that read them, so nothing kept is ever out of date. It is
    kept where and when Python keeps what it compiled (PYTHONPYCACHEPREFIX, PYTHONDONTWRITEBYTECODE): who may write
    there may write our code. Where nothing can be kept, it is made each time.
    """
    path = Path(cache_from_source(str(Path(__file__).with_name(f"{name}.py")))).with_suffix(".kept")
    stamp = _stamp(sources)
    before: T | None = _read(path, stamp)
    if before is not None:
        return before
    made = make()
    if not sys.dont_write_bytecode:
        _write(path, stamp, made)
    return made


def _stamp(sources: Iterable[Path]) -> bytes:
    whole = hashlib.sha256()
    for path in sorted(sources):
        content = path.read_bytes()
        whole.update(f"{path.name} {len(content)}\n".encode())
        whole.update(content)
    return whole.digest()


def _read(path: Path, stamp: bytes) -> Any:
    """What is kept there under this stamp; None where there is nothing, or it is damaged."""
    collects = gc.isenabled()
    gc.disable()  # half a million new objects, none of them garbage, would be looked through again and again
    try:
        with path.open("rb") as file:
            if file.read(len(stamp)) != stamp:
                return None
            return pickle.load(file)  # noqa: S301  # see `kept`: it is as trusted as our own code
    except Exception:  # noqa: BLE001  # a damaged file may raise anything; it is made anew
        return None
    finally:
        if collects:
            gc.enable()


def _write(path: Path, stamp: bytes, made: object) -> None:
    """Whole or not at all: two that start at once each write a file of their own first."""
    own = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        own.write_bytes(stamp + pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
        own.replace(path)
