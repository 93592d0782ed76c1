"""Reading: from YAML to maps, stories and themes."""
