"""Associations ready to receive newcomers: shown by town and interest, asked for somebody, and the ways in."""
