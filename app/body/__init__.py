"""The body: one mesh, two figures, the cameras that picture them, and what lies where.

numpy only. Lengths are in decimetres where the mesh speaks (x to the patient's left, y up,
z forward) and in picture pixels where a view speaks (origin top left, y down).
"""
