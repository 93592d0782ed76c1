"""Checks: rules on frames."""
