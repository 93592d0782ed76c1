"""Maps as files of other programs: one view of a map, a writer for each format."""
