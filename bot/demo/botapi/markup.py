"""Keyboards as Telegram takes them: inline keyboards, reply keyboards, and what is refused in either."""

from __future__ import annotations

from bot.demo.botapi.errors import bad
from bot.demo.botapi.records import Json

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
INLINE_ACTIONS = {"callback_data", "url", "copy_text"}
INLINE_KEYS = INLINE_ACTIONS | {"text", "style"}
REPLY_KEYS = {"text", "style", "request_location", "request_contact"}
STYLES = {"primary", "success", "danger"}
REPLY_MARKUP_KEYS = {
    "keyboard", "resize_keyboard", "is_persistent", "one_time_keyboard", "input_field_placeholder", "selective",
}  # fmt: skip
LINKS = ("http://", "https://", "tg://", "t.me/")


def checked(markup: object, *, private: bool, inline_only: bool = False) -> Json:
    """The markup as it is kept; `{}` for none. `private` says whether a place may be asked for."""
    if markup in (None, "", {}):
        return {}
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], "inline keyboard")
        kept = [[_inline(button) for button in row] for row in rows if row]
        return {"inline_keyboard": kept} if kept else {}
    if inline_only:
        raise bad("inline keyboard expected")
    if "keyboard" in markup:
        return _reply(markup, private=private)
    if markup.get("remove_keyboard") is True:
        return {"remove_keyboard": True}
    if markup.get("force_reply") is True:
        return {"force_reply": True}
    raise bad("can't parse reply keyboard markup JSON object")


def _rows(rows: object, what: str) -> list[list[Json]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad(f'field "{what.replace(" ", "_")}" of the markup must be an Array of Arrays')
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad("REPLY_MARKUP_TOO_LONG")
    return rows


def _inline(button: object) -> Json:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    _known(button, INLINE_KEYS, "inline keyboard button")
    actions = INLINE_ACTIONS & button.keys()
    if not actions:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad("can't parse inline keyboard button: exactly one optional field must be used")
    data = button.get("callback_data")
    if "callback_data" in actions and not (isinstance(data, str) and 1 <= len(data.encode()) <= 64):
        raise bad("BUTTON_DATA_INVALID")
    if "url" in actions and not str(button["url"]).startswith(LINKS):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    return button


def _reply(markup: Json, *, private: bool) -> Json:
    _known(markup, REPLY_MARKUP_KEYS, "reply keyboard markup")
    rows = _rows(markup["keyboard"], "keyboard")
    if not any(rows):
        raise bad("reply keyboard markup must have at least one button")
    kept = [[_reply_button(button, private=private) for button in row] for row in rows if row]
    return {**markup, "keyboard": kept}


def _reply_button(button: object, *, private: bool) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad('can\'t parse keyboard button: Field "text" must be of type String')
    _known(button, REPLY_KEYS, "keyboard button")
    if button.get("request_location") and not private:
        raise bad("location can be requested in private chats only")
    if button.get("request_contact") and not private:
        raise bad("phone number can be requested in private chats only")
    return button


def _known(given: Json, keys: set[str], what: str) -> None:
    """Telegram overlooks a key it does not know; here it is refused, since it is a slip of the bot's."""
    if unknown := given.keys() - keys:
        raise bad(f'can\'t parse {what}: unknown field "{min(unknown)}"')
    if given.get("style") not in {None, *STYLES}:
        raise bad(f"can't parse {what}: invalid button style specified")
