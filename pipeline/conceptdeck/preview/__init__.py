"""The live preview: slides and diagrams of a map on a page of this machine, which follows the files as they change."""
