"""What a person can tap and say of programmes: taking part, and leading a group."""
