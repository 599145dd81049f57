"""The two runs, each in reading order: `scan` reads and remembers, `digest` ranks and tells."""
