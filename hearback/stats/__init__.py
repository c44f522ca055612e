"""Statistics in plain Python: methods with their sources, and results that know their interval."""
