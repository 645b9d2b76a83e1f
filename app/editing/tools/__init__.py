"""The tools: each turns the pointer's press, move and release into one change.

A tool knows pictures, anchors and the session editor; it knows no widget.
"""
