"""What is wrong in the catalogues: header, plurals, placeholders, tags, completeness; each fault with its mend.

Faults must be mended before a release; warnings tell what a translator or reviewer should look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.plural import to_gettext

from bot.i18n.catalogues import PO, SOURCE, BrokenCatalogue, Header, forms_of, ids_of, read_catalogue, read_file
from bot.i18n.check_calls import call_faults
from bot.i18n.check_words import word_faults
from bot.i18n.extract import stale_catalogues
from bot.i18n.fault import Fault
from bot.i18n.templates import placeholders, unsound

COUNTED = range(201)  # enough for every rule of whole numbers in CLDR
CLDR_ORDER = ("zero", "one", "two", "few", "many", "other")
PLURAL_FORMS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "ti": "nplurals=2; plural=(n > 1);",
    "da": "nplurals=2; plural=(n != 1);",
    "en": "nplurals=2; plural=(n != 1);",
}  # as people know them; for another language the mend is worked out from CLDR
UPDATE = "Run `python -m bot catalogues update`."


@dataclass(frozen=True, slots=True)
class _File:
    """One catalogue under check: its path as told to people, its language's header and plural forms."""

    name: str
    header: Header
    single: frozenset[int]  # forms that only one number takes, where the number may be left out


def check_catalogues(folder: Path) -> list[Fault]:
    """Everything wrong in a folder of catalogues and in what the code beside it says, file by file."""
    root = folder.parent
    found = list(call_faults(root))
    broken = False
    for path in sorted(folder.glob(f"*/{PO}")):
        name = path.relative_to(root).as_posix()
        try:
            header, (_, catalog) = read_catalogue(path).header, read_file(path)
        except BrokenCatalogue as error:
            found.append(Fault(name, 1, "header", str(error), "Then run the check again."))
            broken = True
            continue
        single = frozenset(form for form in range(header.forms) if _takes(header, form) == 1)
        found += _catalogue_faults(_File(name, header, single), catalog)
    return found if broken else [*_stale_faults(root), *found]


def _takes(header: Header, form: int) -> int:
    return sum(header.plural(number) == form for number in COUNTED)


def _stale_faults(root: Path) -> Iterator[Fault]:
    for path in stale_catalogues(root):
        name = path.relative_to(root).as_posix()
        yield Fault(name, 1, "stale", "It does not hold what the code says now.", UPDATE)


def _catalogue_faults(file: _File, catalog: Catalog) -> Iterator[Fault]:
    yield from _header_faults(file)
    missing = 0
    for message in catalog:
        if not message.id:
            continue
        if message.fuzzy:
            why = "is marked fuzzy, so its whole message is said in English"
            mend = 'Read it, then remove the word "fuzzy" above it.'
            yield Fault(file.name, message.lineno or 1, "fuzzy", f"{_short(message)} {why}.", mend)
        forms = forms_of(message)
        if not any(forms):
            missing += 1
        else:
            yield from _message_faults(file, message, forms)
    if missing and file.header.language != SOURCE:
        problem = f"{missing} sentences have no translation, so their messages are said in English."
        yield Fault(file.name, 1, "missing", problem, "Fill every empty msgstr.")


def _header_faults(file: _File) -> Iterator[Fault]:
    header = file.header
    if not header.reviewed_by and header.language != SOURCE:
        problem = "No native reader has signed this file: it is a draft."
        yield Fault(file.name, 1, "draft", problem, "Name the reader in X-Reviewed-By once it is read.", "warning")
    try:
        rule = Locale.parse(header.language, sep="-").plural_form
    except (UnknownLocaleError, ValueError):
        problem = f"CLDR has no plural rule for {header.language}, so Plural-Forms cannot be checked."
        yield Fault(file.name, 1, "plural rule", problem, "Ask a native reader to check each form.", "warning")
        return
    told = {rule(number) for number in COUNTED}
    tags = [tag for tag in CLDR_ORDER if tag in told]
    if header.forms != len(tags) or any(header.plural(n) != tags.index(rule(n)) for n in COUNTED):
        mend = PLURAL_FORMS.get(header.language) or to_gettext(rule)
        problem = f"Plural-Forms is not CLDR's rule with its forms in the order {', '.join(tags)}."
        yield Fault(file.name, 1, "plural rule", problem, f'Write "Plural-Forms: {mend}\\n".')


def _message_faults(file: _File, message: Message, forms: tuple[str, ...]) -> Iterator[Fault]:
    line, ids = message.lineno or 1, ids_of(message)
    counts = len(ids) > 1
    if counts and (len(forms) != file.header.forms or not all(forms)):
        problem = f"{_short(message)} has {sum(map(bool, forms))} of {file.header.forms} plural forms."
        yield Fault(file.name, line, "plural", problem, "Fill every msgstr[…].")
    if counts and len(forms) > 1 and len(set(forms)) == 1 and forms[0]:
        problem = f"{_short(message)} reads the same for every count."
        yield Fault(file.name, line, "plural", problem, "See whether the language really says it so.", "warning")
    for form, text in enumerate(forms):
        if text:
            yield from _form_faults(file, message, text, form if counts else None)


def _form_faults(file: _File, message: Message, text: str, form: int | None) -> Iterator[Fault]:
    line, ids = message.lineno or 1, ids_of(message)
    problem = unsound(ids, text, message.context)
    if problem:
        mend = "Until it is mended the message is said in English."
        yield Fault(file.name, line, "unsound", f"{_short(message)}: {problem}", mend)
        return
    wanted = placeholders(ids[-1])  # the plural holds every value; the singular may leave the count out
    if form is not None and form in file.single:
        wanted -= {"n"}
    for name in sorted(wanted - placeholders(text)):
        problem = f"{_short(message)} has lost the value {{{name}}}."
        yield Fault(file.name, line, "placeholder", problem, f"Put {{{name}}} where the value belongs.")
    yield from word_faults(file.name, line, file.header.language, message.context, text)


def _short(message: Message) -> str:
    msgid = ids_of(message)[0].replace("\n", " ")
    return f"“{msgid[:40]}…”" if len(msgid) > 40 else f"“{msgid}”"


def faults(found: list[Fault]) -> list[Fault]:
    """Those that must be mended, without the warnings."""
    return [one for one in found if one.weight == "fault"]
