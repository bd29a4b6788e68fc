"""Tests of annotator/session."""
