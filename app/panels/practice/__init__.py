"""The page of the whole practice: who needs somebody today, events, needles, and any session."""
