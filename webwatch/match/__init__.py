"""Which keywords name an entry, where, and if not, why not.

query      the query language, and the tree that queries and word lists become
terms      how one term is found in a text
evaluate   a tree against one entry
scan       which terms may stand in a text at all, in one pass
matcher    all keywords against one entry
lint       keywords that match nothing, or everything
"""

from webwatch.match.lint import lint
from webwatch.match.matcher import Explanation, Matcher, compile_keywords

__all__ = ["Explanation", "Matcher", "compile_keywords", "lint"]
