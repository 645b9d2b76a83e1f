"""A second program: adds marks to a practice and says so after each one that is saved.

python -m tests.db.writer FOLDER SESSION FIRST COUNT [LARGEST_FILE_IN_BYTES]
"""

import resource
import sys
from pathlib import Path
from uuid import UUID

from app.domain.change import Change
from app.domain.errors import StorageError
from db.practice import open_practice
from tests.db.builders import clock, mark, stamp


def main() -> None:
    folder, session_id, first, count, *limit = sys.argv[1:]
    with open_practice(Path(folder), create=False, clock=clock) as practice:
        held = practice.repository.session(UUID(session_id))
        assert held is not None
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit[0]), resource.RLIM_INFINITY))
        for number in range(int(first), int(first) + int(count)):
            try:
                change = Change.add("Add", mark(held, number, note="x" * 500))
                practice.repository.commit(change, stamp(held.id))
            except StorageError as error:
                print(f"refused: {error}", flush=True)  # noqa: T201
                break
            print(number, flush=True)  # noqa: T201
        if limit:
            resource.setrlimit(
                resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            )
            change = Change.add("Add", mark(held, 1_000_000))
            practice.repository.commit(change, stamp(held.id))
            print(1_000_000, flush=True)  # noqa: T201


main()
