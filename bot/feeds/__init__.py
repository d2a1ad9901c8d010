"""Calendars from elsewhere: fetched past hostile addresses, read apart from the bot, and told as events."""
