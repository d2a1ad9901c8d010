"""The practical list: small things that a mentor and a mentee do together, in both languages, ticked by either."""
