"""First steps: what happens when in this municipality, told to each newcomer in small pieces at the time it matters."""
