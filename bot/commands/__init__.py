"""The commands of `python -m bot`: a module a family. Each command loads only what it needs, when it runs."""
