"""The desk: what a person may do with a mention, what it adds up to, and what happens by itself. Pure.

states        which action is possible in which state, and where it leads: one table
standing      a log of actions → how the mention stands at a moment
afterwards    the posts of its thread → the actions that they show: we answered, they wrote again
"""
