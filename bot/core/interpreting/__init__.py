"""Interpreters, decided: who suits a task, who is asked next, until when, and when it is said that nobody was found."""
