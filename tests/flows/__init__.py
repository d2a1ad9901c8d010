"""Whole stories, through the real bot, the Bot API on loopback and a real database."""
