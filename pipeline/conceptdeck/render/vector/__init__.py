"""Slides and pictures as SVG, PNG and PDF."""
