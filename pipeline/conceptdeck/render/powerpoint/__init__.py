"""Decks as PowerPoint packages."""
