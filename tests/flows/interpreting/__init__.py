"""Stories of interpreters: asked in turn, found or not, told of every change."""
