"""Editing a chart: the one write path, undo, tools and actions. No widgets here."""
