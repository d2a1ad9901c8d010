"""Interpreters: who offers it, who needs one, who is asked in turn, and who is told of what becomes of it."""
