"""Tests of calendars from elsewhere."""
