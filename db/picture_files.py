"""The bytes of pictures: kept once under their hash, and never changed."""

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


def keep(connection: Connection, content: bytes) -> str:
    """Keeps ``content`` within the transaction of ``connection``, and gives its hash."""
    digest = sha256(content).hexdigest()
    if not _IS_KEPT.rows(connection, {"sha256": digest}):
        _KEEP.run(connection, [{"sha256": digest, "data": content}])
    return digest


def content(connection: Connection, digest: str) -> bytes | None:
    """The bytes whose hash is ``digest``; None where there are none, or they are others now: marks
    must never be seen on another picture.
    """
    rows = _CONTENT.rows(connection, {"sha256": digest})
    held = bytes(rows[0][0]) if rows else None
    return held if held is not None and sha256(held).hexdigest() == digest else None


def faults(connection: Connection) -> Iterator[str]:
    """One sentence for each file that is not what its hash says; one after the other, since
    together they may be larger than the memory.
    """
    keys = select(picture_file.c.sha256).order_by(picture_file.c.sha256)
    for (digest,) in connection.execute(keys).all():
        if content(connection, digest) is None:
            yield f"The file of the picture {digest} is not what it was when it was added."
