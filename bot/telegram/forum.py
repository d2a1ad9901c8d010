"""The coordinators' group as we write in it: its topics, what is posted and copied there, and what stood in the way."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.i18n import Said
from bot.telegram.bubbles import edit, send
from bot.telegram.errors import changed_nothing
from bot.telegram.lanes import NOTICE
from bot.telegram.pusher import PacedBot

NAME_LONGEST = 128
_THREAD_IS_GONE = ("message thread not found", "topic_id_invalid", "topic_deleted", "topic_not_found")
_ALREADY_SO = "topic_not_modified"
_NO_RIGHTS = ("not enough rights", "chat_admin_required", "chat not found", "not a forum", "topic_closed")


class ThreadGone(Exception):
    """The topic was deleted by hand: it is made anew."""


class GroupGone(Exception):
    """We cannot work in the group any more: thrown out, or our right to manage topics was taken."""


class Refused(Exception):
    """This one thing cannot be said or copied there, today and tomorrow."""


class Unreachable(Exception):
    """Not now: tried again, it may go."""


class GroupMoved(Exception):
    """The group `old` has another id now: `chat`."""

    def __init__(self, old: int, chat: int) -> None:
        super().__init__(f"moved to {chat}")
        self.old, self.chat = old, chat


@dataclass(frozen=True, slots=True)
class Forum:
    """The group `chat`. What stands in the way is raised as ThreadGone, GroupGone, GroupMoved, Refused or
    Unreachable."""

    bot: PacedBot
    chat: int

    async def may_manage(self) -> bool:
        """Whether the group has topics, and we may make and close them."""
        try:
            room = await self.bot.get_chat(self.chat)
            me = await self.bot.get_chat_member(self.chat, self.bot.id)
        except TelegramError as error:
            raise self._understood(error) from error
        return bool(room.is_forum) and bool(getattr(me, "can_manage_topics", False))

    async def open(self, name: str) -> int:
        """Makes a topic and gives its number."""
        try:
            return (await self.bot.create_forum_topic(self.chat, name[:NAME_LONGEST])).message_thread_id
        except TelegramError as error:
            raise self._understood(error) from error

    async def rename(self, thread: int, name: str) -> None:
        await self._quietly(self.bot.edit_forum_topic(self.chat, thread, name=name[:NAME_LONGEST]))

    async def close(self, thread: int) -> None:
        await self._quietly(self.bot.close_forum_topic(self.chat, thread))

    async def reopen(self, thread: int) -> None:
        await self._quietly(self.bot.reopen_forum_topic(self.chat, thread))

    async def delete(self, thread: int) -> None:
        """With all that stands in it; one that is gone already is no fault."""
        try:
            await self._quietly(self.bot.delete_forum_topic(self.chat, thread))
        except ThreadGone:
            return

    async def _quietly(self, call: Awaitable[object]) -> None:
        try:
            await call
        except TelegramError as error:
            if _ALREADY_SO not in str(error).lower():
                raise self._understood(error) from error

    async def post(self, said: Said, thread: int | None = None) -> int:
        """Says something in a topic (None: where the group itself talks) and gives its number."""
        try:
            return await send(self.bot, self.chat, said, (), lane=NOTICE, thread=thread)
        except TelegramError as error:
            raise self._understood(error) from error

    async def edit(self, message: int, said: Said) -> None:
        """Puts it in the place of what we posted; where that is not there any more, nothing is said."""
        try:
            await edit(self.bot, self.chat, message, said, (), anew=False)
        except BadRequest as error:
            if not changed_nothing(error) and "message to edit not found" not in str(error).lower():
                raise self._understood(error) from error
        except TelegramError as error:
            raise self._understood(error) from error

    def _understood(self, error: TelegramError) -> Exception:
        """What an error means for us."""
        text = str(error).lower()
        if isinstance(error, ChatMigrated):
            return GroupMoved(self.chat, error.new_chat_id)
        if isinstance(error, Forbidden) or (isinstance(error, BadRequest) and any(each in text for each in _NO_RIGHTS)):
            return GroupGone(str(error))
        if isinstance(error, BadRequest) and any(each in text for each in _THREAD_IS_GONE):
            return ThreadGone(str(error))
        return Refused(str(error)) if isinstance(error, BadRequest) else Unreachable(str(error))
