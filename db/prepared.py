"""Statements that are run for every gesture, compiled once.

SQLAlchemy takes 0.1 ms to run a small statement, half as long as SQLite needs to put a mark on
the disk. What is run for every mark and every chart is therefore written in Core, compiled
at its first use for the dialect of that connection (a program uses one), and handed to the
driver directly. Column types convert values both ways as they do elsewhere.
"""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Update, Uuid
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from db.column_types import UtcDateTime, text_of_moment

Values: TypeAlias = Mapping[str, Any]
_Process: TypeAlias = Callable[[Any], Any]


class _Compiled(NamedTuple):
    sql: str
    names: list[str]
    """Of the values, in the order in which the driver takes them."""
    given: list[tuple[int, _Process]]
    """The values that must be converted."""
    results: list[tuple[int, _Process]]
    """The columns whose values must be converted."""
    ids: list[int]
    """The columns that hold ids as text."""


class Ids(dict[str | None, UUID | None]):
    """Ids by their text: making one takes a microsecond, and most of them come again."""

    def __missing__(self, text: str | None) -> UUID | None:
        made = self[text] = None if text is None else UUID(int=int(text, 16))
        return made


NONE: Values = MappingProxyType({})
"""For a statement that takes no values."""


class Prepared:
    """A statement whose every value is a ``bindparam``.

    Unlike those of SQLAlchemy, its methods raise the driver's own errors.
    """

    def __init__(self, statement: Select[Any] | Insert | Update | Delete) -> None:
        self._statement = statement
        self._compiled: _Compiled | None = None

    def rows(
        self, connection: Connection, values: Values = NONE, ids: Ids | None = None
    ) -> list[tuple[Any, ...]]:
        """All rows that the statement selects. ``ids`` may be shared by several queries.

        Converted by the column, which takes half as long as by the row.
        """
        cursor, compiled = self._cursor(connection)
        cursor.execute(compiled.sql, _arguments(compiled, values))
        found: list[tuple[Any, ...]] = cursor.fetchall()
        if not compiled.results and not compiled.ids:
            return found
        ids = Ids() if ids is None else ids
        columns: list[Iterable[Any]] = list(zip(*found, strict=True))
        for position, process in compiled.results if columns else ():
            columns[position] = [
                None if each is None else process(each) for each in columns[position]
            ]
        for position in compiled.ids if columns else ():
            columns[position] = map(ids.__getitem__, columns[position])
        return list(zip(*columns, strict=True))

    def run(self, connection: Connection, many: Iterable[Values]) -> None:
        """Runs the statement once for each of ``many`` sets of values."""
        cursor, compiled = self._cursor(connection)
        cursor.executemany(compiled.sql, [_arguments(compiled, values) for values in many])

    def _cursor(self, connection: Connection) -> tuple[Any, _Compiled]:
        if self._compiled is None:
            self._compiled = _compile(self._statement, connection.dialect)
        driver_connection = connection.connection.dbapi_connection
        assert driver_connection is not None
        return driver_connection.cursor(), self._compiled


def _arguments(compiled: _Compiled, values: Values) -> list[Any]:
    arguments = [values[name] for name in compiled.names]
    for position, process in compiled.given:
        if arguments[position] is not None:
            arguments[position] = process(arguments[position])
    return arguments


def _compile(statement: Select[Any] | Insert | Update | Delete, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    names = list(compiled.positiontup or ())
    given: list[tuple[int, _Process]] = []
    for position, name in enumerate(names):
        convert = _converter(dialect, compiled.binds[name].type)
        if convert is not None:
            given.append((position, convert))
    results: list[tuple[int, _Process]] = []
    ids: list[int] = []
    columns = statement.selected_columns if isinstance(statement, Select) else ()
    for position, column in enumerate(columns):
        process = _in(dialect, column.type).result_processor(dialect, None)
        if process is not None and isinstance(column.type, Uuid):
            ids.append(position)
        elif process is not None:
            results.append((position, process))
    return _Compiled(str(compiled), names, given, results, ids)


def _converter(dialect: Dialect, column_type: TypeEngine[Any]) -> _Process | None:
    """What makes a value of this type the driver's. Ids and moments, of which every row has some,
    are spared the functions that SQLAlchemy puts around each value.
    """
    if isinstance(column_type, Uuid):
        return attrgetter("hex")
    if isinstance(column_type, UtcDateTime):
        return text_of_moment
    return _in(dialect, column_type).bind_processor(dialect)


def _in(dialect: Dialect, column_type: TypeEngine[Any]) -> TypeEngine[Any]:
    return column_type.dialect_impl(dialect)
