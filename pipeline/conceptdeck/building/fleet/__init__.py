"""Fleets: thousands of maps, in all their languages, built by many workers from stores and into stores."""
