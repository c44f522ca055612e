"""What each public page shows, as plain functions from a frozen release to what its template is given."""
