"""The bytes of pictures: kept once under their hash, and never changed.

Hashes are reckoned outside of transactions: of a large file that takes as long as a click may.
"""

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Connection, bindparam, insert, select

from db.prepared import Prepared
from db.tables import picture_file

_IS_KEPT = Prepared(
    select(picture_file.c.sha256).where(picture_file.c.sha256 == bindparam("sha256"))
)
_CONTENT = Prepared(select(picture_file.c.data).where(picture_file.c.sha256 == bindparam("sha256")))
_KEEP = Prepared(insert(picture_file).values(sha256=bindparam("sha256"), data=bindparam("data")))


def digest_of(content: bytes) -> str:
    return sha256(content).hexdigest()


def keep(connection: Connection, digest: str, content: bytes) -> None:
    """Keeps ``content`` within the transaction of ``connection``, unless it is kept already."""
    if not _IS_KEPT.rows(connection, {"sha256": digest}):
        _KEEP.run(connection, [{"sha256": digest, "data": content}])


def read(connection: Connection, digest: str) -> bytes | None:
    """What is kept under ``digest``, whatever it is now; None where nothing is."""
    rows = _CONTENT.rows(connection, {"sha256": digest})
    return bytes(rows[0][0]) if rows else None


def verified(content: bytes | None, digest: str) -> bytes | None:
    """``content`` where it is what was kept, else None: no mark may be seen on another picture."""
    return content if content is not None and digest_of(content) == digest else None


def faults(connection: Connection) -> Iterator[str]:
    """One sentence for each file that is not what its hash says; one after the other, since
    together they may be larger than the memory.
    """
    keys = select(picture_file.c.sha256).order_by(picture_file.c.sha256)
    for (digest,) in connection.execute(keys).all():
        if verified(read(connection, digest), digest) is None:
            yield f"The file of the picture {digest} is not what it was when it was added."
