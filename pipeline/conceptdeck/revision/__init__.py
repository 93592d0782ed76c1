"""Revision: what somebody changed in a deck since it was built, and what of it goes back to map and catalogs."""
