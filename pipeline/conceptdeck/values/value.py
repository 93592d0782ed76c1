"""Value classes: equal if their fields are, frozen or not, and cheap to make.

They do what those of `dataclasses.dataclass(frozen=True, slots=True)` do, and `dataclasses` knows them: `fields`,
`replace` and `is_dataclass` work. But `dataclass` compiles six methods for each class, which was most of what a start
took. Here all classes share their methods, and one constructor is compiled for all that take as many fields, when the
first value is made: a run makes values of a third of the classes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from functools import cache
from inspect import Signature, signature
from itertools import pairwise
from operator import attrgetter
from reprlib import recursive_repr
from types import CodeType, FunctionType
from typing import Any, TypeVar, dataclass_transform, overload

__all__ = ["frozen", "mutable"]

C = TypeVar("C", bound=type)
_FIELDS = "__dataclass_fields__"  # where `dataclasses` looks for them
_OPTIONS = "__dataclass_params__"
_KIND = "_field_type"
_ORDERS: dict[str, Callable[[Any, Any], Any]] = {
    "__lt__": lambda one, other: one < other,
    "__le__": lambda one, other: one <= other,
    "__gt__": lambda one, other: one > other,
    "__ge__": lambda one, other: one >= other,
}


@overload
def frozen(cls: C, /) -> C: ...
@overload
def frozen(*, kw_only: bool = False, order: bool = False, cached: bool = False) -> Callable[[C], C]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: C | None = None, /, *, kw_only: bool = False, order: bool = False, cached: bool = False) -> Any:
    """Make a class of values from its annotations, as `dataclasses.dataclass(frozen=True, slots=True)` does.

    `cached` ones have room for a `cached_property`. Raises TypeError or ValueError for a class that `dataclass` would
    refuse, and for options of a `field` that no value needs: all but `default`, `default_factory`, `metadata` and
    `kw_only`.
    """
    if cls is None:
        return lambda each: _made(each, kw_only, order, cached)
    return _made(cls, kw_only, order, cached)


@dataclass_transform(field_specifiers=(field,))
def mutable(cls: C) -> C:
    """Make a class from its annotations as `dataclasses.dataclass(slots=True)` does: what changes, such as a tool."""
    return _made(cls, changes=True)


def _made(cls: C, kw_only: bool = False, order: bool = False, cached: bool = False, changes: bool = False) -> C:
    """Return the class anew, with slots and the methods of a value, or of what `changes`."""
    own = {each.name: each for each in _own_fields(cls, kw_only)}
    inherited: dict[str, Field[Any]] = {}
    for base in cls.__mro__[:0:-1]:
        inherited |= base.__dict__.get(_FIELDS, {})
    known = inherited | own
    left_out = {"__dict__", "__weakref__", *own}
    namespace = {name: each for name, each in vars(cls).items() if name not in left_out}
    room = ("__dict__",) if cached and not hasattr(cls, _FIELDS) else ()
    namespace["__slots__"] = (*(name for name in own if name not in inherited), *room)
    namespace.setdefault("__match_args__", tuple(name for name, each in known.items() if not each.kw_only))
    methods = _SHARED | ({} if changes else _FROZEN) | _comparing([*known], order)
    for name, method in methods.items():
        if namespace.get(name) is None:
            namespace[name] = method
    if changes:
        namespace["__hash__"] = None
    namespace |= {_FIELDS: known, _OPTIONS: _options(order, changes)}
    made = type(cls)(cls.__name__, cls.__bases__, namespace)
    made.__qualname__ = cls.__qualname__
    if "__init__" not in namespace:
        _construct_later(made, [*known.values()])
    return made


def _own_fields(cls: type, kw_only: bool) -> Iterator[Field[Any]]:
    """Yield the fields that a class adds to those of its bases, or gives another default."""
    for name, kind in cls.__annotations__.items():
        given = cls.__dict__.get(name, MISSING)
        if str(kind).partition("[")[0] in ("ClassVar", "typing.ClassVar"):
            if isinstance(given, Field):
                raise TypeError(f"{cls.__name__}.{name}: a field of the class itself has no options")
            continue
        each: Field[Any] = given if isinstance(given, Field) else field(default=given)
        if not (each.init and each.repr and each.compare and each.hash is None):
            raise TypeError(f"{cls.__name__}.{name}: a value is made, shown and compared by all its fields")
        if each.default is not MISSING and each.default.__class__.__hash__ is None:
            raise ValueError(f"{cls.__name__}.{name}: a default that can change; use default_factory")
        each.name, each.type = name, kind
        setattr(each, _KIND, getattr(_EXAMPLE, _KIND))
        each.kw_only = kw_only if each.kw_only is MISSING else each.kw_only
        yield each


@dataclass(init=False, repr=False, eq=False, match_args=False)
class _Example:
    """A dataclass with one field."""

    one: int


(_EXAMPLE,) = fields(_Example)


@cache
def _options(order: bool, changes: bool) -> Any:
    """Return what `dataclasses` knows about the options of a class."""
    options = copy(getattr(_Example, _OPTIONS))
    options.init = options.repr = options.eq = True
    options.order, options.frozen = order, not changes
    return options


# Constructors -----------------------------------------------------------------------------------------------


class _Factory:
    """Stands for what a `default_factory` makes."""

    def __repr__(self) -> str:
        return "<factory>"


_FACTORY = _Factory()


class _Asked:
    """Answers for the signature of a class, whether it has a constructor yet or not."""

    def __get__(self, value: object, cls: Any) -> Signature:
        """Return the signature of a class."""
        found = signature(getattr(cls.__init__, "constructor", lambda: cls.__init__)())
        return found.replace(parameters=[*found.parameters.values()][1:])


_ASKED = _Asked()


def _construct_later(cls: Any, known: list[Field[Any]]) -> None:
    """Give a class an `__init__` that makes its constructor with the first value."""
    positional = [each for each in known if not each.kw_only]
    for before, each in pairwise(positional):
        if _is_required(each) and not _is_required(before):
            raise TypeError(f"non-default argument {each.name!r} follows default argument")

    def constructor() -> FunctionType:
        return _constructor(cls, positional, [each for each in known if each.kw_only])

    def __init__(self: object, /, *given: Any, **named: Any) -> None:
        cls.__init__ = constructor()
        cls.__init__(self, *given, **named)

    __init__.constructor = constructor  # type: ignore[attr-defined]
    cls.__init__, cls.__signature__ = __init__, _ASKED


def _constructor(cls: type, positional: list[Field[Any]], named: list[Field[Any]]) -> FunctionType:
    """Return the `__init__` of a class: the one of its shape, under the names of its fields."""
    ordered = [*positional, *named]
    factories = tuple(at for at, each in enumerate(ordered) if each.default_factory is not MISSING)
    code = _shape(len(positional), len(ordered), factories, hasattr(cls, "__post_init__"))
    reached: dict[str, Any] = {f"set{at}": getattr(cls, each.name).__set__ for at, each in enumerate(ordered)}
    reached |= {f"make{at}": ordered[at].default_factory for at in factories} | {"FACTORY": _FACTORY}
    defaults = {each.name: _default(each) for each in ordered if not _is_required(each)}
    optional = [each.name for each in positional if each.name in defaults]
    made = FunctionType(
        code.replace(co_varnames=("self", *(each.name for each in ordered))),
        reached,
        "__init__",
        tuple(defaults[name] for name in optional) or None,
    )
    made.__kwdefaults__ = {
        each.name: defaults[each.name] for each in ordered[len(positional) :] if each.name in defaults
    }
    made.__annotations__ = {each.name: each.type for each in ordered} | {"return": None}
    made.__module__, made.__qualname__ = cls.__module__, f"{cls.__qualname__}.__init__"
    return made


@cache
def _shape(positional: int, count: int, factories: tuple[int, ...], post: bool) -> CodeType:
    """Return the code of a constructor with so many fields, of which those after the positional ones have names only.

    It finds by number what sets each field (`set0`), and what makes a default (`make0`).
    """
    names = [f"field{at}" for at in range(count)]
    given = [*names[:positional], *(["*"] if positional < count else []), *names[positional:]]
    lines = [
        f"set{at}(self, make{at}() if {name} is FACTORY else {name})" if at in factories else f"set{at}(self, {name})"
        for at, name in enumerate(names)
    ]
    body = "\n    ".join([*lines, "self.__post_init__()" if post else "return"])
    module = compile(f"def __init__({', '.join(['self', *given])}):\n    {body}", __name__, "exec")
    return next(each for each in module.co_consts if isinstance(each, CodeType))


def _is_required(field: Field[Any]) -> bool:
    """Tell whether a field has no default."""
    return field.default is MISSING and field.default_factory is MISSING


def _default(field: Field[Any]) -> Any:
    """Return what the signature has as the default of a field."""
    return field.default if field.default_factory is MISSING else _FACTORY


# Methods ----------------------------------------------------------------------------------------------------


def _comparing(names: list[str], order: bool) -> dict[str, Any]:
    """Return the methods that compare values of one class by their fields."""
    read = _reader(names)

    def __eq__(self: object, other: object) -> Any:
        return read(self) == read(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:
        return hash(read(self))

    def ordered(compare: Callable[[Any, Any], Any]) -> Callable[[object, object], Any]:
        def method(self: object, other: object) -> Any:
            return compare(read(self), read(other)) if other.__class__ is self.__class__ else NotImplemented

        return method

    orders = {name: ordered(compare) for name, compare in _ORDERS.items()} if order else {}
    return {"__eq__": __eq__, "__hash__": __hash__, **orders}


def _reader(names: list[str]) -> Callable[[object], tuple[Any, ...]]:
    """Return a function that reads fields of a value."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


@recursive_repr()
def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in getattr(self, _FIELDS))
    return f"{self.__class__.__qualname__}({shown})"


def _setattr(self: object, name: str, value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, name) for name in getattr(self, _FIELDS)]


def _setstate(self: Any, state: list[Any]) -> None:
    for name, value in zip(getattr(self, _FIELDS), state, strict=True):
        object.__setattr__(self, name, value)


def _replace(self: Any, /, **changes: Any) -> Any:
    return self.__class__(**{name: getattr(self, name) for name in getattr(self, _FIELDS)} | changes)


_SHARED = {"__repr__": _repr, "__replace__": _replace}
_FROZEN = {
    "__setattr__": _setattr,
    "__delattr__": _delattr,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
}
