"""Rules on written packages."""
