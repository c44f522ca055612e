"""Architecture tests: what may not change without somebody noticing."""
