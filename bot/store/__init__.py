"""The store: tables, queries, and the database they are in."""
