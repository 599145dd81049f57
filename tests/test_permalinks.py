"""Addresses of forums: one post at its many addresses has one key, and what is no forum's has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webwatch.permalinks import Permalink, of

NONE = Permalink()

# Engine → the addresses of one post, or of pages with its mark; all of one thread where they tell it.
SAME_POST = {
    "phpbb": """
        https://f.nl/forum/viewtopic.php?f=3&t=12&start=20#p345
        https://f.nl/forum/viewtopic.php?p=345#p345
        https://www.f.nl/forum/viewtopic.php?p=345&sid=0123456789abcdef0123
        https://f.nl/forum/viewtopic.php?t=12&p=345&hilit=slot#p345""",
    "phpbb, rewritten": """
        https://f.nl/forum/topic12-20.html#p345
        https://f.nl/forum/post345.html#p345
        https://f.nl/forum/fietsen-f3/slot-kapot-t12-20.html#p345""",
    "phpbb 2": """
        http://f.nl/viewtopic.php?t=12&postdays=0&postorder=asc&start=15#345
        http://f.nl/viewtopic.php?p=345#345""",
    "fluxbb": "https://f.nl/viewtopic.php?id=12&p=2#p345 https://f.nl/viewtopic.php?pid=345#p345",
    "smf": """
        https://f.nl/index.php?topic=12.msg345#msg345
        https://f.nl/index.php?topic=12.40;topicseen#msg345
        https://f.nl/index.php/topic,12.msg345.html#msg345
        https://f.nl/index.php?PHPSESSID=abcdefghij0123456789&topic=12.msg345""",
    "vbulletin 3 and 4": """
        https://f.nl/showthread.php?t=12&page=2#post345
        https://f.nl/showthread.php?p=345#post345
        https://f.nl/showthread.php?12-slot-kapot&p=345&viewfull=1#post345
        https://f.nl/showthread.php?12-slot-kapot/page2#post345
        https://f.nl/showthread.php/12-slot/page2#post345
        https://f.nl/showpost.php?p=345&postcount=3
        https://f.nl/threads/12-slot-kapot/page2#post345
        https://f.nl/threads/12-slot-kapot?p=345""",
    "vbulletin 2": """
        https://f.nl/showthread.php?threadid=12&perpage=40&pagenumber=2#post345
        https://f.nl/showthread.php?s=&postid=345#post345""",
    "vbulletin 5": """
        https://forum.f.nl/hoofd/fietsen/12-slot-kapot/page6#post345
        https://forum.f.nl/hoofd/fietsen/12-slot-kapot?p=345#post345""",
    "vbulletin, rewritten": """
        https://f.nl/forum/fietsen/12-slot-kapot-2.html#post345
        https://f.nl/forum/fietsen/12-slot-kapot-post345.html#post345""",
    "vbulletin, rewritten with the forum's number": """
        https://f.nl/f7/slot-kapot-12/index2.html#post345
        https://f.nl/f7/slot-kapot-12/#post345
        https://f.nl/f7/slot-kapot-post345/""",
    "phpbb 2 within a portal": """
        https://f.nl/modules.php?name=Forums&file=viewtopic&t=12&start=15#345
        https://f.nl/modules.php?name=Forums&file=viewtopic&p=345#345""",
    "mybb": """
        https://f.nl/showthread.php?tid=12&pid=345#pid345
        https://f.nl/thread-12-post-345.html#pid345
        https://f.nl/thread-12-page-2.html#pid345""",
    "xenforo": """
        https://f.nl/threads/slot-kapot.12/post-345
        https://f.nl/threads/slot-kapot.12/page-2#post-345
        https://f.nl/threads/12/#js-post-345
        https://f.nl/posts/345/
        https://f.nl/index.php?posts/345/
        https://f.nl/index.php?threads/slot-kapot.12/page-2#post-345
        https://f.nl/goto/post?id=345#post-345""",
    "woltlab": """
        https://f.nl/thread/12-slot-kapot/?postID=345#post345
        https://f.nl/index.php?thread/12-slot-kapot/&pageNo=2#post345""",
    "invision": """
        https://f.nl/topic/12-slot-kapot/?do=findComment&comment=345
        https://f.nl/topic/12-slot-kapot/page/2/#comment-345
        https://f.nl/topic/12-slot-kapot/?page=2#findComment-345
        https://f.nl/index.php?/topic/12-slot-kapot/page/2/#comment-345
        https://f.nl/index.php?/topic/12-slot-kapot/&do=findComment&comment=345
        https://f.nl/topic/12-slot-kapot/page-2#entry345
        https://f.nl/topic/12-slot/page__st__20#entry345
        https://f.nl/topic/12-slot/page__pid__345
        https://f.nl/index.php?showtopic=12&st=20&p=345#entry345
        https://f.nl/index.php?showtopic=12&view=findpost&p=345
        https://f.nl/index.php?act=ST&f=1&t=12&st=20#entry345
        https://f.nl/index.php?app=forums&module=forums&section=findpost&pid=345""",
    "discourse": """
        https://f.nl/t/slot-kapot/12/3
        https://f.nl/t/12/3
        https://f.nl/t/slot-kapot/12/3?u=jan
        https://f.nl/t/slot-kapot/12?page=2#post_3""",
    "flarum": "https://f.nl/d/12-slot-kapot/3 https://f.nl/d/12/3 https://f.nl/d/12-slot-kapot?near=3",
    "vanilla": """
        https://f.nl/discussion/comment/345#Comment_345
        https://f.nl/discussion/comment/345/#Comment_345
        https://f.nl/discussion/12/slot-kapot/p2#Comment_345
        https://f.nl/discussion/12/slot#Comment_345""",
    "nodebb": "https://f.nl/post/345 https://f.nl/topic/12/slot-kapot/3#345",
    "bbpress": """
        https://f.nl/forums/topic/slot-kapot/#post-345
        https://f.nl/forums/topic/slot-kapot/page/2/#post-345
        https://f.nl/forums/reply/345/""",
    "wordpress": """
        https://f.nl/2024/05/slot/#comment-345
        https://f.nl/2024/05/slot/comment-page-2/#comment-345""",
    "wordpress, plain": """
        https://f.nl/?p=12#comment-345
        https://f.nl/?p=12&cpage=2#comment-345
        https://f.nl/?cpage=2&p=12&replytocom=300#comment-345""",
    "reddit": """
        https://old.reddit.com/r/fietsen/comments/1abcd/slot/k3xyz/
        https://www.reddit.com/r/fietsen/comments/1abcd/comment/k3xyz/?context=3
        https://reddit.com/comments/1abcd/_/k3xyz""",
    "stackexchange": """
        https://stackoverflow.com/questions/12/slot/345#345
        https://stackoverflow.com/a/345/99
        https://stackoverflow.com/a/345
        https://stackoverflow.com/q/12#345
        https://stackoverflow.com/questions/12/slot?page=2#345""",
    "lemmy": """
        https://lemmy.world/comment/345
        https://lemmy.world/post/12/345
        https://lemmy.world/post/12#comment-345""",
    "tweakers": """
        https://gathering.tweakers.net/forum/list_messages/12/3#345
        https://gathering.tweakers.net/forum/list_message/345#345
        https://gathering.tweakers.net/forum/find_message/345""",
    "fok": "https://forum.fok.nl/topic/12/2/25#p345 https://forum.fok.nl/topic/12/2/25/345",
    "insided": """
        https://community.provider.nl/internet-6/slot-kapot-12345?postid=345#post345
        https://community.provider.nl/internet-6/slot-kapot-12345/index2.html#post345""",
    "hfr": "https://forum.hardware.fr/hfr/Hardware/SSD/slot-sujet_12_2.htm#t345",
    "forumotion": "https://velo.forumactif.com/t12p20-antivol-casse#345 https://velo.forumactif.com/t12-antivol-casse#345",
}  # fmt: skip

SAME_THREAD = """
    https://f.nl/viewtopic.php?f=3&t=12 https://f.nl/viewtopic.php?t=12&start=40 https://f.nl/viewtopic.php?t=12&view=unread
    ;
    https://f.nl/threads/slot.12/ https://f.nl/threads/slot-open.12/page-3 https://f.nl/threads/slot.12/unread
    https://f.nl/threads/slot.12/latest https://f.nl/index.php?threads/slot.12/
    ;
    https://f.nl/t/slot/12 https://f.nl/t/slot/12.json https://f.nl/t/slot/12.rss https://f.nl/t/12 https://f.nl/t/slot/12?page=2
    ;
    https://f.nl/topic/12-slot/ https://f.nl/topic/12-slot/page/2/ https://f.nl/topic/12-slot.xml
    ;
    https://f.nl/showthread.php?t=12&goto=newpost https://f.nl/showthread.php?12-slot
    https://f.nl/archive/index.php/t-12.html https://f.nl/archive/index.php/t-12-p-2.html
    https://f.nl/printthread.php?t=12&pp=40&page=2
    ;
    https://f.nl/showthread.php?tid=12&page=2 https://f.nl/thread-12.html https://f.nl/archive/index.php/thread-12-2.html
    https://f.nl/archive/index.php?thread-12.html https://f.nl/archive/index.php?thread-12-2.html
    ;
    https://forum.f.nl/Thread-slot-kapot https://forum.f.nl/Thread-slot-kapot?page=2 https://forum.f.nl/Thread-slot-kapot?action=lastpost
    ;
    https://f.nl/index.php?showtopic=12 https://f.nl/lofiversion/index.php/t12.html https://f.nl/lofiversion/index.php/t12-20.html
    ;
    https://f.nl/fietsen-f7/slot-kapot-t12.html https://f.nl/fietsen-f7/slot-kapot-t12-15.html https://f.nl/ftopic12-15.html
    ;
    https://www.reddit.com/r/fietsen/comments/1abcd/slot/ https://old.reddit.com/r/fietsen/comments/1abcd/slot/.rss
    https://oauth.reddit.com/comments/1abcd.json
"""

NO_FORUM = [
    "https://www.nu.nl/tech/6123456/titel.html",
    "https://example.nl/2024/05/nieuws",
    "https://nos.nl/artikel/2541234-titel-van-het-artikel",
    "https://www.ad.nl/binnenland/titel~a1234567/",
    "https://www.lemonde.fr/economie/article/2024/05/01/titre_6231234_3234.html",
    "https://www.spiegel.de/wirtschaft/titel-a-1234567",
    "https://www.bbc.com/news/topics/cx1m7zg01xyt",
    "https://nos.nl/topic/energie",
    "https://www.volkskrant.nl/nieuws-achtergrond/titel~b1234/",
    "https://tweakers.net/nieuws/212172/whatsapp.html",
    "https://fietsenwinkel.nl/12-gazelle",
    "https://fietsenwinkel.nl/fietsen/12-gazelle-oranje.html",
    "https://fietsenwinkel.nl/fietsen/12-gazelle#reviews",
    "https://fietsenwinkel.nl/lamp-t8.html",
    "https://fietsenwinkel.nl/f12/lampen",
    "https://fietsenwinkel.nl/t-shirts/12",
    "https://fietsenwinkel.nl/product/12#tab-2",
    "https://fietsenwinkel.nl/index.php?id_product=12&controller=product",
    "https://fietsenwinkel.nl/a/12/zadel",
    "https://www.bol.com/nl/nl/p/iets/9300000012345678/",
    "https://bakkerij.nl/index.php?p=12",
    "https://bakkerij.nl/?p=12",
    "https://bakkerij.nl/?topic=5",
    "https://bakkerij.nl/posts/2024/05/titel",
    "https://bakkerij.nl/post/titel",
    "https://nl.wikipedia.org/wiki/Fiets#2",
    "https://forum.f.nl/forum/50-nieuws/",
    "https://forum.f.nl/user/222-jan/",
    "https://forum.f.nl/forums/nieuws.50/",
    "https://f.nl/forumdisplay.php?7-Fietsen",
    "https://f.nl/viewforum.php?f=3",
    "https://f.nl/index.php?board=6.20",
    "https://f.nl/threads/slot.12/reply",
    "https://f.nl/threads/slot.12/watch",
    "http://[bad/topic/12",
    "mailto:jan@example.nl",
]


@pytest.mark.parametrize("engine", SAME_POST)
def test_a_post_has_one_key_at_all_its_addresses(engine: str):
    links = [of(address) for address in SAME_POST[engine].split()]

    assert len({link.post for link in links}) == 1
    assert links[0].post
    assert len({link.thread for link in links} - {""}) <= 1


@pytest.mark.parametrize("addresses", SAME_THREAD.split(";"))
def test_a_thread_has_one_key_at_all_its_addresses(addresses: str):
    links = [of(address) for address in addresses.split()]

    assert len({link.thread for link in links}) == 1
    assert links[0].thread
    assert {link.post for link in links} == {""}


@pytest.mark.parametrize("address", NO_FORUM)
def test_an_ordinary_address_has_no_key(address: str):
    assert of(address) == NONE


def test_posts_numbered_within_their_thread_are_told_apart_by_it():
    assert of("https://f.nl/t/slot/12/3").post != of("https://f.nl/t/zadel/13/3").post
    assert of("https://f.nl/d/12-slot/3").post != of("https://f.nl/d/13-zadel/3").post


def test_two_forums_of_one_site_are_told_apart():
    assert of("https://f.nl/nl/viewtopic.php?t=12").thread != of("https://f.nl/de/viewtopic.php?t=12").thread


def test_an_item_of_hacker_news_is_a_thread_and_a_post():
    story, comment = of("https://news.ycombinator.com/item?id=12"), of("https://news.ycombinator.com/item?id=345")

    assert story.thread == "news.ycombinator.com thread 12"
    assert comment.post == of("https://news.ycombinator.com/item?id=12#345").post
    assert of("https://news.ycombinator.com/item?id=12&p=2") == story._replace(post="", page=2)


def test_a_comment_below_an_answer_is_not_the_answer_with_its_number():
    comment = of("https://stackoverflow.com/questions/12/slot#comment345_99")

    assert comment.post
    assert comment.post != of("https://stackoverflow.com/a/345").post


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://f.nl/viewtopic.php?t=12&start=40", 40),
        ("https://f.nl/viewtopic.php?id=12&p=3", 3),
        ("https://f.nl/threads/slot.12/page-3", 3),
        ("https://f.nl/index.php?topic=12.40", 40),
        ("https://f.nl/discussion/12/slot/p4", 4),
        ("https://f.nl/topic/12-slot/page/5/", 5),
        ("https://f.nl/2024/05/slot/comment-page-2/#comment-345", 2),
        ("https://f.nl/threads/slot.12/", 0),
    ],
)
def test_the_page_of_a_thread(address: str, page: int):
    assert of(address).page == page


@given(st.text(max_size=80))
def test_nothing_makes_it_raise(anything: str):
    assert isinstance(of(anything), Permalink)


@given(
    st.sampled_from(
        [
            "viewtopic.php",
            "showthread.php",
            "threads/",
            "topic/",
            "t/",
            "d/",
            "comments/",
            "discussion/",
            "index.php",
            "post/",
            "q/",
        ]
    ),
    st.text("0123456789abt?&=/#.-;%+topicpid", max_size=60),
)
def test_nothing_that_looks_like_a_forum_makes_it_raise(route: str, rest: str):
    link = of(f"https://forum.f.nl/{route}{rest}")

    assert link.page >= 0
    assert all(key == "" or key.startswith("forum.f.nl") for key in link[:2])
