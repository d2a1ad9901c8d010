"""Paper: what is printed or hung up, typeset from a template and plain values, with letters shaped as they are read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

__all__ = ["FONTS", "Form", "qr_rows", "typeset"]

FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
Form = Literal["pdf", "svg", "png"]
SURE = "q"
"""Error correction of a QR code that hangs outside: a quarter of it may be torn or wet."""


def typeset(template: str, values: Mapping[str, Any], form: Form = "pdf") -> bytes:
    """The page of a template in this folder (`poster`), as a file. It takes some tenths of a second: not in the loop.

    Values are strings, numbers and lists of them; the template reads them as data, so nothing in them is markup.
    Only the fonts beside it are used, whatever the machine has: a page looks the same everywhere.
    """
    import typst  # noqa: PLC0415 its library is large, and only who prints needs it

    return typst.compile(
        FOLDER / f"{template}.typ",
        format=form,
        root=FOLDER,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
    )


def qr_rows(link: str) -> Sequence[str]:
    """The QR code of a link as rows of 0 and 1, without its quiet zone."""
    import segno  # noqa: PLC0415 only who prints needs it

    return ["".join("1" if dark else "0" for dark in row) for row in segno.make_qr(link, error=SURE).matrix]
