"""Makes the pictures of the documents from the seeded demo practice: python -m tools.screenshots"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PROGRAM = Path(__file__).resolve().parent.parent
PICTURES = {
    "chart-light.png": ("needle", "light"),
    "chart-dark.png": ("after", "dark"),
}
"""File name: the window that ``main.py screenshot`` knows, and its theme."""


def main() -> None:
    with TemporaryDirectory() as practice:
        run = [sys.executable, str(PROGRAM / "main.py"), "--practice", practice]
        subprocess.run([*run, "demo"], check=True)
        for name, (window, theme) in PICTURES.items():
            out = PROGRAM / "docs" / "screenshots" / name
            subprocess.run(
                [*run, "screenshot", "--window", window, "--theme", theme, "--out", str(out)],
                check=True,
            )
            out.chmod(0o644)


if __name__ == "__main__":
    main()
