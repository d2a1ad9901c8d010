"""The Bot API as a process of its own."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import aiohttp

from bot.demo.botapi import TOKEN

MODULE = (sys.executable, "-m", "bot.demo.botapi")


async def test_it_prints_its_address_serves_and_ends_when_asked_to(tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    options = ["--no-limits", "--people", "1", "--net", "1-2", "--journal", str(journal)]
    process = await asyncio.create_subprocess_exec(*MODULE, *options, stdout=PIPE, stderr=PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    url = (await process.stdout.readline()).decode().strip()
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{url}/demo/people") as answer:
            [person] = (await answer.json())["people"]
        message = {"chat_id": person["id"], "text": "hej"}
        async with http.post(f"{url}/bot{TOKEN}/sendMessage", json=message) as answer:
            sent = await answer.json()
        poll = asyncio.create_task(http.get(f"{url}/bot{TOKEN}/getUpdates", params={"timeout": 50}))
        await asyncio.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        (await poll).close()

    assert url.startswith("http://127.0.0.1:")
    assert sent["result"]["text"] == "hej"
    assert (await process.wait(), await process.stderr.read()) == (0, b"")
    assert [json.loads(line)["params"] for line in journal.read_text("utf-8").splitlines()] == [message]


async def test_it_serves_this_machine_only() -> None:
    process = await asyncio.create_subprocess_exec(*MODULE, "--host", "0.0.0.0", stdout=PIPE, stderr=PIPE)
    out, err = await process.communicate()

    assert (process.returncode, out) == (2, b"")
    assert err.decode().strip() == "0.0.0.0 is not a loopback address: use 127.0.0.1 or ::1"
