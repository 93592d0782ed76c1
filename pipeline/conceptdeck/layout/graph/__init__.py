"""Graphs with places: as DOT and back, and ranks without it."""
