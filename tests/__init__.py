"""Sentences about what webwatch does, held against real servers, real databases and the real command line."""
