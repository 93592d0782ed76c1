"""Pictures as DOT with labels: a graph for those who want to go on from there with Graphviz."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from conceptdeck.values import model, network, picture
from conceptdeck.values.diagram import Direction
from conceptdeck.values.picture import Picture
from conceptdeck.values.terms import ENGLISH, Term, Words

__all__ = ["write_gv"]

RANKDIR = {Direction.DOWN: "TB", Direction.UP: "BT", Direction.RIGHT: "LR"}


def write_gv(shown: Picture, words: Words = ENGLISH) -> str:
    """Return a picture as DOT: its nodes, edges and clusters, with generated ids and all texts escaped."""
    import graphviz

    graph = graphviz.Digraph(
        comment=shown.id,
        graph_attr={
            "rankdir": RANKDIR[shown.direction],
            "label": _text(shown.title),
            "labelloc": "t",
            "compound": "true",
        },
        node_attr={"shape": "box", "style": "rounded"},
    )
    _Writer(graph, words).write(shown)
    return str(graph.source)


class _Writer:
    """Write into a graph of the `graphviz` package, numbering nodes and clusters."""

    def __init__(self, graph: Any, words: Words) -> None:
        self.graph = graph
        self.words = words
        self.count = 0

    def write(self, shown: Picture) -> None:
        """Write one picture."""
        match shown:
            case picture.Relations():
                self.relations(shown.nodes, shown.edges)
            case picture.Concept():
                self.concept(shown)
            case picture.Hierarchy():
                self.hierarchy(shown)
            case picture.Categories():
                for category in shown.categories:
                    self.cluster([category.name, category.question], [[node.name] for node in category.members])
            case picture.Flow():
                self.flow(shown)
            case picture.Groups():
                for group in shown.groups:
                    self.bunch(group)
            case picture.Bridge():
                for row in shown.rows:
                    if shown.headings:  # a table: its cells lead nowhere
                        self.node(row)
                    else:
                        self.chain([self.node([text]) for text in row])
            case picture.Poster():
                if shown.connects:
                    self.cluster([shown.heading], [[text] for text in shown.connects])
                self.chain([self.node([step.name, step.headline]) for step in shown.steps])
                for part in shown.parts:
                    self.write(part)

    def relations(self, nodes: Sequence[network.Node], edges: Sequence[network.Edge]) -> dict[str, str]:
        """Write concepts and the relations between them; return the ids of the nodes."""
        ids = {node.id: self.node([node.name, node.role], dashed=node.line is model.Line.DASHED) for node in nodes}
        for edge in edges:
            style = "dashed" if edge.line is model.Line.DASHED else "solid"
            arrow = "normal" if edge.directed else "none"
            self.graph.edge(
                ids[edge.tail], ids[edge.head], label=_text(edge.phrase or ""), style=style, arrowhead=arrow
            )
        return ids

    def concept(self, shown: picture.Concept) -> None:
        """Write one concept and what is around it."""
        centre = self.relations(shown.nodes, shown.edges)[shown.nodes[0].id]
        if shown.layer:
            layer = self.node([shown.layer.role or shown.layer.name])
            self.graph.edge(layer, centre, label=_text(self.words.say(Term.LAYER)), arrowhead="none")
        for example in shown.examples:
            self.graph.edge(centre, self.node([example]), label=_text(self.words.say(Term.EXAMPLES)), arrowhead="none")

    def hierarchy(self, shown: picture.Hierarchy) -> None:
        """Write the levels as clusters, and what the level of the focus supports and relies on."""
        first: list[str] = []
        for level in shown.levels:
            held = [[node.name] for node in level.members]
            held += [[level.stratum.holds]] if level.stratum.holds else []
            first.append(self.cluster([level.stratum.name, level.stratum.does], held)[0])
        self.chain(first, style="invis")
        at = next((i for i, level in enumerate(shown.levels) if any(node.focus for node in level.members)), None)
        for index, level in enumerate(shown.levels):
            if at is not None and index != at and level.stratum.line is model.Line.SOLID:
                term = Term.SUPPORTS if index > at else Term.RELIES_ON
                self.graph.edge(first[at], first[index], label=_text(self.words.say(term)), constraint="false")

    def flow(self, shown: picture.Flow) -> None:
        """Write the layers as clusters, each leading to the next and the last to the goal."""
        first = [self.cluster([layer.name], [[c.name, c.tagline] for c in layer.concepts])[0] for layer in shown.layers]
        goal = [self.node([shown.goal.name, shown.goal.tagline])] if shown.goal else []
        self.chain([*first, *goal])

    def cluster(self, label: Sequence[object], nodes: Sequence[Sequence[object | None]]) -> list[str]:
        """Write a cluster of nodes; return their ids. A cluster without nodes is a node itself."""
        if not nodes:
            return [self.node(label)]
        self.count += 1
        outer = self.graph
        with outer.subgraph(name=f"cluster_{self.count}", graph_attr={"label": _text(*label)}) as inner:
            self.graph = inner
            ids = [self.node(texts) for texts in nodes]
        self.graph = outer
        return ids

    def bunch(self, group: picture.Bunch) -> None:
        """Write a group as a cluster with its concepts, and its parts as clusters within."""
        self.count += 1
        outer = self.graph
        label = {"label": _text(group.name, group.summary)}
        with outer.subgraph(name=f"cluster_{self.count}", graph_attr=label) as self.graph:
            for entry in group.entries:
                self.node([entry.concept.name])
            if group.rest:
                self.node([self.words.counted(Term.AND_MORE, group.rest)])
            if not (group.entries or group.rest or group.parts):
                self.node([group.name])
            for part in group.parts:
                self.bunch(part)
        self.graph = outer

    def chain(self, ids: Sequence[str], **attributes: str) -> None:
        """Write edges from each node to the next."""
        for tail, head in pairwise(ids):
            self.graph.edge(tail, head, **attributes)

    def node(self, texts: Sequence[object | None], *, dashed: bool = False) -> str:
        """Write a node with texts below each other; return its id."""
        self.count += 1
        id_ = f"n{self.count}"
        self.graph.node(id_, label=_text(*texts), style="rounded,dashed" if dashed else "rounded")
        return id_


def _text(*texts: object | None) -> Any:
    r"""Return texts as a label, a line each.

    Graphviz reads escapes such as `\N`, entities such as `&copy;` and markup between `<` and `>`: all are made plain.
    """
    import graphviz

    return graphviz.nohtml(r"\n".join(_escaped(str(text)) for text in texts if text))


def _escaped(text: str) -> str:
    return "".join(_lines(text.replace("\\", "\\\\").replace("&", "&amp;")))


def _lines(text: str) -> Iterator[str]:
    for index, line in enumerate(text.split("\n")):
        yield (r"\n" if index else "") + line
