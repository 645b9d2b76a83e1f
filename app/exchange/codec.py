"""Frozen dataclasses to JSON and back, and the JSON Schema of both, from the type hints alone.

Each codec answers three questions about one type: how a value is written, how it is read
back, and what a schema says of it. Because the three live in one class and the fields come
from the dataclass itself, a field that is added to the domain cannot be forgotten in one of
them. Reading is strict: ``true`` is not 1, ``"1"`` is not 1, and nothing is guessed.
"""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from app.domain.anatomy import Anchor
from app.domain.identity import UUID
from app.domain.marks import DETAILS_OF_KIND, Details, Needle
from app.domain.records import Problem
from app.exchange.misfit import Doubled, Misfit, wrong_type
from app.exchange.plain_codecs import (
    Base64,
    Choice,
    Codec,
    Day,
    Id,
    Moment,
    Number,
    Text,
    WholeNumber,
    YesNo,
)

ADDED_LATER: dict[type[Any], dict[str, Any]] = {
    Needle: {"stay_s": None},
    Problem: {"condition": None, "code": "", "other_treatment": ""},
}
"""Fields that older files do not have, and what is read for them."""


class OrNothing(Codec):
    def __init__(self, inner: Codec) -> None:
        self._inner = inner

    def encode(self, value: Any) -> Any:
        return None if value is None else self._inner.encode(value)

    def decode(self, found: object) -> Any:
        return None if found is None else self._inner.decode(found)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self._inner.schema(), {"type": "null"}]}


class ListOf(Codec):
    def __init__(self, item: Codec) -> None:
        self._item = item

    def encode(self, value: tuple[Any, ...]) -> list[Any]:
        return [self._item.encode(item) for item in value]

    def decode(self, found: object) -> tuple[Any, ...]:
        if not isinstance(found, list):
            raise wrong_type("a list", found)
        values = []
        for position, item in enumerate(found):
            try:
                values.append(self._item.decode(item))
            except Misfit as misfit:
                raise misfit.inside(position) from None
        return tuple(values)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self._item.schema()}


class SetOf(ListOf):
    """A set, written in the order of its words so that the same set is the same bytes."""

    def encode(self, value: frozenset[Any]) -> list[Any]:  # type: ignore[override]
        return sorted(self._item.encode(item) for item in value)

    def decode(self, found: object) -> frozenset[Any]:  # type: ignore[override]
        values = super().decode(found)
        for position, value in enumerate(values):
            if value in values[:position]:
                raise Misfit("is given twice", position)
        return frozenset(values)

    def schema(self) -> dict[str, Any]:
        return {**super().schema(), "uniqueItems": True}


class Row(Codec):
    """A small dataclass written as a list of its fields: an anchor is ``[triangle, b1, b2]``."""

    def __init__(self, made: type[Any]) -> None:
        self._made = made
        self._fields = field_codecs(made)

    def encode(self, value: Any) -> list[Any]:
        return [codec.encode(getattr(value, name)) for name, codec in self._fields.items()]

    def decode(self, found: object) -> Any:
        expected = f"[{', '.join(self._fields)}]"
        if not isinstance(found, list):
            raise wrong_type(f"a list {expected}", found)
        if len(found) != len(self._fields):
            raise Misfit(f"must be a list {expected}")
        values = []
        for position, (codec, item) in enumerate(zip(self._fields.values(), found, strict=True)):
            try:
                values.append(codec.decode(item))
            except Misfit as misfit:
                raise misfit.inside(position) from None
        return self._made(*values)

    def schema(self) -> dict[str, Any]:
        fields = [{"title": name, **codec.schema()} for name, codec in self._fields.items()]
        return {
            "type": "array",
            "prefixItems": fields,
            "minItems": len(fields),
            "maxItems": len(fields),
        }


def whole_object(found: object) -> dict[str, Any]:
    """``found``, where it is an object that gives each of its fields once. Raises Misfit."""
    if isinstance(found, Doubled):
        raise Misfit("this field is given twice", found.field)
    if not isinstance(found, dict):
        raise wrong_type("an object", found)
    return found


class Fields(Codec):
    """An object with exactly the named fields, read into (and written from) a plain dict.

    ``absent``: what is read for fields that older files do not have.
    """

    def __init__(
        self, fields: Mapping[str, Codec], absent: Mapping[str, Any] = MappingProxyType({})
    ) -> None:
        self.fields = fields
        self._absent = absent

    def encode(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {name: codec.encode(value[name]) for name, codec in self.fields.items()}

    def decode(self, found: object) -> dict[str, Any]:
        written = whole_object(found)
        for name in written:
            if name not in self.fields:
                raise Misfit("this field is unknown", name)
        values = {}
        for name, codec in self.fields.items():
            if name not in written:
                if name not in self._absent:
                    raise Misfit("this field is missing", name)
                values[name] = self._absent[name]
                continue
            try:
                values[name] = codec.decode(written[name])
            except Misfit as misfit:
                raise misfit.inside(name) from None
        return values

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": {name: codec.schema() for name, codec in self.fields.items()},
            "required": [name for name in self.fields if name not in self._absent],
            "additionalProperties": False,
        }


class Kinded(Codec):
    """The details of a mark with their kind: ``{"kind": "needle", "diameter_mm": 0.3, ...}``."""

    def __init__(self) -> None:
        self._forms = {str(kind): Fielded(made) for kind, made in DETAILS_OF_KIND.items()}

    def encode(self, value: Any) -> dict[str, Any]:
        kind = str(value.kind)
        return {"kind": kind, **self._forms[kind].encode(value)}

    def decode(self, found: object) -> Any:
        fields = dict(whole_object(found))
        kind = fields.pop("kind", None)
        if not isinstance(kind, str) or kind not in self._forms:
            raise Misfit(f"must be one of: {', '.join(self._forms)}", "kind")
        return self._forms[kind].decode(fields)

    def schema(self) -> dict[str, Any]:
        return {"oneOf": [self._alternative(kind) for kind in self._forms]}

    def _alternative(self, kind: str) -> dict[str, Any]:
        described = self._forms[kind].schema()
        return {
            **described,
            "properties": {"kind": {"const": kind}, **described["properties"]},
            "required": ["kind", *described["required"]],
        }


class Fielded(Codec):
    """A dataclass as an object with all its fields, in their order."""

    def __init__(self, made: type[Any]) -> None:
        self._made = made
        self._object = Fields(field_codecs(made), ADDED_LATER.get(made, {}))

    def encode(self, value: Any) -> dict[str, Any]:
        return self._object.encode({name: getattr(value, name) for name in self._object.fields})

    def decode(self, found: object) -> Any:
        return self._made(**self._object.decode(found))

    def schema(self) -> dict[str, Any]:
        return self._object.schema()


_PLAIN: dict[Any, type[Codec]] = {
    str: Text,
    bool: YesNo,
    int: WholeNumber,
    float: Number,
    bytes: Base64,
    UUID: Id,
    date: Day,
    datetime: Moment,
}


def codec_of(hint: Any) -> Codec:
    """The codec for one type hint. Raises TypeError for a hint that the format has no form for."""
    return _make_codec(hint)


@cache
def _make_codec(hint: Any) -> Codec:
    if hint in _PLAIN:
        return _PLAIN[hint]()
    if hint is Anchor:
        return Row(hint)
    if hint == Details:
        return Kinded()
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Choice(hint)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return Fielded(hint)
    return _codec_of_container(hint)


def _codec_of_container(hint: Any) -> Codec:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType) and NoneType in inner and len(inner) == 2:
        return OrNothing(codec_of(next(arm for arm in inner if arm is not NoneType)))
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        return ListOf(codec_of(inner[0]))
    if origin is frozenset:
        return SetOf(codec_of(inner[0]))
    raise TypeError(f"the chart file has no form for {hint}")


def field_codecs(made: type[Any], without: tuple[str, ...] = ()) -> dict[str, Codec]:
    """The codec of each field of a dataclass, in the order of the fields."""
    hints = get_type_hints(made)
    names = (field.name for field in dataclasses.fields(made))
    return {name: codec_of(hints[name]) for name in names if name not in without}
