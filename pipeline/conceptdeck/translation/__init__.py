"""Translation: the strings of a map in other languages."""
