"""Makes the body maps: the mesh that is picked, the cameras and the pictures in `assets/body_maps`.

Run `python -m tools.body_maps`; `docs/how-to/make-the-body-maps.md` explains the stages.
Units everywhere are decimetres. Axes: x grows towards the patient's LEFT, y up, z forward.
"""
