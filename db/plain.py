"""Domain values as plain JSON values and back, exactly.

A frozen dataclass becomes an object of its fields. A field that is None is left out, and a
field that is not there takes its default; every field that may be None has the default None
(checked here), so both say the same. Sets are sorted lists, bytes are base64, an anchor is
``[triangle, b1, b2]``, and the details of a mark carry their ``kind``. The rules come from the
type hints, once for each type.
"""

import dataclasses
import types
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from app.domain.anatomy import Anchor
from app.domain.marks import DETAILS_OF_KIND, Details, MarkKind
from db.column_types import fixed_offset

Plain: TypeAlias = Any
"""What ``json`` makes of a JSON text."""


class Codec(NamedTuple):
    """The two ways of one type. ``None`` for a way that changes nothing."""

    encode: Callable[[Any], Plain] | None
    decode: Callable[[Plain], Any] | None


def to_plain(value: Any) -> Plain:
    """The plain value of a record, a mark's details or anything else that records hold."""
    encode = codec(type(value)).encode
    return value if encode is None else encode(value)


def from_plain(wanted: Any, plain: Plain) -> Any:
    """The value of the type ``wanted`` that ``to_plain`` made ``plain`` of.

    Raises ValueError, TypeError, KeyError or AttributeError where it made no such thing.
    """
    decode = codec(wanted).decode
    return plain if decode is None else decode(plain)


def codec(hint: Any) -> Codec:
    """How values of the type ``hint`` become plain. Raises TypeError for a type unknown here."""
    known = _CODECS.get(hint)
    if known is None:
        known = _CODECS[hint] = _make_codec(hint)
    return known


def _make_codec(hint: Any) -> Codec:
    if hint == Details:
        return Codec(_encode_details, _decode_details)
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _optional(hint)
    if origin is frozenset:
        return Codec(lambda words: sorted(map(str, words)), _members(args[0]))
    if origin is tuple and args[1:] == (...,):
        return _sequence(args[0])
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _fields(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Codec(str, {str(word): word for word in hint}.__getitem__)
    raise TypeError(f"{hint} cannot be stored")


def _optional(hint: Any) -> Codec:
    inner = present(hint)
    if inner is hint:
        raise TypeError(f"{hint} cannot be stored")
    return codec(inner)  # None itself never comes here: it is left out


def present(hint: Any) -> Any:
    """``hint`` without "or None"."""
    kept = [arg for arg in get_args(hint) if arg is not types.NoneType]
    return kept[0] if types.NoneType in get_args(hint) and len(kept) == 1 else hint


def _members(hint: Any) -> Callable[[Plain], Any]:
    decode = codec(hint).decode
    assert decode is not None
    return lambda plain: frozenset(map(decode, plain))


def _sequence(hint: Any) -> Codec:
    encode, decode = codec(hint)
    return Codec(
        list if encode is None else lambda value: list(map(encode, value)),
        tuple if decode is None else lambda plain: tuple(map(decode, plain)),
    )


def _fields(cls: type[Any]) -> Codec:
    hints = get_type_hints(cls)
    fields = [field for field in dataclasses.fields(cls) if field.init]
    codecs = {field.name: codec(hints[field.name]) for field in fields}
    for field in fields:
        if types.NoneType in get_args(hints[field.name]) and field.default is not None:
            raise TypeError(f"{cls.__name__}.{field.name} may be None and has another default")
    encoders = [(name, each.encode) for name, each in codecs.items()]
    decoders = {name: each.decode for name, each in codecs.items()}

    def encode(value: Any) -> Plain:
        plain = {}
        for name, encode_field in encoders:
            field_value = getattr(value, name)
            if field_value is not None:
                plain[name] = field_value if encode_field is None else encode_field(field_value)
        return plain

    def decode(plain: Plain) -> Any:
        values = {}
        for name, field_value in plain.items():
            decode_field = decoders[name]
            values[name] = field_value if decode_field is None else decode_field(field_value)
        return cls(**values)

    return Codec(encode, decode)


def _encode_details(details: Details) -> Plain:
    return {"kind": str(details.kind), **to_plain(details)}


def _decode_details(plain: Plain) -> Details:
    fields = dict(plain)
    details: Details = from_plain(DETAILS_OF_KIND[MarkKind(fields.pop("kind"))], fields)
    return details


def _encode_anchor(anchor: Anchor) -> Plain:
    """Adding 0.0 makes 0.0 of -0.0, which SQLite does not keep in a column of floats."""
    return [anchor.triangle, anchor.b1 + 0.0, anchor.b2 + 0.0]


_CODECS: dict[Any, Codec] = {
    str: Codec(None, None),
    int: Codec(None, None),
    float: Codec(None, None),
    bool: Codec(None, None),
    bytes: Codec(
        lambda content: b64encode(content).decode("ascii"),
        lambda plain: b64decode(plain, validate=True),
    ),
    UUID: Codec(str, UUID),
    date: Codec(date.isoformat, date.fromisoformat),
    datetime: Codec(lambda moment: fixed_offset(moment).isoformat(), datetime.fromisoformat),
    Anchor: Codec(_encode_anchor, lambda plain: Anchor(*plain)),
}
