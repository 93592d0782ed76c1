"""A map as a thesaurus in SKOS, written in Turtle: groups are collections, undirected relations are related."""

from __future__ import annotations

import json
from collections.abc import Iterator

from conceptdeck.reading.short import slugified
from conceptdeck.values.outline import Node, Outline, Wording

__all__ = ["write_skos"]

HEAD = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <#> .
"""


def write_skos(outline: Outline) -> bytes:
    """Return the thesaurus, each text with its language."""
    language = outline.language
    frames = [each for each in outline.nodes if each.frame]
    holders = {each.id for each in frames}
    concepts = [each for each in outline.nodes if not each.frame and (not each.parent or each.parent in holders)]
    known = {each.id for each in concepts}
    scheme = [("a", "skos:ConceptScheme"), *_texts("dct:title", outline.title, language)]
    scheme += _texts("dct:description", outline.summary, language)
    blocks = [_block(":scheme", scheme)]
    for each in concepts:
        facts = [("a", "skos:Concept"), ("skos:inScheme", ":scheme"), *_facts(each, language)]
        related = [
            edge.target for edge in outline.edges if not edge.arrow and not edge.phrase and edge.source == each.id
        ]
        facts += [("skos:related", _name(target)) for target in related if target in known]
        blocks.append(_block(_name(each.id), facts))
    for frame in frames:
        members = [each for each in concepts if frame.id in (each.parent, *each.groups)]
        inner = [each for each in frames if each.parent == frame.id]
        facts = [("a", "skos:Collection"), *_texts("skos:prefLabel", frame.name, language)]
        facts += [("skos:member", _name(each.id)) for each in (*members, *inner)]
        blocks.append(_block(_name(frame.id), facts))
    return "\n".join([HEAD, *blocks]).encode()


def _facts(node: Node, language: str) -> Iterator[tuple[str, str]]:
    """Yield what is said of a concept."""
    yield from _texts("skos:prefLabel", node.name, language)
    yield from _texts("skos:altLabel", node.synonyms, language, ", ")
    yield from _texts("skos:definition", node.detail, language)
    yield from _texts("skos:note", node.notes, language)
    if node.link:
        yield "rdfs:seeAlso", f"<{node.link}>"


def _texts(kind: str, wording: Wording, language: str, joint: str = "") -> Iterator[tuple[str, str]]:
    for tag, text in ((language, wording.text), *wording.others):
        for each in text.split(joint) if joint else [text]:
            if each:
                yield kind, f"{json.dumps(each, ensure_ascii=False)}@{tag}"


def _block(subject: str, facts: list[tuple[str, str]]) -> str:
    return f"{subject} " + " ;\n    ".join(f"{kind} {said}" for kind, said in facts) + " .\n"


def _name(id_: str) -> str:
    """Return the name of a thing in the file: its id, in letters, digits and hyphens."""
    return f":{slugified(id_.replace(':', '-').replace('.', '-'))}"
