"""How fast the program is, each figure beside the floor that the machine sets in the same run.

Nothing here is used by the program itself. Practices are made in temporary folders.
"""

from app.bench.run import run_bench

__all__ = ["run_bench"]
