"""Thesauri in SKOS, and hierarchies of classes, in any form of RDF; the only door to its parser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from conceptdeck.importing.decoding import MAX_CHARACTERS, refusal
from conceptdeck.importing.gathering import MAX_NODES, Gathered, worded
from conceptdeck.importing.links import is_address
from conceptdeck.importing.rules import EXTRA_MISSING, TOO_MANY_TO_IMPORT
from conceptdeck.importing.triples import Fact, Facts, Term
from conceptdeck.importing.words import word
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.languages import standard_tag
from conceptdeck.values.outline import NOTHING, Edge, Node, Outline, Wording
from conceptdeck.values.regex import regex

__all__ = ["read_skos"]

MAX_FACTS = 200_000
MAX_ENTITIES, MAX_ENTITY = 100, 200
TYPES = ("skos:Concept", "owl:Class", "rdfs:Class")
NAMES_OF_TYPES = ("core#Concept", "owl#Class", "rdf-schema#Class")
LABELS = ("skos:prefLabel", "rdfs:label", "dcterms:title", "dc:title")
BROADER = ("skos:broader", "skos:broaderGeneric", "skos:broaderPartitive", "rdfs:subClassOf")
DETAILS = ("skos:definition", "dcterms:description", "rdfs:comment", "skos:scopeNote")
NOTES = ("skos:scopeNote", "skos:note", "skos:example", "skos:historyNote", "skos:editorialNote", "skos:changeNote")
MATCHES = ("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")
PAGES = ("rdfs:seeAlso", "foaf:page", "foaf:homepage")
ENTITY = regex(rb"<!ENTITY\s+([\w.-]+)\s+(?:\"([^\"]*)\"|'([^']*)')\s*>")
DECLARED = regex(rb"<!\s*ENTITY")
XML = regex(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!DOCTYPE|!--|(?:\w+:)?RDF[\s>])")
JSON = regex(rb"(?:\xef\xbb\xbf)?\s*[{\[]\s*[\"{\]}]")


def read_skos(data: bytes, path: str) -> Outline:
    """Return what a thesaurus says; raises Failure if it cannot be read, or has more than a map can hold."""
    facts = Facts(_facts(data, path))
    concepts = _concepts(facts)
    language = _language(concepts, facts)
    found = Gathered(path)
    parents = _parents(concepts, facts)
    holders = {above for each in parents.values() for above in each if not parents.get(above)}
    for concept in concepts:
        _keep(concept, parents.get(concept, []), language, facts, found)
        also = tuple(above for above in parents.get(concept, [])[1:] if above in holders)
        found.change(concept, groups=also)
    for collection in facts.subjects("skos:Collection", "skos:OrderedCollection"):
        _collection(collection, language, facts, found)
    _edges(concepts, parents, language, facts, found)
    scheme = next(iter(facts.subjects("skos:ConceptScheme", "owl:Ontology")), None)
    head = {} if scheme is None else {
        "title": _wording(facts.texts(scheme, *LABELS), language),
        "summary": _wording(facts.texts(scheme, "dcterms:description", "dc:description", *DETAILS), language),
        "author": ", ".join(dict.fromkeys(each.text for each in facts.texts(scheme, "dcterms:creator", "dc:creator"))),
    }  # fmt: skip
    return found.outline(**head, language=language)


# --- the parser ----------------------------------------------------------------------------------


def _facts(data: bytes, path: str) -> Iterator[Fact]:
    """Yield the facts of a file in its order."""
    try:
        import pyoxigraph as ox
    except ImportError as error:
        hints = ('install it: pip install "conceptdeck[rdf]"', "or save the thesaurus as CSV and import that")
        message = "RDF is read by the library pyoxigraph, which is not installed"
        raise Failure([EXTRA_MISSING.at(message, Span(path), hints=hints)]) from error
    form = ox.RdfFormat.TURTLE
    if XML.match(data):
        form = ox.RdfFormat.RDF_XML
        _check_entities(data, path)
    elif JSON.match(data):
        form = ox.RdfFormat.JSON_LD
    try:
        yield from _counted(ox.parse(data, format=form, base_iri="file:"), path)
    except (SyntaxError, ValueError, OSError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise refusal(f"it is not RDF from here on: {getattr(error, 'msg', '') or error}", path, line) from error


def _counted(quads: Iterable[Any], path: str) -> Iterator[Fact]:
    """Yield what a parser finds; raises Failure once it is more than a map can hold."""
    concepts = 0
    for count, quad in enumerate(quads):
        text = str(getattr(quad.object, "value", ""))
        concepts += text.endswith(NAMES_OF_TYPES)
        if count >= MAX_FACTS or concepts > MAX_NODES:
            what = f"{MAX_NODES:,} concepts" if count < MAX_FACTS else f"{MAX_FACTS:,} statements"
            raise Failure([TOO_MANY_TO_IMPORT.at(f"the file has more than {what}", Span(path))])
        tag = standard_tag(getattr(quad.object, "language", None) or "") or ""
        said = Term(text, tag, type(quad.object).__name__ == "Literal")
        yield Fact(str(getattr(quad.subject, "value", "")), str(quad.predicate.value), said)


def _check_entities(data: bytes, path: str) -> None:
    """Raise Failure if a file declares entities that are more than short names of vocabularies."""
    values = {match[1]: match[2] or match[3] or b"" for match in ENTITY.finditer(data)}
    few = len(values) <= MAX_ENTITIES and len(DECLARED.findall(data)) == len(values)
    plain = few and all(len(value) <= MAX_ENTITY and b"&" not in value for value in values.values())
    if not plain or sum(len(value) * data.count(b"&%b;" % name) for name, value in values.items()) > MAX_CHARACTERS:
        raise refusal("it declares entities that are more than short names", path, 1)


# --- concepts ------------------------------------------------------------------------------------


def _concepts(facts: Facts) -> list[str]:
    """Return what is a concept or a class and has a name, in the order of the file."""
    listed = facts.subjects(*TYPES)
    named = facts.having("skos:prefLabel") if not listed else ()
    groups = set(facts.subjects("skos:Collection", "skos:OrderedCollection", "skos:ConceptScheme"))
    return [each for each in dict.fromkeys((*listed, *named)) if each not in groups and facts.texts(each, *LABELS)]


def _language(concepts: Iterable[str], facts: Facts) -> str:
    """Return the language that most concepts have names in; of several with as many, English or else the first."""
    counts: dict[str, int] = {}
    for concept in concepts:
        for tag in {each.language for each in facts.texts(concept, *LABELS[:2])}:
            counts[tag] = counts.get(tag, 0) + 1
    most = max(counts.values(), default=0)
    best = [tag for tag, count in counts.items() if 10 * count >= 9 * most]
    return next(
        (tag for tag in best if tag.partition("-")[0] == "en"), max(best, key=lambda tag: counts[tag], default="")
    )


def _wording(texts: Iterable[Term], language: str, joint: str = "") -> Wording:
    """Return texts by language as one; of several in one language the first, or all with a `joint`."""
    said: dict[str, str] = {}
    for each in texts:
        if each.language not in said:
            said[each.language] = each.text
        elif joint and each.text not in said[each.language].split(joint):
            said[each.language] += joint + each.text
    main = language if language in said else next((tag for tag in ("en", "", *said) if tag in said), "")
    others = tuple((tag, text) for tag, text in said.items() if tag not in ("", main))
    return Wording(said.get(main, ""), others)


def _keep(concept: str, parents: list[str], language: str, facts: Facts, found: Gathered) -> None:
    """Keep a concept with its texts; its parent is the first broader one."""
    detail = next((said for kind in DETAILS if (said := _wording(facts.texts(concept, kind), language))), NOTHING)
    notes = _wording(facts.texts(concept, *NOTES), language, "\n")
    page = next((each for kind in PAGES for each in facts.objects(concept, kind) if is_address(each)), "")
    node = Node(
        id=concept,
        name=_wording(facts.texts(concept, *LABELS), language),
        parent=parents[0] if parents else "",
        detail=detail,
        notes=NOTHING if notes.text == detail.text else notes,
        link=page or (concept if is_address(concept) else ""),
        traits=tuple(("Notation", each.text) for each in facts.texts(concept, "skos:notation")),
        synonyms=_wording(facts.texts(concept, "skos:altLabel"), language, ", "),
    )
    found.add(node)
    for kind in MATCHES:
        for each in facts.objects(concept, kind):
            found.leave(kind.partition(":")[2], each, node.name.text)


def _parents(concepts: Iterable[str], facts: Facts) -> dict[str, list[str]]:
    """Return the broader concepts of each one, however the file says so."""
    known = dict.fromkeys(concepts)
    found: dict[str, dict[str, None]] = {}
    for concept in known:
        for kind in BROADER:
            found.setdefault(concept, {}).update(dict.fromkeys(facts.objects(concept, kind)))
        for narrower in facts.objects(concept, "skos:narrower"):
            found.setdefault(narrower, {})[concept] = None
    return {each: [above for above in parents if above in known and above != each] for each, parents in found.items()}


def _collection(collection: str, language: str, facts: Facts, found: Gathered) -> None:
    """Keep a collection as a frame around its members."""
    node = found.add(Node(id=collection, name=_wording(facts.texts(collection, *LABELS), language), frame=True))
    members = [*facts.objects(collection, "skos:member")]
    for each in facts.objects(collection, "skos:memberList"):
        members += facts.listed(each)
    for member in members:
        if member in found.nodes:
            found.nodes[member] = replace(found.nodes[member], groups=(*found.nodes[member].groups, node.id))


def _edges(
    concepts: Iterable[str], parents: Mapping[str, list[str]], language: str, facts: Facts, found: Gathered
) -> None:
    """Keep a line between related concepts once, and one to each broader concept after the first."""
    seen = set[frozenset[str]]()
    for concept in concepts:
        for other in facts.objects(concept, "skos:related"):
            if other in found.nodes and (pair := frozenset((concept, other))) not in seen and len(pair) > 1:
                seen.add(pair)
                found.join(Edge(source=concept, target=other, arrow=False))
        for above in parents.get(concept, [])[1:]:
            if above not in found.nodes[concept].groups:
                found.join(Edge(source=concept, target=above, phrase=worded(word("belongs", language or "en"))))
