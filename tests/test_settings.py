"""Settings: what is wrong is named with an example, and no secret is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import EXAMPLES, Settings, SettingsFault, read_settings

TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz012345"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BROBOT_{name.upper()}", raising=False)


def test_without_any_setting_brobot_speaks_to_telegram_and_keeps_sqlite_under_var() -> None:
    settings = read_settings()
    assert (settings.api_url, settings.database_url) == (
        "https://api.telegram.org",
        "sqlite+aiosqlite:///var/brobot.db",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOKEN", "12:short"),
        ("API_URL", "api.telegram.org"),
        ("DATABASE_URL", "mysql://localhost/brobot"),
        ("WEBHOOK_URL", "ftp://example.dk"),
        ("WEBHOOK_SECRET", "with space"),
        ("LISTEN", "8080"),
        ("LISTEN", "127.0.0.1:99999"),
        ("RATE", "0"),
        ("RATE", "fast"),
        ("CHAT_SECONDS", "-1"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wrong_and_an_example(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"BROBOT_{name}", value)
    with pytest.raises(SettingsFault, match=f"BROBOT_{name}: .+ Example: .+"):
        read_settings()


def test_every_setting_has_an_example() -> None:
    assert set(Settings.model_fields) == set(EXAMPLES)


def test_a_secret_can_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n", encoding="utf-8")
    monkeypatch.setenv("BROBOT_TOKEN_FILE", str(tmp_path / "token"))
    assert read_settings().token.get_secret_value() == TOKEN


def test_a_secret_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBOT_TOKEN_FILE", "nowhere")
    with pytest.raises(SettingsFault, match="BROBOT_TOKEN_FILE names nowhere"):
        read_settings()


def test_a_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBOT_TOKEN", TOKEN)
    assert TOKEN not in repr(read_settings())


@pytest.mark.parametrize(("name", "value"), [("CLOCK_FILE", "clock.json"), ("CHAT_SECONDS", "0")])
def test_what_is_only_for_a_bot_api_on_this_machine_is_refused_for_telegram(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"BROBOT_{name}", value)
    with pytest.raises(SettingsFault, match=f"BROBOT_{name}"):
        read_settings()
    monkeypatch.setenv("BROBOT_API_URL", "http://127.0.0.1:8081")
    assert read_settings().is_loopback


def test_a_webhook_without_its_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBOT_WEBHOOK_URL", "https://brobot.example.dk/telegram")
    with pytest.raises(SettingsFault, match="BROBOT_WEBHOOK_SECRET is missing"):
        read_settings()
