"""From the code to the catalogues: finds what is said, writes bot.pot, and brings every bot.po up to it.

Nothing that changes by itself is written: no dates, no line numbers, no version. Babel's `pybabel update` would drop
the headers that are ours (X-Endonym, X-Reviewed-By), so a file's header is kept as it stands, letter by letter.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po

from bot.i18n.catalogues import PO, SOURCE, forms_of, header_fields, ids_of, plural_rule, read_file

POT = "bot.pot"
CODE = ("bot", "handlers")  # the folders whose sentences people read
NOTE = ("NOTE:",)  # how a comment to the translator begins
HEADER = """# What Brobot says. The message ids are English; docs/translating.md tells how to translate them.
# `python -m bot catalogues update` writes this file from the code.
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""

# What says a sentence in the code: the gettext call that it is, and how many texts that takes.
CALLS = {
    "say": ("gettext", 1),
    "say_many": ("ngettext", 2),
    "label": ("pgettext", 2),
    "phrase": ("pgettext", 2),
    "phrase_many": ("npgettext", 3),
}
_SAYS = re.compile(rf"(?<![\w.])(?:{'|'.join(CALLS)})\s*\(").search
Found = tuple[int, str, str | tuple[str, ...], list[str]]


def extract_said(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Any
) -> Iterator[Found]:
    """A Babel extraction method (see babel.cfg): each of CALLS as the gettext call that it is.

    Babel's own reader of Python takes a method for a function of its name, and loses what is said inside its brackets.
    """
    source = fileobj.read().decode("utf-8")
    lines = source.splitlines()
    for name, call in calls(source):
        gettext_name, wanted = CALLS[name]
        texts = [
            one.value for one in call.args[:wanted] if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        texts = [*(["button"] if name == "label" else []), *texts][:wanted]
        if len(texts) == wanted:
            notes = _notes(lines, call.lineno - 1, tuple(comment_tags))
            yield call.lineno, gettext_name, tuple(texts) if wanted > 1 else texts[0], notes


@lru_cache(1024)
def calls(source: str) -> tuple[tuple[str, ast.Call], ...]:
    """What says a sentence in a file of Python, with the function's name, in the order of the text.

    A method is none of them, as `here.say(…)` answers and says no sentence itself. Raises SyntaxError.
    """
    if not _SAYS(source):
        return ()  # reading a file's tree is what costs
    named = (
        (node.func.id, node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    )
    return tuple(sorted((each for each in named if each[0] in CALLS), key=lambda each: _where(each[1])))


def _where(call: ast.Call) -> tuple[int, int]:
    return call.lineno, call.col_offset


def _notes(lines: Sequence[str], below: int, tags: tuple[str, ...]) -> list[str]:
    """The comment on the lines right above one, from the line on that begins with a tag."""
    first = below
    while first and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    comment = [line.lstrip().removeprefix("#").strip() for line in lines[first:below]]
    return next((comment[at:] for at, line in enumerate(comment) if line.startswith(tags)), [])


def extracted(root: Path) -> Catalog:
    """The template: every sentence said in the code under a root, in the order of files and lines."""
    with (root / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]  # Babel has not typed it
    template = Catalog(charset="utf-8", fuzzy=False)
    for folder in CODE:
        if not (root / folder).is_dir():
            continue
        for file, line, message, comments, context in extract_from_dir(
            root / folder, methods, options, DEFAULT_KEYWORDS, NOTE, strip_comment_tags=False
        ):
            template.add(message, None, [(f"{folder}/{file}", line)], auto_comments=comments, context=context)
    return template


def update_catalogues(root: Path) -> list[Path]:
    """Write locales/bot.pot and merge it into every locales/*/LC_MESSAGES/bot.po; the files that changed.

    A sentence that is new is added empty, one that went is kept as a comment (`#~`) and comes back with its words.
    English holds only its exceptions and is left alone. Raises BrokenCatalogue.
    """
    stale = stale_catalogues(root)
    for path, text in stale.items():
        path.write_text(text, "utf-8", newline="\n")
    return list(stale)


def stale_catalogues(root: Path) -> dict[Path, str]:
    """The template and catalogues that are not what the code says, with what they should hold. Writes nothing."""
    folder = root / "locales"
    template = extracted(root)
    texts = {folder / POT: HEADER + "\n" + _body(template)}
    for path in sorted(folder.glob(f"*/{PO}")):
        if path.parent.parent.name != SOURCE:
            texts[path] = _merged(path, template)
    return {path: text for path, text in texts.items() if not path.exists() or path.read_text("utf-8") != text}


def _merged(path: Path, template: Catalog) -> str:
    text, catalog = read_file(path)
    header = text.split("\n\n", 1)[0].rstrip("\n")
    forms, _ = plural_rule(header_fields(text).get("Plural-Forms", ""))
    said = {(message.id, message.context) for message in template}
    for key, old in list(catalog.obsolete.items()):
        if (old.id, old.context) in said:
            catalog[old.id] = catalog.obsolete.pop(key)  # said again: its translation comes back
    catalog.update(template, no_fuzzy_matching=True)
    for key, gone in list(catalog.obsolete.items()):
        if not any(forms_of(gone)):
            del catalog.obsolete[key]
    for message in catalog:
        if len(ids_of(message)) > 1:
            message.string = (*forms_of(message), *("",) * forms)[:forms]
    return header + "\n\n" + _body(catalog)


def _body(catalog: Catalog) -> str:
    """All but the header, a translation on one line each, with the files a sentence comes from but no lines."""
    body = io.BytesIO()
    write_po(body, catalog, width=0, omit_header=True, include_lineno=False)
    return body.getvalue().decode("utf-8").strip("\n") + "\n"
