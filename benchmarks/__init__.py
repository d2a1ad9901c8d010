"""What was promised in figures, measured anew: `python -m benchmarks NAME… [--json]`."""
