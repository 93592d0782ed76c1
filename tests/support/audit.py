"""A second opinion on decks: openxml-audit, which looks at a part that it found sound before only once."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from openxml_audit import OpenXmlValidator

MOST = 100
_sound: set[bytes] = set()  # digests of parts whose XML keeps the schemas: it says all that is judged there


def audited(path: Path) -> list[str]:
    """Return what is wrong with a deck."""
    validator = OpenXmlValidator(max_errors=MOST)
    assert validator._schema_validator is not None
    validator._schema_validator = _Remembering(validator._schema_validator)
    return [str(each) for each in validator.validate(path).errors]


class _Remembering:
    """A validator of schemas that leaves out parts it knows to be sound."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def validate_part(self, part: Any, context: Any) -> list[Any]:
        digest = hashlib.sha256(f"{part.content_type}\n".encode() + part.raw_content).digest()
        if digest not in _sound:
            before = len(context.errors)
            self.inner.validate_part(part, context)
            if len(context.errors) == before:
                _sound.add(digest)
        return context.errors
