"""What every page and terminal message is made of: base templates, tags, charts, output helpers."""
