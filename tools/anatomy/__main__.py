"""Look at regions while they are authored, and pack them for the application."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.anatomy import muscles, places, sheets, skin
from tools.anatomy.fields import FieldMaker

BODY_MAPS = Path("assets/body_maps")


def main(arguments: list[str] | None = None) -> int:
    options = _parse(arguments)
    ground = skin.Skin.load(BODY_MAPS)
    gazetteer = places.Gazetteer.load(ground)
    maker = FieldMaker(ground)
    try:
        if options.command == "where":
            for text in options.places:
                print(text, gazetteer.spot(text).points[0].round(3))
        else:
            _draw_sheet(options, gazetteer, maker)
    except (muscles.MuscleError, places.PlaceError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.anatomy", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    sheet = commands.add_parser("sheet", help="draw muscles, one row of pictures")
    sheet.add_argument("muscles", nargs="+", help="ids; several are drawn into the same pictures")
    sheet.add_argument("--out", type=Path, default=Path("sheet.png"))
    sheet.add_argument("--from", dest="aims", nargs="+", choices=[a.name for a in sheets.AIMS])
    sheet.add_argument("--plain", action="store_true", help="without landmarks and numbers")
    sheet.add_argument("--folder", type=Path, default=muscles.FOLDER)
    where = commands.add_parser("where", help="say where places lie, in dm")
    where.add_argument("places", nargs="+")
    return parser.parse_args(arguments)


def _draw_sheet(
    options: argparse.Namespace, gazetteer: places.Gazetteer, maker: FieldMaker
) -> None:
    known = muscles.read_muscles(options.folder)
    missing = [name for name in options.muscles if name not in known]
    if missing:
        raise muscles.MuscleError(f"no such muscle: {', '.join(missing)}")
    regions = [muscles.lay(known[name], gazetteer, maker) for name in options.muscles]
    aims = [a for a in sheets.AIMS if a.name in options.aims] if options.aims else None
    picture = sheets.Sheet(gazetteer, maker).draw(regions, aims, notes=not options.plain)
    picture.save(options.out)


if __name__ == "__main__":
    sys.exit(main())
