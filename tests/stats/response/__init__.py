"""Tests of response, its bias, quality and burden."""
