"""Stories: which slides a deck shows, in which order and for how long, read from YAML.

Codes of this module: `wrong-kind`, `bad-number`, `bad-choice`, `missing-key`, `unknown-key`, `empty-collection`.
"""

from __future__ import annotations

from conceptdeck.reading.source import Mapping, Node, Scalar, Sequence
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.story import Beat, Density, Story

__all__ = ["read_stories"]

LONGEST = 600.0  # minutes; more is a slip of the pen
KEYS = ("density", "slides")


def read_stories(node: Node) -> tuple[tuple[Story, ...], tuple[Diagnostic, ...]]:
    """Return the stories of a file, and all that is wrong with it."""
    reader = _Reader()
    stories = reader.stories(node)
    return stories, tuple(reader.problems)


class _Reader:
    """Turn the tree of a stories file into stories, collecting what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[Diagnostic] = []

    def stories(self, node: Node) -> tuple[Story, ...]:
        if not isinstance(node, Mapping):
            self.refuse("wrong-kind", "stories are a mapping from names to stories", node.span)
            return ()
        return tuple(self.story(name, value) for name, value in node.entries)

    def story(self, name: Scalar, node: Node) -> Story:
        fields = {key.value: value for key, value in node.entries} if isinstance(node, Mapping) else {}
        if not isinstance(node, Mapping):
            self.refuse("wrong-kind", f"the story `{name.value}` is a mapping with `slides`", node.span)
        else:
            for key in (key for key, _ in node.entries if key.value not in KEYS):
                self.refuse(
                    "unknown-key", f"`{key.value}` is not a key of a story", key.span, f"valid: {', '.join(KEYS)}"
                )
            if "slides" not in fields:
                self.refuse("missing-key", f"the story `{name.value}` lacks `slides`", name.span)
        density = self.density(fields["density"]) if "density" in fields else Density.READ
        groups = self.groups(fields["slides"]) if "slides" in fields else ()
        return Story(name.value, density, groups, name.span)

    def density(self, node: Node) -> Density:
        words = [each.value for each in Density]
        if isinstance(node, Scalar) and node.value in words:
            return Density(node.value)
        self.refuse("bad-choice", f"a density is {' or '.join(words)}", node.span)
        return Density.READ

    def groups(self, node: Node) -> tuple[tuple[Beat, ...], ...]:
        if not isinstance(node, Sequence):
            self.refuse("wrong-kind", "`slides` is a list of entries such as `- cover: 1`", node.span)
            return ()
        if not node.items:
            self.refuse("empty-collection", "the story has no slides", node.span)
        return tuple(self.group(item) for item in node.items)

    def group(self, node: Node) -> tuple[Beat, ...]:
        if not isinstance(node, Mapping):
            self.refuse("wrong-kind", "an entry names slides and their minutes, such as `- cover: 1`", node.span)
            return ()
        return tuple(Beat(key.value, self.minutes(value), key.span) for key, value in node.entries)

    def minutes(self, node: Node) -> float:
        try:
            minutes = float(node.value) if isinstance(node, Scalar) else -1.0
        except ValueError:
            minutes = -1.0
        if not 0 <= minutes <= LONGEST:
            self.refuse("bad-number", f"minutes are a number from 0 to {LONGEST:.0f}", node.span)
            return 0.0
        return minutes

    def refuse(self, code: str, message: str, span: Span, hint: str = "") -> None:
        self.problems.append(Diagnostic(code, message, span, hints=(hint,) if hint else ()))
