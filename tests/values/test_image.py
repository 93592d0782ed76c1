"""How an image fills a box: undistorted, whole or covering, with what was cropped cropped."""

import pytest

from conceptdeck.values.image import Crop, Fit, Focus, Image, Media, seen
from conceptdeck.values.units import Box, Length

WIDE = Image(Media.PNG, b"", 400, 200)
SQUARE = Box(Length(1000), Length(2000), Length(600), Length(600))


def sides(crop: Crop) -> list[float]:
    return [round(each, 6) for each in (crop.left, crop.top, crop.right, crop.bottom)]


def test_all_of_an_image_stands_in_the_middle_of_a_box_that_contains_it():
    found = seen(WIDE, SQUARE)
    assert found.box == Box(Length(1000), Length(2150), Length(600), Length(300))
    assert sides(found.crop) == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("focus", "expected"),
    [
        (Focus(), [0.25, 0, 0.25, 0]),
        (Focus(0.0), [0, 0, 0.5, 0]),
        (Focus(1.0), [0.5, 0, 0, 0]),
        (Focus(0.3), [0.05, 0, 0.45, 0]),
    ],
)
def test_an_image_that_covers_its_box_keeps_its_focus_as_near_to_the_middle_as_can_be(focus, expected):
    found = seen(WIDE, SQUARE, focus, Fit.COVER)
    assert found.box == SQUARE
    assert sides(found.crop) == expected


def test_what_a_crop_leaves_fills_the_box_within_its_edges():
    assert sides(seen(WIDE, SQUARE, Crop(left=0.5), Fit.COVER).crop) == [0.5, 0, 0, 0]
    assert sides(seen(WIDE, SQUARE, Crop(right=0.2), Fit.COVER).crop) == [0.15, 0, 0.35, 0]
    assert seen(WIDE, SQUARE, Crop(top=0.5)).box.h == 150


@pytest.mark.parametrize("fit", Fit)
@pytest.mark.parametrize("crop", [Crop(), Crop(0.1, 0.2, 0.3, 0.05), Focus(0.9, 0.1)])
@pytest.mark.parametrize("image", [WIDE, Image(Media.SVG, b"", 30, 90)])
def test_no_image_is_distorted_and_none_leaves_its_box(image, crop, fit):
    found = seen(image, SQUARE, crop, fit)
    across = image.width * (1 - found.crop.left - found.crop.right) / found.box.w
    down = image.height * (1 - found.crop.top - found.crop.bottom) / found.box.h
    assert across == pytest.approx(down, rel=0.01)
    assert SQUARE.holds(found.box)
