"""Look at regions while they are authored, and pack them for the application."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.anatomy import lines, pack, places, regions, sheets, skin
from tools.anatomy.drawing import AIMS
from tools.anatomy.fields import FieldMaker

BODY_MAPS = Path("assets/body_maps")
MUSCLES, ZONES, PLACES, CHOIR = (
    Path(__file__).parent / name for name in ("muscles", "zones", "places", "choir")
)


def main(arguments: list[str] | None = None) -> int:
    options = _parse(arguments)
    if options.command == "lines":
        lines.write(options.out)
        return 0
    ground = skin.Skin.load(BODY_MAPS)
    gazetteer = places.Gazetteer.load(ground)
    maker = FieldMaker(ground)
    try:
        if options.command == "where":
            for text in options.places:
                print(text, gazetteer.spot(text).points[0].round(3))
        elif options.command == "sheet":
            _draw_sheet(options, gazetteer, maker)
        elif options.command == "build":
            _build(options.out, gazetteer, maker)
            lines.write(options.out)
        else:
            _write_contact_sheets(options.out, gazetteer, maker)
    except (regions.RegionError, places.PlaceError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.anatomy", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    sheet = commands.add_parser("sheet", help="draw muscles, one row of pictures")
    sheet.add_argument("muscles", nargs="+", help="ids; several are drawn into the same pictures")
    sheet.add_argument("--out", type=Path, default=Path("sheet.png"))
    sheet.add_argument("--from", dest="aims", nargs="+", choices=[a.name for a in AIMS])
    sheet.add_argument("--plain", action="store_true", help="without landmarks and numbers")
    sheet.add_argument("--folder", type=Path, default=MUSCLES)
    where = commands.add_parser("where", help="say where places lie, in dm")
    where.add_argument("places", nargs="+")
    build = commands.add_parser("build", help="write what the application reads")
    build.add_argument("--out", type=Path, default=BODY_MAPS)
    drawn = commands.add_parser("lines", help="draw all regions' lines anew, as build does last")
    drawn.add_argument("--out", type=Path, default=BODY_MAPS)
    review = commands.add_parser("review", help="write the sheets for the anatomist who reviews")
    review.add_argument("--out", type=Path, default=Path("docs/anatomy/muscles.pdf"))
    return parser.parse_args(arguments)


def _draw_sheet(
    options: argparse.Namespace, gazetteer: places.Gazetteer, maker: FieldMaker
) -> None:
    known = regions.read_regions(options.folder)
    missing = [name for name in options.muscles if name not in known]
    if missing:
        raise regions.RegionError(f"no such muscle: {', '.join(missing)}")
    laid = [regions.lay(known[name], gazetteer, maker) for name in options.muscles]
    aims = [a for a in AIMS if a.name in (options.aims or ())]
    picture = sheets.Sheet(gazetteer, maker).draw(laid, aims, notes=not options.plain)
    picture.save(options.out)


def _build(folder: Path, gazetteer: places.Gazetteer, maker: FieldMaker) -> None:
    facts = pack.read_catalogue()
    muscles = _lay_muscles(facts, gazetteer, maker)
    arrays = {
        **pack.pack_grid(maker.lattice),
        **pack.pack_mirror(gazetteer.skin.mesh),
        **pack.pack_fields("muscles", [each.field for each in muscles.values()]),
        **pack.pack_fibres(gazetteer.skin, list(muscles.values())),
    }
    described = {"muscles": pack.muscle_entries(facts, muscles)}
    for name, source in (("zones", ZONES), ("places", PLACES), ("choir", CHOIR)):
        laid = [
            regions.lay(each, gazetteer, maker) for each in regions.read_regions(source).values()
        ]
        arrays |= pack.pack_fields(name, [each.field for each in laid])
        described[name] = pack.region_entries(laid)
    pack.write(folder, arrays, described)


def _write_contact_sheets(path: Path, gazetteer: places.Gazetteer, maker: FieldMaker) -> None:
    from tools.anatomy import contact_sheets

    facts = pack.read_catalogue()
    muscles = _lay_muscles(facts, gazetteer, maker)
    entries = pack.muscle_entries(facts, muscles)
    contact_sheets.write(path, entries, muscles, maker, print)


def _lay_muscles(
    facts: list[dict[str, str]], gazetteer: places.Gazetteer, maker: FieldMaker
) -> dict[str, regions.Region]:
    """All muscles of the catalogue by id, in its order."""
    written = regions.read_regions(MUSCLES)
    unlike = {row["id"] for row in facts} ^ written.keys()
    if unlike:
        raise regions.RegionError(f"in the catalogue or on the skin only: {', '.join(unlike)}")
    return {row["id"]: regions.lay(written[row["id"]], gazetteer, maker) for row in facts}


if __name__ == "__main__":
    sys.exit(main())
