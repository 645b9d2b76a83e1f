"""The only drawing code: body picture, marks, legend, onto any QPainter.

The screen, SVG for the PDF, and PNG all come from here, so that they cannot differ. QtGui
only, no widgets.
"""
