"""Typesetting: faces, lines and outlines of text."""
