"""Keeps watch over a fault of PySide6 6.12.0 on Python 3.11: every call of a void function lost
one reference to None, and after some thousand calls the interpreter aborted.
"""

import subprocess
import sys

CALLS = 20_000

PROGRAM = f"""
import sys
from PySide6.QtGui import QImage, QPainter

image = QImage(8, 8, QImage.Format.Format_ARGB32)
painter = QPainter(image)
before = sys.getrefcount(None)
for _ in range({CALLS}):
    painter.drawRect(1, 1, 4, 4)
lost = before - sys.getrefcount(None)
painter.end()
print(lost)
"""


def test_void_calls_keep_their_reference_to_none() -> None:
    """In a process of its own, since what is looked for ends the process."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert abs(int(done.stdout)) < CALLS // 100
