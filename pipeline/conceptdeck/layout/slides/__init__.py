"""Slides at final positions: a module for each kind."""
