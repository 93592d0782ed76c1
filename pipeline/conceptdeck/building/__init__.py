"""Building: the line from a map to its outputs, once."""
