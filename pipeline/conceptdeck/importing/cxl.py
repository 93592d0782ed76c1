"""Concept maps of CmapTools, as it exports them in CXL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from conceptdeck.importing.decoding import one_line, refusal
from conceptdeck.importing.gathering import MAX_EDGES, Gathered, worded
from conceptdeck.importing.links import is_address
from conceptdeck.importing.markup import Element, attribute, children, line_of, local, parsed, plain_text, text_below
from conceptdeck.importing.rules import TOO_MANY_TO_IMPORT
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.languages import standard_tag
from conceptdeck.values.outline import Edge, Node, Outline
from conceptdeck.values.value import frozen

__all__ = ["read_cxl"]

UNNAMED = "????"  # what CmapTools writes where nobody has typed anything yet
MOST_PHRASES = 4  # in a row, between two concepts


@frozen
class _Lines:
    """The connections of a map: what each thing leads to, in order, and the words of linking phrases by id."""

    ahead: Mapping[str, Sequence[str]]
    phrases: Mapping[str, str]
    lines: Mapping[str, int]
    plain: frozenset[tuple[str, str]]


def read_cxl(data: bytes, path: str) -> Outline:
    """Return what a concept map says; raises Failure if it cannot be read."""
    root = parsed(data, path)
    drawn = next(children(root, "map"), None)
    if local(root) != "cmap" or drawn is None:
        raise refusal("it is not CXL: it has no <map> in <cmap>", path, line_of(root))
    found = Gathered(path)
    resources = _resources(drawn)
    for concept in _listed(drawn, "concept"):
        _concept(concept, resources, found)
    lines = _connections(drawn)
    for id_ in found.nodes:
        for edge in _from(id_, lines, found):
            found.join(edge)
    _loose_phrases(lines, found)
    return replace(found.outline(**_head(root)), focus=_top(found))


def _listed(drawn: Element, kind: str) -> Iterator[Element]:
    for part in children(drawn, f"{kind}-list"):
        yield from children(part, kind)


def _concept(concept: Element, resources: Mapping[str, Sequence[Element]], found: Gathered) -> None:
    """Keep a concept with its comments; what is attached to it is its link, or left over."""
    id_, label = attribute(concept, "id"), _label(concept)
    attached = resources.get(id_, ())
    addresses = [url for each in attached if is_address(url := attribute(each, "resource-url"))]
    short, long = (plain_text(attribute(concept, f"{kind}-comment")) for kind in ("short", "long"))
    for each in attached:
        url = attribute(each, "resource-url")
        if url not in addresses[:1]:
            found.leave("resource", f"{attribute(each, 'label')} {url}".strip(), label, line_of(each))
    node = Node(
        id=id_,
        name=worded(label),
        parent=attribute(concept, "parent-id"),
        detail=worded(short),
        notes=worded(long),
        link=addresses[0] if addresses else "",
        line=line_of(concept),
    )
    found.add(node)


def _label(element: Element) -> str:
    label = one_line(attribute(element, "label"))
    return "" if label == UNNAMED else label


def _resources(drawn: Element) -> Mapping[str, Sequence[Element]]:
    """Return what is attached to each thing."""
    found: dict[str, list[Element]] = {}
    for group in _listed(drawn, "resource-group"):
        found.setdefault(attribute(group, "parent-id"), []).extend(children(group, "resource"))
    return found


def _connections(drawn: Element) -> _Lines:
    """Return the connections of a map; some have no arrowhead, which their appearances tell."""
    ahead: dict[str, list[str]] = {}
    lines: dict[str, int] = {}
    ids: dict[str, tuple[str, str]] = {}
    for each in _listed(drawn, "connection"):
        ends = (attribute(each, "from-id"), attribute(each, "to-id"))
        ahead.setdefault(ends[0], []).append(ends[1])
        lines.setdefault(ends[0], line_of(each))
        ids[attribute(each, "id")] = ends
    phrases = {attribute(each, "id"): _label(each) for each in _listed(drawn, "linking-phrase")}
    plain = {
        ids[id_]
        for each in _listed(drawn, "connection-appearance")
        if attribute(each, "arrowhead") == "no" and (id_ := attribute(each, "id")) in ids
    }
    return _Lines(ahead, phrases, lines, frozenset(plain))


def _from(start: str, lines: _Lines, found: Gathered) -> Iterator[Edge]:
    """Yield an edge to each concept that a concept leads to, straight or over linking phrases."""
    waiting: list[tuple[str, str, tuple[str, ...]]] = []
    waiting += [(start, each, ()) for each in lines.ahead.get(start, ())][::-1]
    steps = 0
    while waiting:
        steps += 1
        if steps > MAX_EDGES:
            raise Failure(
                [TOO_MANY_TO_IMPORT.at("its linking phrases lead to each other in too many ways", Span(found.path))]
            )
        before, each, said = waiting.pop()
        if each in found.nodes:
            phrase = " ".join(filter(None, (lines.phrases[id_] for id_ in said)))
            arrow = bool(said) or (before, each) not in lines.plain
            yield Edge(source=start, target=each, phrase=worded(phrase), arrow=arrow, line=lines.lines.get(start, 0))
        elif each in lines.phrases and each not in said and len(said) < MOST_PHRASES:
            waiting += [(each, after, (*said, each)) for after in lines.ahead.get(each, ())][::-1]


def _top(found: Gathered) -> str:
    """Return the concept from which every other one is reached, if there is just one: what the map explains."""
    ahead: dict[str, list[str]] = {}
    for edge in found.edges:
        ahead.setdefault(edge.source, []).append(edge.target)
    reached = {edge.target for edge in found.edges}
    starts = [id_ for id_ in found.nodes if id_ not in reached]
    waiting, seen = starts[:1], set(starts[:1])
    while waiting:
        new = [each for each in ahead.get(waiting.pop(), ()) if each not in seen]
        seen.update(new)
        waiting += new
    return starts[0] if len(starts) == 1 and len(seen) == len(found.nodes) > 1 else ""


def _loose_phrases(lines: _Lines, found: Gathered) -> None:
    """Note linking phrases that lead from nothing or to nothing."""
    reached = {end for start, ends in lines.ahead.items() for end in ends}
    for id_, label in lines.phrases.items():
        if label and (id_ not in reached or not lines.ahead.get(id_)):
            found.leave("linking phrase without two ends", label)


def _head(root: Element) -> dict[str, object]:
    """Return what a map says of itself."""
    said: dict[str, list[str]] = {}
    for part in children(root, "res-meta"):
        for each in children(part):
            if text := " ".join(text_below(each).split()):
                said.setdefault(local(each), []).append(text)
    return {
        "title": worded(" ".join(said.get("title", [])[:1]).removesuffix(".cmap")),
        "summary": worded("\n".join(said.get("description", []))),
        "author": ", ".join(dict.fromkeys(_people(root))),
        "language": standard_tag(" ".join(said.get("language", [])[:1])) or "",
        "keywords": tuple(word for each in said.get("subject", []) for word in each.split(",")),
    }


def _people(root: Element) -> Iterator[str]:
    """Yield the names of who made a map, without their addresses."""
    for part in children(root, "res-meta"):
        for creator in children(part, "creator"):
            names = [text_below(each) for each in creator.iter() if local(each) == "FN"]
            yield from names or [one_line(creator.text or "")]
