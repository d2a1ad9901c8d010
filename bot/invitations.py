"""One-time invitations to a role: made, shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from bot.store import colleagues
from bot.store.database import Tx

INVITATION_LASTS = timedelta(days=7)


async def invite(tx: Tx, community: str, role: str, now: datetime, by: int | None = None) -> str:
    """Makes an invitation to a role and gives its token, which is shown once; only its hash is kept."""
    token = secrets.token_urlsafe(16)
    await colleagues.invite(tx, community, hash_of(token), role, now + INVITATION_LASTS, by)
    return token


def hash_of(token: str) -> bytes:
    """What is kept of a token, and what a coordinator's button names an invitation by: 16 bytes."""
    return hashlib.sha256(token.encode()).digest()[:16]
