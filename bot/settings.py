"""Every setting, typed, read once: from the environment (BROBOT_…), a `.env`, or the file that BROBOT_…_FILE names."""

from __future__ import annotations

import ipaddress
import os
import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

TELEGRAM = "https://api.telegram.org"
_FILED = ("TOKEN", "DATABASE_URL", "WEBHOOK_SECRET")
_TOKEN = re.compile(r"[0-9]{3,}:[A-Za-z0-9_-]{20,}")

EXAMPLES = {
    "token": "123456789:AA…, as BotFather gave it",
    "api_url": f"{TELEGRAM} or http://127.0.0.1:8081",
    "database_url": "sqlite+aiosqlite:///var/brobot.db or postgresql+asyncpg://brobot:secret@localhost/brobot",
    "key_file": "var/brobot.key",
    "webhook_url": "https://brobot.example.dk/telegram",
    "webhook_secret": "1 to 256 letters, digits, _ and -",
    "public_url": "https://brobot.example.dk",
    "listen": "127.0.0.1:8080",
    "community": "faaborg-midtfyn",
    "rate": "30",
    "chat_seconds": "1",
    "log_level": "INFO",
    "inner_feeds": "true",
    "clock_file": "var/demo/clock.json (the demo only)",
}


class SettingsFault(Exception):
    """A setting is wrong; the text names it, says what is wrong and gives an example."""


def _strip(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_strip)]


class Settings(BaseSettings):
    """The settings of one running Brobot. The field's name in capitals after BROBOT_ is the variable's."""

    model_config = SettingsConfigDict(env_prefix="BROBOT_", env_file=".env", extra="ignore", frozen=True)

    token: Annotated[SecretStr, Field(description="The bot's token from BotFather.")] = SecretStr("")
    api_url: Annotated[Text, Field(description="Where the Bot API is.")] = TELEGRAM
    database_url: Annotated[Text, Field(description="SQLite by default; PostgreSQL for many machines.")] = (
        "sqlite+aiosqlite:///var/brobot.db"
    )
    key_file: Annotated[Path, Field(description="The keys that personal fields are encrypted with.")] = Path(
        "var/brobot.key"
    )
    webhook_url: Annotated[Text, Field(description="Where Telegram shall send updates; empty: we poll.")] = ""
    webhook_secret: Annotated[SecretStr, Field(description="Telegram shows it with each update.")] = SecretStr("")
    listen: Annotated[Text, Field(description="Host and port of the webhook, health and metrics.")] = "127.0.0.1:8080"
    public_url: Annotated[Text, Field(description="Where people reach the web server; for calendar links.")] = ""
    community: Annotated[Text, Field(description="The pack in data/communities.")] = "faaborg-midtfyn"
    rate: Annotated[float, Field(ge=1, le=10_000, description="Messages a second that Telegram allows.")] = 30.0
    chat_seconds: Annotated[
        float, Field(ge=0, le=60, description="Seconds between two messages in one chat; less than 1 on loopback only.")
    ] = 1.0
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(lambda value: str(value).strip().upper())
    ] = "INFO"
    inner_feeds: Annotated[bool, Field(description="Calendars may be fetched from our own network too.")] = False
    clock_file: Annotated[Path | None, Field(description="A moved clock; for a Bot API on loopback only.")] = None

    @field_validator("api_url", "webhook_url", "public_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("is not an address that begins with https:// or http://")
        return value.rstrip("/")

    @field_validator("listen")
    @classmethod
    def _is_host_and_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or int(port) > 65_535:
            raise ValueError("is not a host and a port")
        return value

    @field_validator("token")
    @classmethod
    def _is_token(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not _TOKEN.fullmatch(value.get_secret_value().strip()):
            raise ValueError("is not a token: numbers, a colon, and at least 20 letters and digits")
        return SecretStr(value.get_secret_value().strip())

    @field_validator("webhook_secret")
    @classmethod
    def _is_secret(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", value.get_secret_value()):
            raise ValueError("may hold letters, digits, _ and - only, at most 256")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: str) -> str:
        if not value.startswith(("sqlite+aiosqlite:", "postgresql+asyncpg:")):
            raise ValueError("names neither sqlite+aiosqlite nor postgresql+asyncpg")
        return value

    @property
    def is_loopback(self) -> bool:
        """Whether the Bot API is on this machine, and so not Telegram."""
        return is_here(self.api_url)


def is_here(address: str) -> bool:
    """Whether an address leads to this machine."""
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_settings(**given: object) -> Settings:
    """The settings, what is `given` first. Raises SettingsFault for the first wrong one."""
    try:
        settings = Settings(**{**_from_files(), **given})  # type: ignore[arg-type] # checked by pydantic
    except ValidationError as error:
        raise SettingsFault("\n".join(_say(dict(fault)) for fault in error.errors())) from None
    if settings.clock_file and not settings.is_loopback:
        raise SettingsFault(
            "BROBOT_CLOCK_FILE moves the clock, which only a Bot API on this machine may see. "
            "Remove it, or set BROBOT_API_URL to an address such as http://127.0.0.1:8081."
        )
    if settings.chat_seconds < 1 and not settings.is_loopback:
        raise SettingsFault("BROBOT_CHAT_SECONDS is below 1, which only a Bot API on this machine may see. Example: 1")
    if settings.webhook_url and not settings.webhook_secret.get_secret_value():
        raise SettingsFault(
            "BROBOT_WEBHOOK_SECRET is missing: without it anyone could speak as Telegram. "
            f"Set it to {EXAMPLES['webhook_secret']}."
        )
    return settings


def _from_files() -> dict[str, str]:
    found = {}
    for name in _FILED:
        path = os.environ.get(f"BROBOT_{name}_FILE")
        if path:
            try:
                found[name.lower()] = Path(path).read_text("utf-8").strip()
            except OSError as error:
                raise SettingsFault(
                    f"BROBOT_{name}_FILE names {path}, which cannot be read: {error.strerror}."
                ) from None
    return found


def _say(fault: dict[str, object]) -> str:
    location = fault["loc"]
    assert isinstance(location, tuple)
    name = str(location[0])
    what = str(fault["msg"]).removeprefix("Value error, ")
    return f"BROBOT_{name.upper()}: {what}. Example: {EXAMPLES.get(name, '')}"
