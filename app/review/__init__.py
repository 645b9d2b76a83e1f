"""Looking back over sessions: the same spot followed, maps compared, figures and their noise.

Pure functions over records and the body. Panels and reports show what they answer.
"""
