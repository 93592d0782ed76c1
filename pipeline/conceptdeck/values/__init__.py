"""Values: what passes from stage to stage."""
