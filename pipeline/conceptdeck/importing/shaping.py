"""What a file says takes the shape of a map: depth becomes groups, concepts and points, lines become relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from conceptdeck.importing.forest import Forest, planted
from conceptdeck.importing.naming import LONGEST_NAME, Ids, shortened, slug_of
from conceptdeck.importing.plan import PlannedConcept, PlannedGroup, PlannedMap, PlannedRelation
from conceptdeck.importing.points import deeper, point
from conceptdeck.values.outline import NOTHING, Edge, Leftover, Node, Outline, Wording

__all__ = ["shaped"]

STATEMENT = 60  # characters from which on a leaf is rather said of what is above it than a concept
SUMMARY = 140
DESCRIPTION = 260
MOST_NOTES = 19_000  # a map refuses texts of 20,000 characters
SENTENCE_ENDS = (". ", "! ", "? ", "。", "！", "？", "؟ ")


def shaped(outline: Outline, fallback: str) -> PlannedMap:
    """Return the map that an outline makes; one without a title has its root's name, or else `fallback`."""
    return _Shaper(outline, fallback).made()


class _Shaper:
    """Places the nodes of one outline."""

    def __init__(self, outline: Outline, fallback: str) -> None:
        self.outline = outline
        self.forest: Forest = planted(outline)
        self.left: list[Leftover] = list(outline.left)
        top = self.forest.top
        is_rooted = len(top) == 1 and bool(self.forest.children(top[0])) and not top[0].frame
        self.root: Node | None = top[0] if is_rooted else None
        self.branches = self.forest.children(top[0]) if is_rooted else top
        root_name = self.root.name if self.root else NOTHING
        self.grouped = any(len(self.forest.children(each)) > 1 and not each.whole for each in self.branches)
        self.title = outline.title or root_name or (top[0].name if len(top) == 1 else Wording(fallback))
        self.ids = Ids("concept")
        self.group_ids = Ids("group", ("title", "notes", "items"))  # keys of the groups as a whole
        self.concepts: dict[str, PlannedConcept] = {}

    def made(self) -> PlannedMap:
        """Return the map."""
        focus = self._focus()
        groups, loose = self._groups()
        focus = focus or self.concepts.get(self.outline.focus)
        relations = tuple(self._relations())
        related = {end for each in relations for end in (each.source, each.target)}
        orphans = [each for each in loose if each.id not in related and each.id != (focus.id if focus else "")]
        if orphans and (groups or len(self.concepts) > 1):
            groups.append(self._gathered(orphans, groups))
        concepts = tuple(_told_apart(self.concepts, groups))
        sentence, notes = _summary(self.outline)
        return PlannedMap(
            title=_cut(self.title),
            subtitle=self.outline.subtitle,
            core_sentence=sentence,
            cover_meta=self.outline.author,
            cover_notes=self._whole(notes, self.title),
            focus=focus.id if focus else "",
            tags=self.outline.keywords,
            concepts=concepts,
            groups=tuple(groups),
            relations=relations,
            left=tuple(self.left),
        )

    def _focus(self) -> PlannedConcept | None:
        """Return the concept that the map explains, the root; branches that are mere names beside groups are points."""
        if self.root is None:
            return None
        bare = [each for each in self.branches if self._is_bare(each)]
        if len(bare) < len(self.branches):
            self.branches = [each for each in self.branches if not self._is_bare(each)]
            return self._concept(self.root, bare)
        return self._concept(self.root, ())

    def _is_bare(self, node: Node) -> bool:
        """Tell whether a node has nothing but its name, and nothing leads to it."""
        said = node.detail or node.notes or node.traits or node.synonyms or node.whole or self.forest.children(node)
        return not said and node.id not in self.forest.reached

    # --- groups ----------------------------------------------------------------------------------

    def _groups(self) -> tuple[list[PlannedGroup], list[PlannedConcept]]:
        """Return the groups that the branches make, and the concepts that stand outside them."""
        groups: list[PlannedGroup] = []
        loose: list[PlannedConcept] = []
        for node in self.branches:
            if node.frame and node.id not in self.forest.ends and not self._is_group(node):
                self.left.append(Leftover("empty group", node.name.text, line=node.line))
            elif self._is_group(node):
                groups.append(self._group(node, self.forest.height(node) > 1))
            else:
                loose += self._told(node)
        return groups, loose

    def _is_group(self, node: Node) -> bool:
        """Tell whether a branch holds concepts of its own; one with a single leaf or with sentences only has points."""
        kids = self.forest.children(node)
        if node.frame:
            return bool(kids or self.forest.members.get(node.id))
        if not kids or node.whole or all(map(self._is_statement, kids)):
            return False
        return len(kids) > 1 or self.grouped or self.forest.height(node) > 1 or self._is_thing(kids[0])

    def _is_thing(self, node: Node) -> bool:
        """Tell whether a node is more than a few words on what is above it."""
        return node.id in self.forest.ends or bool(node.detail)

    def _group(self, node: Node, may_have_parts: bool) -> PlannedGroup:
        """Return the group that a branch makes, and keep its concepts."""
        concepts: list[PlannedConcept] = []
        parts: list[PlannedGroup] = []
        said: list[Wording] = []
        id_ = self.group_ids.take(node.name, node.id)
        if node.id in self.forest.ends:
            concepts.append(self._concept(replace(node, detail=NOTHING, notes=NOTHING), ()))
        for kid in self.forest.children(node):
            if may_have_parts and (kid.frame or (self.forest.height(kid) > 1 and not kid.whole)):
                parts.append(self._group(kid, may_have_parts=False))
            elif self._is_statement(kid):
                said.append(kid.name)
            else:
                concepts += self._told(kid)
        members = [self._concept(each, ()) for each in self.forest.members.get(node.id, ())]
        summary, notes = _said_of_group(node, said)
        if node.id not in self.forest.ends:
            self._leave_traits(node)
        inside = tuple(dict.fromkeys(each.id for each in (*concepts, *members)))
        return PlannedGroup(
            id=id_,
            name=_cut(node.name),
            summary=summary,
            notes=self._whole(notes, node.name),
            concepts=inside,
            parts=tuple(parts),
        )

    def _gathered(self, orphans: Sequence[PlannedConcept], groups: Sequence[PlannedGroup]) -> PlannedGroup:
        """Return a group of what is in no other, called after what is above all of it."""
        name = self.root.name if self.root else self.title
        return PlannedGroup(id=self.group_ids.take(name), name=_cut(name), concepts=tuple(each.id for each in orphans))

    def _leave_traits(self, node: Node) -> None:
        """Note what a group cannot have."""
        for name, value in (*node.traits, *((("link", node.link),) if node.link not in ("", node.id) else ())):
            self.left.append(Leftover(name, value, node.name.text, node.line))

    def _is_statement(self, node: Node) -> bool:
        """Tell whether a node says something of what is above it, rather than names something."""
        is_leaf = not self.forest.children(node) and node.id not in self.forest.ends and not node.frame
        return is_leaf and not node.detail and len(node.name.text) > STATEMENT

    # --- concepts --------------------------------------------------------------------------------

    def _told(self, node: Node) -> Iterator[PlannedConcept]:
        """Yield the concept that a node makes, then those below it that lines lead to."""
        waiting = [node]
        while waiting:
            each = waiting.pop()
            kids = self.forest.children(each)
            yield self._concept(each, [kid for kid in kids if kid.id not in self.forest.reached])
            waiting += [kid for kid in kids if kid.id in self.forest.reached][::-1]

    def _concept(self, node: Node, below: Sequence[Node]) -> PlannedConcept:
        """Return the concept of a node, with what is below it as points; it is kept under the node's id."""
        if node.id in self.concepts:
            return self.concepts[node.id]
        description, notes = _described(node)
        points, more = self._points(below)
        if len(points) == 1 and not description:  # one thing that is said of it
            description, points = points[0], []
        above = self.forest.nodes.get(node.parent)
        made = PlannedConcept(
            id=self.ids.take(node.name, node.id, self._stem(above)),
            name=_cut(node.name),
            description=description,
            points=tuple(points),
            notes=self._whole(_joined([notes, *more]), node.name),
            link=node.link,
            traits=node.traits,
            synonyms=node.synonyms,
        )
        self.concepts[node.id] = made
        return made

    def _stem(self, above: Node | None) -> str:
        """Return the id of what is above a concept, to tell it from another of the same name."""
        return slug_of(above.name) if above and above is not self.root else ""

    def _points(self, below: Sequence[Node]) -> tuple[list[Wording], list[Wording]]:
        """Return nodes as points, and what is below them as paragraphs for the speaker."""
        points, more = [], []
        for node in below:
            told, is_whole = point(node, self.forest)
            points.append(told)
            if not is_whole:
                more.append(deeper(node, self.forest))
            if node.notes:
                more.append(Wording(f"{node.name.text}: {node.notes.text}"))
            for name, value in node.traits:
                self.left.append(Leftover(name, value, node.name.text, node.line))
        return points, more

    def _whole(self, notes: Wording, of: Wording) -> Wording:
        """Return notes, as much of them as a map may hold; the rest is left over."""
        if len(notes.text) <= MOST_NOTES:
            return notes
        head = notes.text[:MOST_NOTES].rpartition(" ")[0] or notes.text[:MOST_NOTES]
        self.left.append(Leftover("rest of the notes", notes.text[len(head) :], of.text))
        return Wording(head)

    # --- relations -------------------------------------------------------------------------------

    def _relations(self) -> Iterator[PlannedRelation]:
        """Yield each line between two concepts once."""
        seen = set[PlannedRelation]()
        for edge in self.outline.edges:
            ends = [self.concepts.get(end) for end in (edge.source, edge.target)]
            if ends[0] is None or ends[1] is None:
                self.left.append(Leftover("line", self._line(edge), line=edge.line))
                continue
            made = PlannedRelation(
                source=ends[0].id, target=ends[1].id, phrase=edge.phrase, arrow=edge.arrow, dashed=edge.dashed
            )
            if made not in seen:
                seen.add(made)
                yield made

    def _line(self, edge: Edge) -> str:
        """Return a line as a sentence, with a question mark for what it does not lead to."""
        nodes = (self.forest.nodes.get(end) for end in (edge.source, edge.target))
        names = [node.name.text if node else "?" for node in nodes]
        return " ".join(filter(None, (names[0], "–", edge.phrase.text, "→", names[1])))


def _cut(name: Wording) -> Wording:
    """Return a name that a slide can show."""
    return Wording(shortened(name.text), tuple((tag, shortened(text)) for tag, text in name.others))


def _described(node: Node) -> tuple[Wording, Wording]:
    """Return what says in short what a node is, and what its speaker says."""
    is_cut = len(node.name.text) > LONGEST_NAME
    detail = _flat(_joined([node.name, node.detail]) if is_cut else node.detail)
    if detail.others or len(detail.text) <= DESCRIPTION:
        return detail, node.notes
    head = _sentences(detail.text, DESCRIPTION)
    return Wording(head), _joined([Wording(detail.text[len(head) :].strip()) if head else detail, node.notes])


def _flat(wording: Wording) -> Wording:
    return Wording(" ".join(wording.text.split()), tuple((tag, " ".join(text.split())) for tag, text in wording.others))


def _sentences(text: str, most: int) -> str:
    """Return the first sentences of a text that are no longer than `most` together, or none."""
    end = max(text.rfind(each, 0, most) for each in SENTENCE_ENDS)
    return text[: end + 1].strip() if end > 0 else ""


def _said_of_group(node: Node, said: Sequence[Wording]) -> tuple[Wording, Wording]:
    """Return the summary and the notes of a group: its own words, then the sentences below it."""
    texts = [each for each in (_flat(node.detail), *said) if each]
    is_cut = len(node.name.text) > LONGEST_NAME
    summary = next((each for each in texts[:1] if len(each.text) <= SUMMARY), NOTHING)
    rest = texts[1:] if summary else texts
    return summary, _joined([*([node.name] if is_cut else []), *rest, node.notes])


def _summary(outline: Outline) -> tuple[Wording, Wording]:
    """Return the core sentence and the notes of the cover: what a file says of itself."""
    said = _flat(outline.summary)
    if said and len(said.text) <= SUMMARY:
        return said, outline.notes
    return NOTHING, _joined([outline.summary, outline.notes])


def _joined(texts: Iterable[Wording]) -> Wording:
    """Return texts as paragraphs of one."""
    told = [each for each in texts if each]
    tags = dict.fromkeys(tag for each in told for tag, _ in each.others)
    others = tuple(
        (tag, "\n".join(each.in_language(tag) for each in told))
        for tag in tags
        if all(each.in_language(tag) for each in told)
    )
    return Wording("\n".join(each.text for each in told), others)


def _told_apart(concepts: dict[str, PlannedConcept], groups: Sequence[PlannedGroup]) -> Iterator[PlannedConcept]:
    """Yield the concepts; those of one name have that of their group or a number beside it."""
    homes = {id_: group.name for each in groups for group in (each, *each.parts) for id_ in group.concepts}
    taken: dict[str, int] = {}
    for each in concepts.values():
        times = taken[each.name.text] = taken.get(each.name.text, 0) + 1
        if times == 1:
            yield each
            continue
        home = homes.get(each.id, NOTHING)
        name = _within(each.name, home) if home and home.text != each.name.text else NOTHING
        if not name or name.text in taken:
            name = _numbered(each.name, times)
        taken[name.text] = 1
        yield replace(each, name=name)


def _within(name: Wording, home: Wording) -> Wording:
    others = tuple((tag, f"{text} ({home.in_language(tag) or home.text})") for tag, text in name.others)
    return Wording(f"{name.text} ({home.text})", others)


def _numbered(name: Wording, number: int) -> Wording:
    return Wording(f"{name.text} ({number})", tuple((tag, f"{text} ({number})") for tag, text in name.others))
