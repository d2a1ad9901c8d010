"""Values in a language: dates and hours of Copenhagen, distances, prices, names, words and what people wrote.

Every value is cleaned, shortened, escaped and isolated here, in this order, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.say import Content, Day, Distance, Hour, Listing, Moment, Price, Span, Text, Value, Word
from bot.i18n import phrases
from bot.i18n.bidi import FSI, LRI, PDI, clean, has_rtl, isolate_for
from bot.i18n.catalogues import SOURCE, Catalogue
from bot.i18n.phrases import Phrase
from bot.i18n.templates import Slot, Template

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
BARE = Slot("")
SAME_EVENING = timedelta(hours=12)  # an end past midnight still belongs to the day it began

NOTHING: Mapping[str, str] = {}

# The words of topics, audiences and languages: (kind, id) to the word by language.
Names = Mapping[tuple[str, str], Mapping[str, str]]


class NotInLanguage(Exception):
    """A string is missing in this language, so the whole message is said in another."""


class MissingValue(Exception):
    """A sentence was said without one of its values: names the sentence and the value. A mistake in the code."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One language, speaking: of Telegram's HTML or `plain`; no single value is longer than `longest` characters."""

    catalogue: Catalogue
    names: Names
    plain: bool
    longest: int

    def sentence(self, text: Text) -> str:
        """A sentence with its values. Raises NotInLanguage, MissingValue."""
        template = self._template(text.context, text.msgid, text.plural, text.count)
        if template.fixed is not None:
            return template.fixed
        values = text.values
        said = []
        for part in template.parts:
            if isinstance(part, str):
                said.append(part)
            elif part.name in values:
                said.append(self._value(values[part.name], part))
            else:
                raise MissingValue(f"{text.msgid!r} was said without its value {part.name!r}.")
        return "".join(said)

    def written(self, text: str) -> str:
        """What is no sentence of the catalogues, as people wrote it. In a bubble that is read from the right, a line in
        Latin letters keeps its full stop at its end."""
        written = self._escaped(self._short(clean(text)))
        if not self.catalogue.rtl:
            return written
        lines = written.split("\n")
        return "\n".join([f"{FSI}{line}{PDI}" if _reads_from_the_left(line) else line for line in lines])

    def _template(self, context: str | None, msgid: str, plural: str | None = None, count: int = 1) -> Template:
        template = self.catalogue.template(context, msgid, plural, count, plain=self.plain)
        if template is None:
            raise NotInLanguage(msgid)
        return template

    def _phrase(self, one: Phrase, finished: Mapping[str, str] = NOTHING, count: int = 1) -> str:
        """One of our own phrases. What goes into it is finished: escaped and isolated already."""
        template = self._template(one.context, one.msgid, one.plural, count)
        return template.fixed or "".join(
            [part if isinstance(part, str) else finished[part.name] for part in template.parts]
        )

    def _value(self, value: Value, slot: Slot) -> str:
        """Any value, inside the tags that hold nothing but it."""
        match value:
            case str():
                return self._isolated(value, None, slot)
            case Content():
                return self._isolated(self._chosen(value), FSI, slot)
            case Word():
                return self._isolated(self._word(value), FSI, slot)
            case int():
                return f"{slot.before}{self._number(str(value))}{slot.after}"
            case Moment() | Span() | Day() | Hour():
                return f"{slot.before}{self._time(value)}{slot.after}"
            case _:
                return f"{slot.before}{self._composed(value)}{slot.after}"

    def _composed(self, value: Distance | Price | Listing | Text) -> str:
        """A value that phrases put together; each number in it is isolated by itself."""
        match value:
            case Distance(km):
                return self._distance(km)
            case Price(kroner):
                return self._price(kroner)
            case Listing(items):
                return self._phrase(phrases.JOINER).join([self._value(item, BARE) for item in items])
            case Text():
                return self.sentence(value)

    def _time(self, value: Moment | Span | Day | Hour) -> str:
        """When, as clocks and calendars in Copenhagen show it."""
        match value:
            case Moment(at):
                return self._moment(at.astimezone(COPENHAGEN))
            case Span(start, end):
                return self._span(start.astimezone(COPENHAGEN), end.astimezone(COPENHAGEN))
            case Day(on):
                return self._phrase(phrases.DAY, {"weekday": self._weekday(on), "date": self._date(on)})
            case Hour(at):
                local = at.astimezone(COPENHAGEN)
                return self._timed(phrases.HOUR, local, {"hour": self._number(_clock(local))})

    # Dates and hours

    def _moment(self, local: datetime) -> str:
        hour = self._number(_clock(local))
        when = {"weekday": self._weekday(local), "date": self._date(local), "hour": hour}
        return self._timed(phrases.MOMENT, local, when)

    def _span(self, start: datetime, end: datetime) -> str:
        if start.time() == end.time() == time() and end > start:
            return self._whole_days(start.date(), end.date() - timedelta(days=1))
        # Both are of one zone, so `end - start` would count by the wall; what parts them is real time.
        lasting = end.timestamp() - start.timestamp()
        if start.date() != end.date() and lasting > SAME_EVENING.total_seconds():
            return self._phrase(phrases.LONG_SPAN, {"start": self._moment(start), "end": self._moment(end)})
        hours = self._number(f"{_clock(start)}–{_clock(end)}")
        when = {"weekday": self._weekday(start), "date": self._date(start), "hours": hours}
        return self._timed(phrases.SPAN, start, when)

    def _whole_days(self, first: date, last: date) -> str:
        """From midnight to midnight: nobody said an hour, so none is shown."""
        days = [self._time(Day(each)) for each in dict.fromkeys((first, last))]
        return days[0] if len(days) == 1 else self._phrase(phrases.LONG_SPAN, {"start": days[0], "end": days[1]})

    def _weekday(self, on: date) -> str:
        return self._phrase(phrases.WEEKDAYS[on.weekday()])

    def _date(self, on: date) -> str:
        return self._number(self._phrase(phrases.DATE, {"day": f"{on.day:02}", "month": f"{on.month:02}"}))

    def _timed(self, one: Phrase, local: datetime, finished: dict[str, str]) -> str:
        """A phrase that may say the part of the day; it is looked up only where the language uses it."""
        template = self._template(one.context, one.msgid)
        if "part" in template.names:
            finished["part"] = self._phrase(_part_of_day(local.hour))
        return self._phrase(one, finished)

    # Numbers

    def _number(self, digits: str) -> str:
        """Digits that are read from left to right in every language."""
        return f"{LRI}{digits}{PDI}" if self.catalogue.rtl else digits

    def _distance(self, km: float) -> str:
        metres = max(50, round(km * 20) * 50)
        if metres < 1000:
            return self._phrase(phrases.METRES, {"n": self._number(str(metres))}, metres)
        tenths = round(km * 10)
        if tenths >= 100:
            return self._phrase(phrases.KILOMETRES, {"km": self._number(str(round(km)))})
        exact = self._phrase(phrases.DECIMAL, {"whole": str(tenths // 10), "tenths": str(tenths % 10)})
        return self._phrase(phrases.KILOMETRES, {"km": self._number(exact)})

    def _price(self, kroner: int) -> str:
        if kroner == 0:
            return self._phrase(phrases.FREE)
        return self._phrase(phrases.KRONER, {"n": self._number(str(kroner))}, kroner)

    # What people wrote

    def _chosen(self, content: Content) -> str:
        """The reader's language, then English, then the source, then any."""
        texts = content.texts
        for language in (self.catalogue.language, SOURCE, content.source):
            if texts.get(language):
                return texts[language]
        return next((text for text in texts.values() if text), "")

    def _word(self, word: Word) -> str:
        texts = self.names.get((word.kind, word.id), {})
        if self.catalogue.language not in texts and self.catalogue.language != SOURCE:
            raise NotInLanguage(f"{word.kind} {word.id}")
        return texts.get(self.catalogue.language) or word.id

    def _isolated(self, text: str, isolate: str | None, slot: Slot) -> str:
        """Cleaned, shortened, escaped, isolated, in this order. An isolate ends with its line, so each has its own."""
        text = self._short(clean(text))
        if not text:
            return ""
        rtl = self.catalogue.rtl
        opening = isolate if rtl and isolate else isolate_for(text, rtl)
        if not opening:
            return f"{slot.before}{self._escaped(text)}{slot.after}"
        if "\n" not in text:
            return f"{opening}{slot.before}{self._escaped(text)}{slot.after}{PDI}"
        lines = "\n".join([f"{opening}{self._escaped(line)}{PDI}" if line else "" for line in text.split("\n")])
        return f"{slot.before}{lines}{slot.after}"

    def _short(self, text: str) -> str:
        """At most `longest` characters, cut at a space where there is one near."""
        if len(text) <= self.longest:
            return text
        cut = text[: self.longest - 1]
        space = cut.rfind(" ", len(cut) * 4 // 5)
        return (cut[:space] if space > 0 else cut).rstrip() + "…"

    def _escaped(self, text: str) -> str:
        if self.plain:
            return text
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _reads_from_the_left(line: str) -> bool:
    return not has_rtl(line) and any(letter.isalpha() for letter in line)


def _clock(local: datetime) -> str:
    return f"{local.hour:02}:{local.minute:02}"


def _part_of_day(hour: int) -> Phrase:
    if 5 <= hour < 12:
        return phrases.MORNING
    if 12 <= hour < 18:
        return phrases.AFTERNOON
    return phrases.EVENING if 18 <= hour < 22 else phrases.NIGHT
