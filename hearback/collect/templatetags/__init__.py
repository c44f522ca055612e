"""Tags for the pages of collect."""
