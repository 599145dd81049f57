"""What pages call the parts of posts: the words in their classes, ids and properties, in four languages."""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


# What stands beside the matter of a page.
ASIDE = _words(
    "sidebar side widget widgets related footer breadcrumb breadcrumbs menu navbar nav teaser teasers",
    "recommended trending popular newsletter promo advertisement cookie toc recent recentposts",
    "recentcomments latest",
)
# With these in the same name it does not.
BUT = _words(
    "with has no without content main wrapper",
)
# A quotation.
QUOTE = _words(
    "quote quotecontent quotation bbquote citation bbcodequote quotemain quoteheader quotetitle",
    "quoteauthor citaat zitat",
)
# Who wrote it.
AUTHOR = _words(
    "author user username poster posted nick nickname member membername name fn byline submitter",
    "screenname handle postauthor postedby commenter reviewer auteur autor schrijver gebruiker",
    "gebruikersnaam pseudo pseudonyme nutzer benutzer benutzername verfasser utilisateur login creator",
    "owner vcard",
)
# What is said about who wrote it.
NOT_AUTHOR = _words(
    "title rank status signature sig date time avatar count posts info badge group location joined stat",
    "stats level meta topic thread subject forum role product brand vote body headline",
)
# A post.
POST = _words(
    "post posts comment comments message messages reply replies answer answers review reviews reactie",
    "reacties bericht berichten beitrag beitraege kommentar kommentare commentaire commentaires avis",
    "antwort antwoord postbody messagetable messagetext comment-body testimonial recensie bewertung",
    "phorummessage msg reaction",
)
# A row of a list: a thread, a product, news.
LIST = _words(
    "topic topics thread threads discussion discussions product products teaser card story stories news",
    "headline listing forum forums subforum event events search result results",
)
# One post, not a list of them.
SINGLE = _words(
    "post comment message reply review answer question opening firstpost threadstarter itemdiscussion",
    "reactie bericht beitrag kommentar commentaire avis antwort antwoord",
)
# What a post says.
TEXT = _words(
    "content body text message messagetext posttext postbody postcontent commenttext commentbody",
    "commentcontent description entry bericht reactie nachricht beitrag reviewbody reviewtext usercontent",
    "bbcode markdown prose",
)
# What of a post is not its text.
NO_TEXT = _words(
    "signature sig avatar author profile user userinfo buttons actions footer toolbar edited edit",
    "attachments attachment share social votes vote pagination nav menu rating stats poll quickreply",
    "replyform controls submitted meta ads title subject comments replies responses reactions",
)
