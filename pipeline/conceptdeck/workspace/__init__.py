"""The workspace: the only door to this machine."""
