"""What layouts name beside lengths: counts, factors, shares, angles, and the sides of sheets."""

from __future__ import annotations

from conceptdeck.reading.schema import Number

__all__ = ["LARGEST", "SHARE", "SPECIAL", "WHOLE"]

LARGEST = 1000  # inches, points or things

WHOLE = Number(f"a whole number from 1 to {LARGEST:,}", 1, LARGEST, whole=True)
WHOLES = frozenset(
    {
        "across",
        "bare-columns",
        "bare-few",
        "bare-per-slide",
        "columns",
        "concepts-across",
        "discs-most",
        "few",
        "field-lines",
        "large-across",
        "journey-rows",
        "level-columns",
        "list-columns",
        "list-from",
        "list-per-slide",
        "most",
        "most-2",
        "most-3",
        "most-4",
        "most-across",
        "most-cells",
        "most-concepts",
        "most-names",
        "most-per-slide",
        "most-rows",
        "pairs-columns",
        "pairs-from",
        "pairs-per-slide",
        "per-slide",
        "rings-most",
        "sheet-cards",
        "sheet-columns",
        "single-across",
        "single-tiles",
        "two-across",
        "zoom-pixels",
    }
)
SHARE = Number("a share from 0 to 1", 0, 1)
SHARES = frozenset(
    {
        "chart-air-share",
        "chart-ends-share",
        "chart-names-share",
        "chips-share",
        "does-share",
        "figure-share",
        "goal-share",
        "empty-share",
        "head-share",
        "image-share",
        "label-share",
        "level-share",
        "main-share",
        "name-share",
        "share-step",
        "sheet-head-share",
        "sign-share",
        "single-share",
        "tile-image",
        "wide-name-share",
    }
)
DEGREES = Number("an angle from 0 to 90 degrees", 0, 90)
ANGLES = frozenset({"disc-shift", "disc-span"})

FACTOR = Number("a factor from 1 to 3", 1, 3)
FACTORS = frozenset({"shared-more", "slack", "tight-slack", "wider"})
SIDE_OF_SHEET = Number("a whole number of pixels from 320 to 10,000", 320, 10_000, whole=True)
SHEETS = frozenset({"a3-w", "a3-h", "a2-w", "a2-h", "square-w", "square-h"})

SPECIAL = ((WHOLES, WHOLE), (FACTORS, FACTOR), (SHARES, SHARE), (ANGLES, DEGREES), (SHEETS, SIDE_OF_SHEET))
"""Names of what is no length, and what it is instead."""
