"""Tests of the weighting of samples."""
