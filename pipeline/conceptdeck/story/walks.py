"""Walks: the steps in which a slide or a picture is told, as far as it shows what they name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.diagram import WalkStep
from conceptdeck.values.network import Node
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.text import Text, composed

__all__ = ["shown_steps", "unseen", "walk_through", "walk_told"]


WALK_UNSEEN = Rule("walk-unseen", "content", WARNING, "a step of a walk that names what is not shown").because("""
    The step leaves it out, and one that shows nothing is left out as a whole. The diagram of the relations has the
    concepts that relations join; other diagrams have what their kind shows, as far as their `elements` let them.
""")


def unseen(walk: Iterable[WalkStep], shown: Collection[str], where: str) -> Iterator[Diagnostic]:
    """Yield a warning for each element of a walk that is not among those that a picture has shown."""
    hint = "take it out of the walk, or let the picture show it"
    for ref in (ref for step in walk for ref in step.show if ref.id not in shown):
        what = f"{where} does not show `{ref.id}`, which a step of its walk names"
        yield WALK_UNSEEN.at(what, ref.span, hints=(hint,))


def walk_through(walk: Sequence[WalkStep], nodes: Iterable[Node]) -> tuple[WalkStep, ...]:
    """Return the steps of a walk with what nodes show of it; those that show nothing are left out."""
    return shown_steps(walk, {node.id for node in nodes})


def walk_told(walk: Sequence[WalkStep], nodes: Iterable[Node], words: Words) -> Iterator[Text]:
    """Yield the steps of a walk as lines in order: the number of each, what appears, and what is said with it."""
    names = {node.id: node.name for node in nodes}
    for number, step in enumerate(shown_steps(walk, {*names}), 1):
        named = [names[ref.id] for ref in step.show]
        line = f"{number}. {words.separated(named)}"
        line = words.say(Term.ABOUT, name=line, text=step.text) if step.text else line
        yield composed(line, *named, step.text, key=step.key)


def shown_steps(walk: Sequence[WalkStep], shown: Collection[str]) -> tuple[WalkStep, ...]:
    """Return the steps of a walk with those of its elements that are shown."""
    kept = (replace(step, show=tuple(ref for ref in step.show if ref.id in shown)) for step in walk)
    return tuple(step for step in kept if step.show)
