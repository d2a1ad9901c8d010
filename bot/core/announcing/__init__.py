"""Announcements, decided: who is reached, in which language each gets it, when, and whether a text can be sent."""
