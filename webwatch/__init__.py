"""webwatch reads where people talk about a small business, and says what still needs an answer.

Two runs, both in `pipeline/`, in reading order:

    scan      config → fetch → parse → match → dedupe → store
    digest    store → rank → digest → formats
"""

__version__ = "0.1.0"
