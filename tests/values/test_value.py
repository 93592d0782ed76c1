"""Values of the package do all that those of `dataclasses` do: every class is held against what `dataclass` makes."""

import copy
import dataclasses
import inspect
import operator
import pickle
import pkgutil
import re
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from functools import cache, cached_property
from importlib import import_module
from typing import ClassVar, Generic, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

import conceptdeck
from conceptdeck.values import value
from conceptdeck.values.value import frozen, mutable

T = TypeVar("T")
OWN = {"__init__", "__match_args__", "__slots__", "__dict__", "__weakref__", "__dataclass_fields__",
       "__dataclass_params__"}  # fmt: skip


def is_value(kind):
    made = vars(kind).get("__eq__") if isinstance(kind, type) else None
    return getattr(made, "__module__", "") == value.__name__


def modules():
    """Return the names of all modules of the package that may be imported."""
    found = pkgutil.walk_packages(conceptdeck.__path__, "conceptdeck.")
    return [each.name for each in found if not each.name.endswith("__main__")]


@cache
def value_classes():
    """Return every value class that a module of the package holds."""
    found = {}
    for name in modules():
        held = vars(import_module(name)).values()
        found |= {kind: None for kind in held if is_value(kind) and kind.__module__ == name}
    return [*found]


def is_cached(kind):
    return any("__dict__" in vars(each).get("__slots__", ()) for each in kind.__mro__)


def copied(each):
    """Return a field as a class body states it."""
    return field(
        default=each.default, default_factory=each.default_factory, metadata=each.metadata, kw_only=each.kw_only
    )


@cache
def twin(kind):
    """Return the class that `dataclass` makes of the same fields and methods."""
    known = fields(kind)
    inherited = {each.name for base in kind.__mro__[1:] if is_value(base) for each in fields(base)}
    body = {
        name: each
        for name, each in vars(kind).items()
        if name not in OWN
        and name not in {each.name for each in known}
        and getattr(each, "__module__", "") != value.__name__
        and each is not getattr(object, name, None)
    }
    own = [each for each in known if each.name not in inherited or each.name in kind.__annotations__]
    body |= {each.name: copied(each) for each in own} | {"__qualname__": kind.__qualname__}
    bases = tuple(twin(base) if is_value(base) else base for base in kind.__bases__)
    made = type(kind)(kind.__name__, bases, body)
    is_frozen = kind.__dataclass_params__.frozen
    return dataclass(frozen=is_frozen, slots=not is_cached(kind), order="__lt__" in vars(kind))(made)


def outcome(work, /, *given, **named):
    """Return what some work gives, or how it fails."""
    try:
        return work(*given, **named)
    except Exception as error:
        return type(error).__name__, str(error)


def told(work, /, *given, **named):
    """Return the same as a text, for values of two classes, wherever their parts are in memory."""
    return re.sub(r" at 0x\w+", "", repr(outcome(work, *given, **named)))


def some(kind):
    """Return a value for each field that needs one."""
    return {each.name: f"some {each.name}" for each in fields(kind)
            if each.default is MISSING and each.default_factory is MISSING}  # fmt: skip


def every(kind):
    """Return a value for each field."""
    return {each.name: f"every {each.name}" for each in fields(kind)}


def whole(kind):
    """Return a value of words alone, where its class has no say in what they are."""
    return next(each for each in (outcome(kind, **every(kind)), outcome(kind, **some(kind))) if isinstance(each, kind))


def assert_alike(made, likeness):
    """Hold a value class against what `dataclass` makes of it."""
    assert str(inspect.signature(made)) == str(inspect.signature(likeness))
    assert made.__match_args__ == likeness.__match_args__
    assert [*map(described, fields(made))] == [*map(described, fields(likeness))]
    for option in ("init", "repr", "eq", "order", "frozen"):
        assert getattr(made.__dataclass_params__, option) == getattr(likeness.__dataclass_params__, option)
    for named in ({}, some(made), every(made), {"unknown": 1}):
        assert told(made, **named) == told(likeness, **named)
        assert told(made, *named.values()) == told(likeness, *named.values())
    assert told(made, *range(99)) == told(likeness, *range(99))
    if isinstance(outcome(likeness, **some(made)), likeness):
        assert_values_alike(made, likeness)


def described(each):
    return each.name, each.type, each.default, each.default_factory, dict(each.metadata), each.kw_only, each.init


def assert_values_alike(made, likeness):
    """Hold values of a class against those of the class that `dataclass` makes of it."""
    one, other = made(**some(made)), likeness(**some(made))
    assert is_dataclass(one)
    assert one == made(**some(made)) and one != other and one != tuple(some(made).values())
    assert told(hash, one) == told(hash, other)
    assert told(dataclasses.asdict, whole(made)) == told(dataclasses.asdict, whole(likeness))
    assert copy.copy(one) == one and copy.deepcopy(whole(made)) == whole(made)
    assert not hasattr(copy, "replace") or copy.replace(one) == one
    for each in fields(made):
        change = {each.name: "another"}
        assert told(replace, one, **change) == told(replace, other, **change)
        assert outcome(replace, one, **change) != one
    for each in fields(made) if made.__dataclass_params__.frozen else ():
        assert outcome(setattr, one, each.name, 1) == outcome(setattr, other, each.name, 1)
        assert outcome(delattr, one, each.name) == outcome(delattr, other, each.name)
    wrong = "FrozenInstanceError" if made.__dataclass_params__.frozen else "AttributeError"
    assert outcome(setattr, one, "unknown", 1)[0] == outcome(delattr, one, "unknown")[0] == wrong
    assert hasattr(one, "__dict__") == hasattr(other, "__dict__")
    for compare in (operator.lt, operator.le, operator.gt, operator.ge):
        for rest in (some(made), every(made)):
            assert told(compare, one, outcome(made, **rest)) == told(compare, other, outcome(likeness, **rest))


@pytest.mark.parametrize("kind", value_classes(), ids=lambda kind: f"{kind.__module__}.{kind.__qualname__}")
def test_every_value_class_does_what_a_dataclass_does(kind):
    assert_alike(kind, twin(kind))
    assert pickle.loads(pickle.dumps(whole(kind))) == whole(kind)


def test_all_frozen_classes_of_the_package_are_values():
    assert len(value_classes()) > 250
    for name in modules():
        for kind in vars(import_module(name)).values():
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == name and not is_value(kind):
                assert not kind.__dataclass_params__.frozen, kind


# Classes that the package does not have yet


@st.composite
def bodies(draw):
    """Draw the annotations and defaults of a class."""
    names = draw(st.lists(st.sampled_from("abcdefghxyz"), unique=True))
    annotations, body = {}, {}
    for name in names:
        annotations[name] = (
            "ClassVar[int]" if name in "xyz" else draw(st.sampled_from(["int", "list[int]", "ClassVars"]))
        )
        default = draw(st.sampled_from([None, (), "x", [], {}, MISSING, field(), "factory", "kw_only", "both"]))
        if name in "xyz":  # one of the class
            body[name] = ()
        elif default == "factory":
            body[name] = field(default_factory=list)
        elif default == "kw_only":
            body[name] = field(kw_only=True, metadata={"doc": name})
        elif default == "both":
            body[name] = field(kw_only=draw(st.booleans()), default=name)
        elif isinstance(default, dataclasses.Field):
            body[name] = field()
        elif default is not MISSING:
            body[name] = default
    return {"__annotations__": annotations, "__doc__": "A class.", "__qualname__": "Made", **body}


def a_class(body, bases=()):
    return type("Made", bases, {name: copied(each) if isinstance(each, dataclasses.Field) else each
                                for name, each in body.items()})  # fmt: skip


@given(bodies(), bodies(), st.booleans(), st.booleans())
def test_any_class_and_its_heir_do_what_dataclasses_do(body, more, kw_only, order):
    bases = (), ()
    for each in (body, more):
        made = outcome(frozen(kw_only=kw_only, order=order), a_class(each, bases[0]))
        asked = dataclass(frozen=True, slots=True, kw_only=kw_only, order=order)
        likeness = outcome(asked, a_class(each, bases[1]))
        assert isinstance(made, type) == isinstance(likeness, type), (made, likeness)
        if not isinstance(made, type):
            assert made[0] == likeness[0]
            return
        assert_alike(made, likeness)
        bases = (made,), (likeness,)


@frozen(cached=True)
class Circle:
    """A circle that remembers what was computed of it."""

    radius: float

    @cached_property
    def twice(self):
        return [2 * self.radius]


@frozen
class Pair(Generic[T]):
    """Two things of one kind."""

    count: ClassVar[int] = 2

    one: T
    other: T

    def __post_init__(self):
        if self.one == self.other:
            raise ValueError("they are one")


def test_a_value_remembers_what_was_computed_of_it_and_is_frozen_all_the_same():
    circle = Circle(2.0)
    assert circle.twice is circle.twice == [4.0]
    assert circle == Circle(2.0) == pickle.loads(pickle.dumps(circle))
    assert outcome(setattr, circle, "twice", 1)[0] == outcome(setattr, circle, "radius", 1)[0] == "FrozenInstanceError"


@mutable
class Heap:
    """What things are put on."""

    name: str
    things: list = field(default_factory=list)


def test_what_changes_is_changed_and_has_no_hash():
    heap, other = Heap("one"), Heap("one")
    heap.things.append(1)
    heap.name = "another"
    assert (heap.name, heap.things, other.things) == ("another", [1], [])
    assert heap != other and replace(other, name="another", things=[1]) == heap
    assert outcome(hash, heap)[0] == outcome(setattr, heap, "colour", 1)[0].replace("AttributeError", "TypeError")


def test_a_value_may_be_generic_and_judge_itself():
    assert Pair[int](1, 2) == Pair(1, 2)
    with pytest.raises(ValueError, match="they are one"):
        replace(Pair(1, 2), one=2)
    match Pair("a", "b"):
        case Pair(one, other):
            assert (one, other) == ("a", "b")


@pytest.mark.parametrize("option", [{"init": False}, {"repr": False}, {"compare": False}, {"hash": False}])
def test_a_field_that_values_have_no_use_for_is_refused_not_passed_over(option):
    with pytest.raises(TypeError, match=r"Made\.a: "):
        frozen(type("Made", (), {"__annotations__": {"a": "int"}, "a": field(default=1, **option)}))


def test_classes_with_as_many_fields_share_what_is_compiled():
    frozen(a_class({"__annotations__": dict.fromkeys(["a", "b", "c"], "int"), "c": 1}))
    compiled = value._shape.cache_info().misses
    made = frozen(a_class({"__annotations__": dict.fromkeys(["one", "other", "third"], "str"), "third": "x"}))
    assert value._shape.cache_info().misses == compiled
    assert repr(made("a", other="b")) == "Made(one='a', other='b', third='x')"
