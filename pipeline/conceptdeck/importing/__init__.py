"""Files of other programs become maps: a reader for each format, one writer for all."""
