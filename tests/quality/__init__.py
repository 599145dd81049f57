"""How well the heuristics do, measured over labelled cases, with a floor under each figure that CI holds.

    python -m tests.quality                 measure, and compare with the floors
    python -m tests.quality --raise         raise the floors to what is measured now
    python -m tests.quality --lower NAME    allow the floors of one measure to fall; the diff shows by how much

A measure is a function without arguments that gives figures from 0 to 1, of which more is better.
"""
