"""The demo's stories: who does what on the phones and when the clock moves, read from a pack and played in steps."""
