"""What stops a start and what an operator can do about it."""


class StartFault(Exception):
    """Brobot cannot start or go on; the text says what, where and how to mend it."""
