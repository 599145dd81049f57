"""Which mentions are one story (rule 16 of the product). Pure.

The same text in several places, or the same person with the same matter on several sites:

    telling       a mention as it is compared; its sketch, by which an index finds what may be like it
    people        names, and which are one person's
    sameness      whether two mentions say the same
    grouping      likenesses and decisions → stories
"""

from webwatch.stories.grouping import groups, tellings
from webwatch.stories.people import Names, handle, is_distinct, is_first_person, is_nobody
from webwatch.stories.sameness import FEWEST_SHARED, is_same_matter, is_same_text
from webwatch.stories.telling import Compared, Likeness, Telling, sketch, words

__all__ = [
    "FEWEST_SHARED",
    "Compared",
    "Likeness",
    "Names",
    "Telling",
    "groups",
    "handle",
    "is_distinct",
    "is_first_person",
    "is_nobody",
    "is_same_matter",
    "is_same_text",
    "sketch",
    "tellings",
    "words",
]
