"""Authors regions of the skin (muscles, hazard zones, places) on the body mesh.

Borders are written as text, in terms of named landmarks; see docs/how-to/author-a-muscle.md.
"""
