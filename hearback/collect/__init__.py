"""What people said, as reported or answered, with every oddity on record."""
