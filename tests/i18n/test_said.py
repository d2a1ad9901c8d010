"""A whole message: one language, its buttons, directions, and values that mean harm."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import Venue
from bot.core.say import Button, Content, Document, Html, Media, Message, Text, Word, label, say, say_many
from bot.i18n import Catalogues, clean, say_in, say_plain
from tests.i18n.conftest import NAMES

ENGLISH = Catalogues.shipped()
HOSTILE = [
    "<b>",
    "</b>",
    "{x}",
    "{value}",
    "{0.__class__}",
    "%s",
    "\u202e",
    "&lt;",
    "&",
    "\ud800",
    "\x00",
    "a\n\n\n\nb",
]


class Tags(HTMLParser):
    """What Telegram would see: the tags in order, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.tags.append("/" + tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_message_carries_its_buttons_and_what_goes_with_it(catalogues: Catalogues) -> None:
    venue, document = Venue("Kulturhuset", "Algade 1", 55.2, 10.4), Document("a.ics", b"BEGIN", "text/calendar")
    message = Message(
        [say("Say {value}", value="hej"), "", "as <written>"],
        ((Button(label("✅ {value}", value="Ida & Bo"), data="y:1", style="yes"),),),
        keyboard="menu",
        venue=venue,
        document=document,
        protect=True,
        silent=True,
    )
    actual = say_in(message, "da", catalogues, NAMES)
    assert actual.text == "Sig hej\n\nas &lt;written&gt;"
    button = actual.buttons[0][0]
    assert (button.text, button.data, button.link, button.style) == ("✅ Ida & Bo", "y:1", "", "yes")
    carried = (actual.keyboard, actual.venue, actual.document, actual.protect, actual.silent, actual.language)
    assert carried == ("menu", venue, document, True, True, "da")


@pytest.mark.parametrize(
    "message",
    [
        Message([say("Say {value}", value="1"), say("Nobody translated this.")]),
        Message([say("Say {value}", value="1"), say("Half done")]),
        Message([say("Say {value}", value=say("Nobody translated this."))]),
        Message([say("Say {value}", value="1")], ((Button(label("Nobody"), data="n"),),)),
        Message([say("Say {value}", value=Word("topic", "chess"))]),
    ],
    ids=["a line", "a fuzzy line", "a text in a text", "a button", "a word of the data"],
)
def test_one_missing_string_puts_the_whole_message_in_english(message: Message, catalogues: Catalogues) -> None:
    actual = say_in(message, "ar", catalogues, NAMES)
    assert actual.language == "en"
    assert actual.text.startswith("Say ")
    assert re.search("[\u0600-\u06ff]", actual.text) is None


def test_an_unknown_language_is_answered_in_english(catalogues: Catalogues) -> None:
    actual = say_in(Message([say("Say {value}", value="1")]), "xx", catalogues, NAMES)
    assert (actual.language, actual.text) == ("en", "Say 1")


def test_english_counts() -> None:
    def said(count: int) -> str:
        return say_plain(say_many("{n} seat is left", "{n} seats are left", count), "en", ENGLISH, NAMES)

    assert [said(0), said(1), said(2)] == ["0 seats are left", "1 seat is left", "2 seats are left"]


def test_an_arabic_line_that_opens_with_latin_letters_is_marked(catalogues: Catalogues) -> None:
    lines: list[Text | str] = [
        say("{value} is near {place}.", value="Madklub", place="Ringe"),
        say("Say {value}", value="Madklub"),
        say("<b>{value}</b>", value="نادي"),
        "",
        "⚽",
        "Vi ses kl. 17!\nنعم.",
    ]
    actual = say_in(Message(lines), "ar", catalogues, NAMES)
    assert actual.text.split("\n") == [
        "\u200f\u2068Madklub\u2069 بالقرب من \u2068Ringe\u2069.",
        "قل \u2068Madklub\u2069",
        "\u200f\u2068<b>نادي</b>\u2069",
        "",
        "⚽",
        "\u200f\u2068Vi ses kl. 17!\u2069",
        "نعم.",
    ]


def test_isolates_stand_outside_the_tags_that_hold_only_a_value(catalogues: Catalogues) -> None:
    actual = say_in(Message([say("<b>{value}</b>", value="17:30")]), "ar", catalogues, NAMES)
    assert actual.text == "\u200f\u2066<b>17:30</b>\u2069"


def test_each_line_of_a_long_value_has_its_own_isolate(catalogues: Catalogues) -> None:
    about = Content({"ar": "سطر\n\nRinge"}, "ar")
    actual = say_in(Message([say("Say {value}", value=about)]), "ar", catalogues, NAMES)
    assert actual.text == "قل \u2068سطر\u2069\n\n\u200f\u2068Ringe\u2069"


def test_a_command_in_arabic_keeps_its_slash_in_front(folder: Path) -> None:
    with (folder / "ar/LC_MESSAGES/bot.po").open("a", encoding="utf-8") as po:
        po.write('\nmsgid "/stop ends it"\nmsgstr "التوقف: /stop في أي وقت"\n')
    actual = say_plain(say("/stop ends it"), "ar", Catalogues.load(folder), NAMES)
    assert actual == "التوقف: \u2066/stop\u2069 في أي وقت"


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("language", ["ar", "da"])
def test_a_hostile_value_is_only_characters(value: str, language: str, catalogues: Catalogues) -> None:
    message = Message([say("<b>{value}</b>", value=value), say("Say {value}", value=Content({"da": value}, "da"))])
    message = Message(message.lines, ((Button(label("✅ {value}", value=value), data="x"),),))
    actual = say_in(message, language, catalogues, NAMES)
    seen = Tags(actual.text)
    assert seen.tags in (["b", "/b"], [])
    assert seen.text.encode("utf-8")
    assert "\u202e" not in actual.text
    shown = re.sub("[\u2066-\u2069\u200f]", "", seen.text)
    assert shown.count(clean(value)) >= 2 or not clean(value)


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_people_write_telegram_can_read_it(first: str, second: str) -> None:
    message = Message([say("<b>{value}</b>", value=first), say("{one} and {two}", one=first, two=second), second])
    actual = say_in(message, "en", ENGLISH, NAMES)
    seen = Tags(actual.text)
    assert seen.tags in (["b", "/b"], [])
    assert html.unescape(re.sub("</?b>", "", actual.text)) == seen.text


def test_five_thousand_characters_are_shortened_to_what_telegram_takes(catalogues: Catalogues) -> None:
    long = "word & " * 800
    lines = [say("<b>{value}</b>", value=long) for _ in range(6)]
    actual = say_in(Message(lines, ((Button(label("✅ {value}", value=long), data="x"),),)), "da", catalogues, NAMES)
    seen = Tags(actual.text)
    assert len(seen.text.encode("utf-16-le")) // 2 <= 4096
    assert seen.tags == ["b", "/b"] * 6
    assert seen.text.count("…") == 6
    assert len(actual.buttons[0][0].text) <= 42
    caption = say_in(Message(lines, document=Document("a", b"", "text/plain")), "da", catalogues, NAMES)
    assert len(Tags(caption.text).text) <= 1024


def test_a_message_of_too_many_lines_loses_its_last_ones(catalogues: Catalogues) -> None:
    actual = say_in(Message(["🙂" * 40 + str(number) for number in range(200)]), "da", catalogues, NAMES)
    assert len(actual.text.encode("utf-16-le")) // 2 <= 4096
    assert actual.text.startswith("🙂" * 39)


def test_a_plain_sentence_has_no_tags_and_no_entities(catalogues: Catalogues) -> None:
    assert say_plain(say("<b>{value}</b>", value="Ida & Bo <3"), "da", catalogues, NAMES) == "Ida & Bo <3"


def test_directions_and_broken_characters_are_cleaned_from_what_people_write() -> None:
    assert clean("a\u202eb\u2066c\u2069\u200fd\ud800\x00e\r\nf\tg\n\n\n\nh") == "abcde\nf g\n\nh"
    assert clean("👨‍👩‍👧 سارة\nRinge") == "👨‍👩‍👧 سارة\nRinge"


def test_finished_lines_are_neither_escaped_nor_shortened() -> None:
    written = "<b>Fællesspisning</b>\n" + "mad " * 300
    said = say_in(Message((Html(written),)), "da", ENGLISH, NAMES)
    assert said.text == written


def test_under_a_picture_stands_a_caption() -> None:
    picture = Media("photo", "file-1")
    said = say_in(Message(["a" * 40] * 40, media=picture), "da", ENGLISH, NAMES)
    assert (said.media, len(said.text) <= 1024) == (picture, True)
