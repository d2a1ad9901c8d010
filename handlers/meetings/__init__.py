"""What can be tapped and written of the integration network's meetings."""
