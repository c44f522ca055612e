"""Tests of the API for servers and apps."""
