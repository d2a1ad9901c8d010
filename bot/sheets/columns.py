"""The columns of a sheet of activities: where each belongs, its heading in four languages, and what to write there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("da", "en", "ar", "ti")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `path` is the field of a pack (docs/packs.md) that it is; `names` its heading by language; `help`
    what to write, in plain Danish and English."""

    path: str
    names: Mapping[str, str]
    help: Mapping[str, str]


def _column(path: str, da: str, en: str, ar: str, ti: str, help_da: str, help_en: str) -> Column:
    return Column(path, {"da": da, "en": en, "ar": ar, "ti": ti}, {"da": help_da, "en": help_en})


_NATIVE = {
    "da": ("dansk", "Danish", "الدنماركية", "ዳኒሽ"),
    "en": ("engelsk", "English", "الإنجليزية", "እንግሊዝኛ"),
    "ar": ("arabisk", "Arabic", "العربية", "ዓረብኛ"),
    "ti": ("tigrinsk", "Tigrinya", "التغرينية", "ትግርኛ"),
}


def _texts(path: str, names: tuple[str, str, str, str], help_da: str, help_en: str) -> tuple[Column, ...]:
    """A column for each language of the app."""
    found = []
    for language, natives in _NATIVE.items():
        shown = [f"{name} ({native})" for name, native in zip(names, natives, strict=True)]
        found.append(
            Column(path.format(language), dict(zip(LANGUAGES, shown, strict=True)), {"da": help_da, "en": help_en})
        )
    return tuple(found)


COLUMNS = (
    _column("id", "Id", "Id", "المعرّف", "መለለዪ",
            "a-z, 0-9 og bindestreger. Det samme id er den samme aktivitet; tomt: af titel og by.",
            "a-z, 0-9 and hyphens. The same id is the same activity; empty: made of title and town."),
    *_texts("texts.{}.title", ("Titel", "Title", "العنوان", "ኣርእስቲ"), "Højst 40 tegn.", "At most 40 characters."),
    *_texts("texts.{}.about", ("Om", "About", "الوصف", "መግለጺ"), "Højst 200 tegn.", "At most 200 characters."),
    _column("organisation", "Forening", "Organisation", "المنظمة", "ማሕበር",
            "Navnet eller id'et, som i pakken.", "Its name or id, as in the pack."),
    _column("place", "By", "Town", "البلدة", "ከተማ", "Byens navn.", "The town's name."),
    _column("venue.name", "Sted", "Venue", "المكان", "ቦታ", "Det, der står på døren.", "What stands on the door."),
    _column("venue.address", "Adresse", "Address", "العنوان البريدي", "ኣድራሻ",
            "Vej, nummer, postnummer og by.", "Street, number, postcode and town."),
    _column("venue.lat", "Breddegrad", "Latitude", "خط العرض", "ላቲትዩድ",
            "Må være tom.", "May be empty."),
    _column("venue.lon", "Længdegrad", "Longitude", "خط الطول", "ሎንጊትዩድ",
            "Må være tom.", "May be empty."),
    _column("schedule.first", "Første dag", "First day", "اليوم الأول", "ቀዳማይ መዓልቲ",
            "26/11/2026 eller 2026-11-26.", "26/11/2026 or 2026-11-26."),
    _column("schedule.start", "Fra kl.", "From", "من الساعة", "ካብ ሰዓት", "17:30", "17:30"),
    _column("schedule.end", "Til kl.", "To", "إلى الساعة", "ክሳብ ሰዓት", "20:00", "20:00"),
    _column("schedule.repeats", "Gentages", "Repeats", "التكرار", "ምድግጋም",
            "en gang, hver uge, ulige uger, lige uger, hver måned.", "once, weekly, odd weeks, even weeks, monthly."),
    _column("schedule.nth", "Nummer i måneden", "Which of the month", "رقم في الشهر", "ቁጽሪ ኣብ ወርሒ",
            "Kun hver måned: 1, 2, 3, 4 eller sidste.", "Only monthly: 1, 2, 3, 4 or last."),
    _column("schedule.until", "Sidste dag", "Last day", "اليوم الأخير", "ናይ መወዳእታ መዓልቲ",
            "Må være tom; et forløb skal have en.", "May be empty; a course must have one."),
    _column("schedule.skips", "Ikke disse dage", "Not on", "ليس في", "ኣብዚ መዓልትታት ኣይኮነን",
            "Dage med komma imellem.", "Days, with commas between."),
    _column("schedule.on_holidays", "Også helligdage", "On holidays too", "في العطل أيضًا", "ኣብ በዓላት እውን",
            "ja eller nej.", "yes or no."),
    _column("topics", "Emner", "Topics", "المواضيع", "ኣርእስትታት",
            "Et eller flere, med komma imellem.", "One or more, with commas between."),
    _column("audience", "Kun for", "Only for", "فقط لـ", "ንመን ጥራይ",
            "Tom, hvis alle må komme.", "Empty where all may come."),
    _column("languages", "Sprog der", "Spoken there", "اللغات هناك", "ቋንቋታት ኣብኡ",
            "Tomt er dansk.", "Empty is Danish."),
    _column("price", "Pris", "Price", "السعر", "ዋጋ", "Kroner; tomt er gratis.", "Kroner; empty is free."),
    _column("capacity", "Pladser", "Seats", "المقاعد", "ቦታታት", "Tomt er uden grænse.", "Empty is without limit."),
    _column("sign_up", "Tilmelding", "Sign-up", "التسجيل", "ምዝገባ",
            "hver gang, forløb eller ingen.", "each, course or none."),
    *_texts("contact.{}", ("Spørg efter", "Ask for", "اسأل عن", "ብኸመይ ትሓቱ"),
            "En rolle, ikke et navn: Træneren.", "A role, not a name: The trainer."),
)  # fmt: skip
"""In the order of the template."""

_SAID: Mapping[str, Mapping[str, str]] = {
    "schedule.repeats": {
        "once": "en gang, én gang, مرة واحدة, ሓደ ግዜ",
        "weekly": "hver uge, ugentligt, every week, كل أسبوع, ነፍሲ ወከፍ ሰሙን",
        "odd weeks": "ulige uger, الأسابيع الفردية",
        "even weeks": "lige uger, الأسابيع الزوجية",
        "monthly": "hver måned, månedligt, every month, كل شهر, ነፍሲ ወከፍ ወርሒ",
        "calendar": "kalender, listed",
    },
    "schedule.nth": {"last": "sidste, den sidste, الأخير, ናይ መወዳእታ"},
    "schedule.on_holidays": {"true": "ja, yes, x, نعم, እወ", "false": "nej, no, لا, ኣይፋል"},
    "sign_up": {
        "each": "hver gang, كل مرة, ነፍሲ ወከፍ ግዜ",
        "course": "forløb, kursus, دورة, ኮርስ",
        "none": "ingen, بدون, የለን",
    },
}

WORDS: Mapping[str, Mapping[str, str]] = {
    path: {word: meant for meant, words in said.items() for word in words.split(", ")} for path, said in _SAID.items()
}
"""What may be written for a word of a pack, in the languages of the headings."""

CALENDAR = "calendar"
"""How a row repeats that follows a calendar: no sheet can say its times, so it is written out and never read in."""

LISTS = frozenset({"schedule.skips", "topics", "audience", "languages"})
DAYS = frozenset({"schedule.first", "schedule.until", "schedule.skips"})
TIMES = frozenset({"schedule.start", "schedule.end"})
DEGREES = frozenset({"venue.lat", "venue.lon"})
DEFAULTS: Mapping[str, str] = {"languages": "da", "price": "0", "sign_up": "each", "schedule.repeats": "once"}


def heading(text: str) -> str:
    """A heading as it is compared: without case and needless spaces."""
    return " ".join(text.split()).casefold()


BY_HEADING: Mapping[str, Column] = {
    heading(name): column for column in COLUMNS for name in (column.path, *column.names.values())
}
"""A column by its heading in any of the languages, or by its field."""
