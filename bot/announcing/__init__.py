"""Announcements: written once by a coordinator, said to each in their language, once."""
