"""The room of the review that shows figures over time, and two sessions in figures."""
