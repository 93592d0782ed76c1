"""Painters: frames to the bytes of a file format. Painters decide nothing."""
