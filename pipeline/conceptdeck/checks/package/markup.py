"""Rules on markup, for parts of every kind: children, their order, values and colours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise

from conceptdeck.checks.package.attributes import KNOWN, NEEDED
from conceptdeck.checks.package.opened import Element, Part
from conceptdeck.checks.package.schema import ATTRIBUTES, MODELS, NAMESPACES, Group, Whole, qualified, shown
from conceptdeck.reading.rules import BAD_COLOUR, BAD_NUMBER
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = ["MARKUP_RULES"]

JUDGED = tuple(f"{{{NAMESPACES[prefix]}}}" for prefix in "ap")
ALTERNATES, CHOICE = qualified("mc:AlternateContent"), qualified("mc:Choice")
MANY = 20_000  # sound sets of attributes that are remembered: a deck repeats some hundreds
HEX = re.compile("[0-9A-Fa-f]{6}")
LANGUAGE = re.compile("([A-Za-z]{2,3}|[xi])(-[A-Za-z0-9]{1,8})*(_tradnl)?|LID[0-9]{1,6}")
SHOWS = qualified("p:sldLst")  # of a custom show: its slides are named as those of the presentation are
SCHEMES = frozenset(qualified(f"a:{tag}") for tag in ("rPr", "defRPr", "endParaRPr"))

Findings = Iterator[Diagnostic]
Children = tuple[str, ...]


def children(part: Part) -> Findings:
    """Find children that their parent may not have, has too often, lacks, or has in the wrong order."""
    if not part.root.tag.startswith(JUDGED):
        return
    if part.make.sound:
        return
    faults = [(element, fault) for element, fault in _families(part) if fault]
    for element, (rule, what) in faults:
        yield part.finding(rule, f"{shown(element.tag)} {what}", element)
    part.make.sound = not faults


def _families(part: Part) -> Iterator[tuple[Element, tuple[Rule, str] | None]]:
    """Yield each element that has a content model, with what is wrong with its children."""
    for tag in part.tags.keys() & MODELS.keys():
        for element in part.tags[tag]:
            parent = element.getparent()
            if parent is None or parent.tag != SHOWS:
                yield element, _fault(tag, _seen(element))


def _seen(element: Element) -> Children:
    """Return the children's names, with the first choice in place of alternatives."""
    names = tuple([child.tag for child in element.iterchildren("*")])  # a list is quicker than a generator here
    if ALTERNATES not in names:
        return names
    found: list[str] = []
    for child in element.iterchildren("*"):
        if child.tag == ALTERNATES:
            choice = child.find(CHOICE)
            found += [inner.tag for inner in choice.iterchildren("*")] if choice is not None else []
        else:
            found.append(child.tag)
    return tuple(found)


CHILD_ORDER = Rule("child-order", "package", ERROR, "children in the wrong order").because("""
    The schema sets the order of elements, and PowerPoint repairs files with another.
""")
UNKNOWN_CHILD = Rule("unknown-child", "package", ERROR, "an element where it may not be").because("""
    The schema does not allow it there; PowerPoint repairs the file.
""")
REPEATED_CHILD = Rule("repeated-child", "package", ERROR, "an element too often").because("""
    The schema allows it once; PowerPoint repairs the file.
""")
MISSING_CHILD = Rule("missing-child", "package", ERROR, "an element without one that it needs").because("""
    The schema asks for it; PowerPoint repairs the file.
""")


@lru_cache(maxsize=4096)
def _fault(parent: str, found: Children) -> tuple[Rule, str] | None:
    """Return code and wording of what is wrong with the children, if anything."""
    model = MODELS[parent]
    places = {tag: number for number, group in enumerate(model) for tag in group.tags}
    known = [tag for tag in found if tag.startswith(JUDGED)]
    for tag in known:
        if tag not in places:
            return UNKNOWN_CHILD, f"may not hold {shown(tag)}"
    counts = Counter(places[tag] for tag in known)
    for number, group in enumerate(model):
        if counts[number] < group.least and len(known) == len(found):
            return MISSING_CHILD, f"lacks {_names(group)}"
        if counts[number] > 1 and not group.many:
            return REPEATED_CHILD, f"holds {counts[number]} of {_names(group)}, one is allowed"
    for one, other in pairwise(known):
        if places[one] > places[other]:
            return CHILD_ORDER, f"holds {shown(other)} after {shown(one)}, it belongs before it"
    return None


def _names(group: Group) -> str:
    return " or ".join(map(shown, group.tags))


def values(part: Part) -> Findings:
    """Find attributes whose values are no numbers, out of range or not among the words allowed."""
    if not part.root.tag.startswith(JUDGED):
        return
    sound = part.deck.sound_attributes
    for tag in part.tags.keys() & ATTRIBUTES.keys():
        for element in part.tags[tag]:
            look = (tag, *element.items())
            if look in sound:
                continue
            faults = list(_value_faults(tag, _attributes(element)))
            for rule, what in faults:
                yield part.finding(rule, f"{shown(tag)} has {what}", element)
            if not faults and len(sound) < MANY:
                sound.add(look)


BAD_VALUE = Rule("bad-value", "package", ERROR, "a word that the attribute may not have").because("""
    Names of preset shapes, theme colours, alignments and the like are fixed lists; PowerPoint repairs files with
    others.
""")


def _value_faults(tag: str, attributes: list[tuple[str, str]]) -> Iterator[tuple[Rule, str]]:
    """Yield rule and wording of what is wrong with each value."""
    allowed = ATTRIBUTES[tag]
    for name, value in attributes:
        rule = allowed.get(name)
        if isinstance(rule, Whole) and not rule.accepts(value):
            yield BAD_NUMBER, f"{name}=“{value[:40]}”, not a whole number from {rule.least} to {rule.most}"
        elif isinstance(rule, frozenset) and value not in rule:
            yield BAD_VALUE, f"{name}=“{value[:40]}”, which is not a word it may have"


def colours(part: Part) -> Findings:
    """Find colours that are not six hexadecimal digits."""
    for element in part.all("a:srgbClr"):
        value = element.get("val", "")
        if not HEX.fullmatch(value):
            yield part.finding(BAD_COLOUR, f"the colour “{value[:40]}” is not six hexadecimal digits", element)


BAD_LANGUAGE_TAG = Rule("bad-language-tag", "package", ERROR, "a language that is none", elsewhere=WARNING).because("""
    Languages of text are BCP 47 tags such as `en-GB`; a few of Office are known besides, such as `es-ES_tradnl`.
""")


def languages(part: Part) -> Findings:
    """Find language tags that are none."""
    sound = {""}
    for tag in SCHEMES & part.tags.keys():
        for element in part.tags[tag]:
            value = element.get("lang", "")
            if value in sound:
                continue
            if LANGUAGE.fullmatch(value):
                sound.add(value)
            else:
                yield part.finding(BAD_LANGUAGE_TAG, f"“{value[:40]}” is not a language tag", element)


MISSING_ATTRIBUTE = Rule(
    "missing-attribute", "package", ERROR, "an element without an attribute that it needs"
).because("""
    The schema asks for it; PowerPoint repairs the file.
""")
UNKNOWN_ATTRIBUTE = Rule(
    "unknown-attribute",
    "package",
    ERROR,
    "an attribute that its element may not have",
).because("""
    The schema does not know it there; PowerPoint repairs the file, or does not open it.
""")


def attributes(part: Part) -> Findings:
    """Find elements that lack attributes, or have some that they may not have."""
    if not part.root.tag.startswith(JUDGED):
        return
    sound = part.deck.sound_names
    for tag in part.tags.keys() & (KNOWN.keys() | NEEDED.keys()):
        for element in part.tags[tag]:
            look = (tag, *element.keys())
            if look in sound:
                continue
            parent = element.getparent()
            if parent is not None and (parent.tag == SHOWS or parent.tag.endswith("}extLst")):
                continue
            faults = list(_name_faults(tag, frozenset(map(str, element.keys()))))
            for rule, what in faults:
                yield part.finding(rule, f"{shown(tag)} {what}", element)
            if not faults and len(sound) < MANY:
                sound.add(look)


def _name_faults(tag: str, names: frozenset[str]) -> Iterator[tuple[Rule, str]]:
    """Yield rule and wording of what is wrong with the names of an element's attributes."""
    for name in sorted(NEEDED.get(tag, frozenset()) - names):
        yield MISSING_ATTRIBUTE, f"lacks {shown(name)}"
    if tag in KNOWN:
        for name in sorted(each for each in names - KNOWN[tag] if not each.startswith("{")):
            yield UNKNOWN_ATTRIBUTE, f"may not have {name[:40]}"


def _attributes(element: Element) -> list[tuple[str, str]]:
    return element.items()  # type: ignore[return-value]  # the stubs also allow bytes, which lxml never returns


MARKUP_RULES: tuple[Callable[[Part], Findings], ...] = (children, values, attributes, colours, languages)
