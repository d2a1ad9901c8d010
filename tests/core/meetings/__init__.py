"""What the core decides of the integration network's meetings."""
