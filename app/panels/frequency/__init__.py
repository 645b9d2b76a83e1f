"""The map of "how often": of one patient, and of the whole practice."""
