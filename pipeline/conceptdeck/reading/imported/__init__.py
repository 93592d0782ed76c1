"""Templates of others become themes: which layouts, which room, which colours, which fonts, written as YAML."""
