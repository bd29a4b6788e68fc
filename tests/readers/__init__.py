"""Tests of annotator/readers."""
