"""Relations that are too many to be drawn one by one: their communities, with how many relations join them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from conceptdeck.story.communities import communities, degrees
from conceptdeck.values import model
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.network import Edge, Node
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.text import Text, composed
from conceptdeck.values.value import frozen

__all__ = ["Dense", "Part", "condensed", "dense_finding", "is_dense", "pictured"]

MOST_ON_SLIDES = 400  # relations, on some thirty slides
MOST_IN_PICTURE = 150  # relations, in a picture several pages high
SHOWN = 12  # communities of an overview
FEWEST = 3  # communities that tell more than the busiest concepts do
CLOSE = 0.1  # of all relations that communities hold at the least, if they tell anything
BUSIEST = 8  # concepts of an overview that has too few communities
TIES = 12  # lines of an overview, besides the strongest one of each community
NAMED = 2  # concepts that a community is called by


@frozen
class Part:
    """A community: its concepts, the relations between them, and those that lead from them to others."""

    name: Text
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    leaving: tuple[Edge, ...]


@frozen
class Dense:
    """An overview of relations, a node for each of the largest communities, and all communities."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    parts: tuple[Part, ...]


def is_dense(edges: Sequence[Edge], *, pictured: bool) -> bool:
    """Tell whether relations are too many for slides, or for one picture."""
    return len(edges) > (MOST_IN_PICTURE if pictured else MOST_ON_SLIDES)


def condensed(nodes: Sequence[Node], edges: Sequence[Edge], words: Words) -> Dense:
    """Return an overview of relations: the largest communities stand for their concepts, and counts for relations.

    Where there are hardly any communities, the busiest concepts stand for themselves, and one node for the rest.
    """
    known = {node.id: node for node in nodes}
    found = communities(list(known), edges)
    home = {id_: at for at, each in enumerate(found) for id_ in each}
    within = sum(home[edge.tail] == home[edge.head] for edge in edges)
    if len(found) < FEWEST or within < len(edges) * CLOSE:
        busy = degrees(edges)
        order = sorted(known, key=lambda id_: -busy[id_])
        groups, found = [*([id_] for id_ in order[:BUSIEST]), order[BUSIEST:]], [order]
    else:
        joined = {home[end] for edge in edges if home[edge.tail] != home[edge.head] for end in (edge.tail, edge.head)}
        groups = ([each for at, each in enumerate(found) if at in joined] or found)[:SHOWN]
    groups = [each for each in groups if each]
    overview = tuple(_community(each, known, words) for each in groups)
    return Dense(overview, tuple(_ties(groups, edges)), tuple(_parts(found, known, edges, words)))


def _community(ids: Sequence[str], known: Mapping[str, Node], words: Words) -> Node:
    """Return a community as a node, called by its busiest concepts."""
    focus = any(known[id_].focus for id_ in ids)
    named, left = _named(ids), len(ids) - len(_named(ids))
    role = Text(words.say(Term.AND_MORE, count=left), f"{known[ids[0]].name.key}@more") if left else None
    return Node(id=ids[0], name=_called(named, known, words), role=role, focus=focus, line=model.Line.SOLID)


def _named(ids: Sequence[str]) -> Sequence[str]:
    """Return the concepts that a community is called by: all of a small one, so that never only one is left out."""
    return ids if len(ids) <= NAMED + 1 else ids[:NAMED]


def _called(ids: Sequence[str], known: Mapping[str, Node], words: Words) -> Text:
    names = [known[id_].name for id_ in ids]
    return composed(words.separated(names), *names, key=f"{names[0].key}@community")


def _ties(groups: Sequence[Sequence[str]], edges: Sequence[Edge]) -> Iterator[Edge]:
    """Yield lines between communities with their counts: the strongest of each one first, then the other strong ones.

    Those of equal strength are drawn together or not at all.
    """
    place = {each[0]: at for at, each in enumerate(groups)}
    count = _counted(groups, edges, place)
    strongest = sorted(count.values(), reverse=True)
    least = strongest[TIES] if len(strongest) > TIES else 0
    needed: dict[tuple[str, str], None] = {}
    for id_ in place:
        own = [pair for pair in count if id_ in pair]
        needed |= {max(own, key=lambda pair: count[pair]): None} if own else {}
    others = sorted((pair for pair in count if count[pair] > least), key=lambda pair: -count[pair])
    for one, other in dict.fromkeys((*needed, *others)):
        key = f"relations.{one}-{other}"
        phrase = Text(str(count[one, other]), f"{key}.phrase")
        yield Edge(key=key, tail=one, head=other, phrase=phrase, line=model.Line.SOLID, directed=False)


def _counted(
    groups: Sequence[Sequence[str]], edges: Sequence[Edge], place: Mapping[str, int]
) -> dict[tuple[str, str], int]:
    """Return how many relations join each two communities, in the order of communities."""
    home = {id_: each[0] for each in groups for id_ in each}
    count: Counter[tuple[str, str]] = Counter()
    for edge in edges:
        if edge.tail in home and edge.head in home and home[edge.tail] != home[edge.head]:
            one, other = sorted((home[edge.tail], home[edge.head]), key=lambda id_: place[id_])
            count[one, other] += 1
    return {pair: count[pair] for pair in sorted(count, key=lambda pair: (place[pair[0]], place[pair[1]]))}


def _parts(
    found: Sequence[Sequence[str]], known: Mapping[str, Node], edges: Sequence[Edge], words: Words
) -> Iterator[Part]:
    home = {id_: at for at, each in enumerate(found) for id_ in each}
    inner: list[list[Edge]] = [[] for _ in found]
    leaving: list[list[Edge]] = [[] for _ in found]
    for edge in edges:
        (inner if home[edge.tail] == home[edge.head] else leaving)[home[edge.tail]].append(edge)
    for each, own, away in zip(found, inner, leaving, strict=True):
        nodes = tuple(known[id_] for id_ in each)
        yield Part(_called(_named(each), known, words), nodes, tuple(own), tuple(away))


DENSE_RELATIONS = Rule("dense-relations", "content", WARNING, "more relations than can be drawn one by one").because("""
    Hundreds of relations in one drawing show nothing but lines. So communities of concepts that are closely joined are
    drawn in their place, with the number of relations between them, and on slides the busiest relations of each.
""")


def dense_finding(source: model.Relations, *, pictured: bool) -> Diagnostic:
    """Return the warning that groups of concepts stand for relations."""
    hint = (
        "a diagram of a part of them, named by `elements` or `types`, draws each relation"
        if pictured
        else "what is not drawn is told in the notes; a story may leave `relation-map` out"
    )
    message = (
        f"{len(source.items):,} relations are too many to be drawn one by one: "
        f"groups of closely joined concepts stand for them, with counts"
    )
    return DENSE_RELATIONS.at(message, source.items[0].source.span, hints=(hint,))


def pictured(
    source: model.Relations, nodes: tuple[Node, ...], edges: tuple[Edge, ...], words: Words
) -> tuple[tuple[Node, ...], tuple[Edge, ...], list[Diagnostic]]:
    """Return what a picture shows of relations, and a warning if that is communities."""
    if not is_dense(edges, pictured=True):
        return nodes, edges, []
    dense = condensed(nodes, edges, words)
    return dense.nodes, dense.edges, [dense_finding(source, pictured=True)]
