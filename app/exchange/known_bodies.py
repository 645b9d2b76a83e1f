"""The bodies on which this version of the program can show a mark."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from app.body.atlas import Atlas
from app.domain.anatomy import Body


class KnownBody(NamedTuple):
    """One version of the body: how many triangles its mesh has, and the views of each figure."""

    triangles: int
    views: Mapping[Body, Collection[str]]


KnownBodies = Mapping[str, KnownBody]
"""By body version."""


def known_bodies(atlas: Atlas) -> KnownBodies:
    """The bodies that ``atlas`` holds."""
    views = {body: [view.name for view in atlas.every_view(body)] for body in Body}
    return {atlas.version: KnownBody(len(atlas.mesh.triangles), views)}
