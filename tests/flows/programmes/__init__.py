"""Stories of the programmes and the first steps, on both engines."""
