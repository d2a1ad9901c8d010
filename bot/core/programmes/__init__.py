"""What programmes decide: whose session is whose, what is missing, when a theme is held again. Pure."""
