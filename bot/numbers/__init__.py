"""Numbers: what is counted by itself, the figures of a quarter and a year that may be shown, and who is counted."""
