"""Stories of the integration network's meetings."""
