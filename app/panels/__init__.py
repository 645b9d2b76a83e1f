"""The window and its panels: dumb widgets that show values and say what was asked for."""
