"""A map as a flowchart of Mermaid: groups are subgraphs, relations are lines with words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from conceptdeck.values.outline import Edge, Node, Outline

__all__ = ["write_mermaid"]

STEP = "    "


def write_mermaid(outline: Outline) -> bytes:
    """Return the flowchart."""
    frames = [each for each in outline.nodes if each.frame]
    concepts = {each.id for each in outline.nodes} - {each.id for each in frames}
    shown = [each for each in outline.nodes if each.parent not in concepts]
    ids = {each.id: f"{'g' if each.frame else 'c'}{number}" for number, each in enumerate(shown, start=1)}
    below: dict[str, list[Node]] = {}
    for each in shown:
        below.setdefault(each.parent, []).append(each)
    lines = ["---", f"title: {_quoted(outline.title.text)}", "---", "flowchart TD"]
    if outline.summary:
        lines.append(f"{STEP}accDescr: {' '.join(outline.summary.text.split())}")
    lines += _listed("", below, ids, STEP)
    lines += (f"{STEP}{_line(each, ids)}" for each in outline.edges if each.source in ids and each.target in ids)
    lines += (f'{STEP}click {ids[each.id]} "{each.link}"' for each in shown if each.link and '"' not in each.link)
    return ("\n".join(lines) + "\n").encode()


def _listed(home: str, below: Mapping[str, Sequence[Node]], ids: Mapping[str, str], indent: str) -> Iterator[str]:
    """Yield what stands in a frame, or outside all of them."""
    for each in below.get(home, ()):
        if not each.frame:
            yield f"{indent}{ids[each.id]}[{_quoted(each.name.text)}]"
        elif each.id in below:
            yield f"{indent}subgraph {ids[each.id]} [{_quoted(each.name.text)}]"
            yield from _listed(each.id, below, ids, indent + STEP)
            yield f"{indent}end"


def _line(edge: Edge, ids: Mapping[str, str]) -> str:
    line = {(True, False): "-->", (False, False): "---", (True, True): "-.->", (False, True): "-.-"}
    words = f"|{_quoted(edge.phrase.text)}|" if edge.phrase else ""
    return f"{ids[edge.source]} {line[edge.arrow, edge.dashed]}{words} {ids[edge.target]}"


def _quoted(text: str) -> str:
    """Return a text in quotes; what would mean something is written as an entity."""
    for sign, name in (
        ("#", "#35;"),
        ("&", "#amp;"),
        ('"', "#quot;"),
        ("<", "#lt;"),
        (">", "#gt;"),
        ("`", "#96;"),
        ("|", "#124;"),
    ):
        text = text.replace(sign, name)
    return f'"{" ".join(text.split())}"'
