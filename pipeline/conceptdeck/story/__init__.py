"""Story: from a map to the slides and pictures that tell it."""
