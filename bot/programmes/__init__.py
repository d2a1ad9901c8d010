"""Programmes: cohorts that repeat, chosen themes, attendance, what was missed held again, a certificate, trainers."""
