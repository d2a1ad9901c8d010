"""The keys that personal fields are encrypted with: a file of mode 600, outside the database.

Each line of the file is `name base64`: one `lookup` key (for keyed hashes; it never changes, or nobody could be found)
and one or more data keys named by a number, the last of which encrypts. Older ones still decrypt.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class KeyFault(Exception):
    """The key file cannot be used; the text says where, what, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The lookup key and the ciphers by number; `current` encrypts."""

    lookup: bytes
    ciphers: dict[int, AESGCM]
    current: int

    def seal(self, plain: bytes, place: str) -> bytes:
        """AES-256-GCM: key number (1 byte), nonce (12), ciphertext and tag. `place` (table.column) is bound to it."""
        nonce = os.urandom(_NONCE)
        return bytes([self.current]) + nonce + self.ciphers[self.current].encrypt(nonce, plain, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """The plain bytes. Raises KeyFault where no key fits, or the value stood in another column."""
        cipher = self.ciphers.get(sealed[0])
        if cipher is None:
            raise KeyFault(f"{place} was encrypted with key {sealed[0]}, which the key file does not hold.")
        try:
            return cipher.decrypt(sealed[1 : _NONCE + 1], sealed[_NONCE + 1 :], place.encode())
        except InvalidTag as error:
            raise KeyFault(
                f"{place} does not open with this key file. Use the key file that this database was made with."
            ) from error

    def fingerprint(self, value: str) -> bytes:
        """A keyed hash (HMAC-SHA-256, 16 bytes) by which an encrypted value can be found again."""
        return hmac.new(self.lookup, value.encode(), hashlib.sha256).digest()[:16]


def make_keys(path: Path) -> None:
    """Writes a new key file, mode 600; never over one that exists."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{name} {base64.b64encode(secrets.token_bytes(32)).decode()}\n" for name in ("lookup", "1"))
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def read_keys(path: Path) -> Keys:
    """Reads the key file. Raises KeyFault where it is missing, open to others, or not a key file."""
    try:
        status = path.stat()
        lines = path.read_text("ascii").split("\n")
    except FileNotFoundError as error:
        raise KeyFault(
            f"The key file {path} is missing. Put it back from your backup; without it the data is lost."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFault(f"The key file {path} cannot be read: {error}.") from error
    if os.name == "posix" and status.st_mode & 0o077:
        raise KeyFault(f"The key file {path} can be read by others. Mend it with: chmod 600 {path}")
    try:
        keys = {
            name: base64.b64decode(value, validate=True) for name, value in (line.split() for line in lines if line)
        }
        ciphers = {int(name): AESGCM(key) for name, key in keys.items() if name != "lookup"}
        return Keys(keys["lookup"], ciphers, max(ciphers))
    except (ValueError, KeyError) as error:
        raise KeyFault(f"The key file {path} is damaged. Put it back from your backup.") from error
