"""What a phone can send besides text: voice notes, photos, stickers and the rest, as Bot API content."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.demo.botapi.records import Json, StoredFile

if TYPE_CHECKING:  # only the type is needed; the world imports this module by way of `phone`
    from bot.demo.botapi.state import World

ABROAD: Json = {"id": 900_000_001, "is_bot": False, "first_name": "Selam"}
HALL = {"latitude": 55.2366, "longitude": 10.4793}
SMALL = b"demo"
"""The bytes of every file a phone sends here: nobody opens them."""


def forwarded(world: World, text: str) -> Json:
    """A text that somebody else wrote."""
    origin = {"type": "user", "sender_user": ABROAD, "date": int(world.now().timestamp()) - 3600}
    return {"text": text, "forward_origin": origin}


def sized(file: StoredFile) -> Json:
    """The ids and the size of a file, as every kind of file shows them."""
    return {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": len(file.content)}


def document(file: StoredFile) -> Json:
    """A file as a document."""
    return {**sized(file), "file_name": file.name, "mime_type": file.mime}


def photo(file: StoredFile) -> list[Json]:
    """A picture in one size; nobody looks at the pixels."""
    return [{**sized(file), "width": 1280, "height": 960}]


def voice(file: StoredFile, duration: int = 4) -> Json:
    """A voice note; the length is told by whoever sends it."""
    return {**sized(file), "duration": duration, "mime_type": file.mime}


def _captioned(content: Json, caption: str) -> Json:
    return {**content, "caption": caption} if caption else content


def _voice(world: World, caption: str) -> Json:
    return _captioned({"voice": voice(world.new_file("voice.oga", "audio/ogg", SMALL))}, caption)


def _photo(world: World, caption: str) -> Json:
    return _captioned({"photo": photo(world.new_file("photo.jpg", "image/jpeg", SMALL))}, caption)


def _document(world: World, caption: str) -> Json:
    return _captioned({"document": document(world.new_file("brev.pdf", "application/pdf", SMALL))}, caption)


def _video(world: World, caption: str) -> Json:
    file = world.new_file("video.mp4", "video/mp4", SMALL)
    return _captioned({"video": {**document(file), "width": 640, "height": 480, "duration": 5}}, caption)


def _audio(world: World, caption: str) -> Json:
    return _captioned({"audio": {**document(world.new_file("song.mp3", "audio/mpeg", SMALL)), "duration": 90}}, caption)


def _animation(world: World, caption: str) -> Json:
    file = world.new_file("wave.mp4", "video/mp4", SMALL)
    moving = {**document(file), "width": 320, "height": 240, "duration": 2}
    return _captioned({"animation": moving, "document": document(file)}, caption)


def _video_note(world: World, _: str) -> Json:
    return {"video_note": {**sized(world.new_file("note.mp4", "video/mp4", SMALL)), "length": 240, "duration": 6}}


def _sticker(world: World, text: str) -> Json:
    sticker = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    file = world.new_file("sticker.webp", "image/webp", SMALL)
    return {"sticker": {**sized(file), **sticker, "emoji": text or "👍"}}


def _contact(_: World, text: str) -> Json:
    return {"contact": {"phone_number": "+4500000000", "first_name": text or "Selam"}}


def _poll(_: World, text: str) -> Json:
    options = [
        {"persistent_id": str(n), "text": word, "voter_count": 0} for n, word in enumerate(("Tirsdag", "Torsdag"))
    ]
    return {
        "poll": {
            "id": "5000000001",
            "question": text or "Tirsdag?",
            "options": options,
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
    }


def _dice(_: World, __: str) -> Json:
    return {"dice": {"emoji": "🎲", "value": 5}}


def _location(_: World, __: str) -> Json:
    return {"location": HALL}


def _venue(_: World, text: str) -> Json:
    venue = {"location": HALL, "title": text or "Ringe Bibliotek", "address": "Algade 40, 5750 Ringe"}
    return {"venue": venue, "location": HALL}


MAKERS: dict[str, Callable[[World, str], Json]] = {
    "voice": _voice,
    "photo": _photo,
    "sticker": _sticker,
    "contact": _contact,
    "poll": _poll,
    "dice": _dice,
    "video": _video,
    "audio": _audio,
    "document": _document,
    "animation": _animation,
    "video_note": _video_note,
    "location": _location,
    "venue": _venue,
}
