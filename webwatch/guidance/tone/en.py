"""English."""

from __future__ import annotations

from webwatch.guidance.tone import Tone, words

_MESSAGE = "(?:reviews?|posts?|messages?|comments?|ratings?|tweets?|complaints?|stars?|topic|thread|feedback)"
_YOUR = "(?:your|this|that|the|these|those)"

part = Tone(
    phrases={
        "sarcasm": (
            "what do you want(?: (?:now|then|exactly|anyway|from us|this time))?(?= ?[?!,])",
            "what is it (?:that )?you want(?: (?:now|then|exactly|from us))?",
            "what (?:exactly )?(?:did|do) you expect(?: (?:us to do|for that money|from us|then))?",
            "play(?:ing)? (?:the )?(?:teacher|schoolteacher|victim|boss|expert|headmistress)",
            "or (?:do you want )?to be helped",
            "oh (?:really|please|dear|come on|wow)",
            "boo ?hoo",
            "good for you",
            "nice try",
            "thanks for nothing",
            "how clever(?: of you)?",
            "congratulations on (?:finding|noticing|reading|your complaint)",
            "crystal ball",
            "mind ?readers?",
            "cry me a river",
            "poor you",
            "sweetheart",
            "my dear",
            "yeah,? right",
            "as if (?:we|i|you|that)",
            "whatever(?= ?[.!,])",
            "tough luck",
            "too bad(?= ?[.!,])",
            "big deal",
            "so-called (?:complaint|problem|issue|experience|customer)",
            "slow clap",
            "bravo",
            "newsflash",
        ),
        "blame": (
            "had you (?:only |just |actually |bothered |even )*\\w+",
            (
                "if you(?:'d| had| would have| would| hadn't) (?:only |just |actually |bothered to |even |simply |"
                "really |properly )*(?:read|listened|"
                "listen|looked|checked|called|paid attention|asked|followed|waited|understood|done|bothered)"
            ),
            "if only you(?:'d| had)?",
            "you (?:should|could|ought to)(?:'ve| have)(?: \\w+)?",
            (
                "you (?:need|have|ought|must|might want)(?: to)? (?:calm|relax|learn|understand|read|listen|realise|"
                "realize|grow)"
            ),
            "you must understand",
            (
                "as (?:i|we)(?:'ve| have)? (?:already |previously |clearly |repeatedly |just )*(?:said|told|"
                "explained|wrote|mentioned|stated)"
            ),
            "like (?:i|we) (?:already )?(?:said|told|explained)",
            "as (?:previously|already|clearly|repeatedly) (?:stated|mentioned|explained|said|communicated)",
            "per my (?:last|previous)",
            "how many times",
            "for the (?:last|umpteenth|hundredth|second|third) time",
            "calm down",
            "just relax",
            "(?:your|you're) (?:own )?(?:fault|mistake)",
            "you (?:failed|neglected|forgot|refused) to",
            (
                "you (?:didn't|did not|don't|do not|never|couldn't) (?:even )?(?:bother(?:ed)?|listen(?:ed)?|read|"
                "understand|pay attention|follow)"
            ),
            "you (?:clearly|obviously|evidently|apparently) \\w+",
            "(?:clearly|obviously),? you",
            "did you even",
            "can't you read",
            "cannot you read",
            "learn to read",
            "read (?:the|our) (?:\\w+ ){0,3}?(?:first|properly|again|carefully|before)",
            "how hard (?:is it|can it be)",
            "if you don't like it",
            "get over it",
            "grow up",
            "you(?:'re| are) (?:just )?(?:overreacting|being (?:difficult|unreasonable|ridiculous|rude|dramatic))",
            "stop (?:complaining|whining|moaning)",
            "sorry (?:that |if )?you (?:feel|felt|see it|think|took|perceived)(?: \\w+)?",
            "everyone knows",
            "everybody knows",
            "common sense",
            "(?:clearly|plainly) (?:states?|stated|says|said|written|marked)",
        ),
        "denial": (
            (
                "(?:that|this|it|what you (?:say|write|claim))(?:'s| is| was) (?:simply |just |absolutely |"
                "completely |totally |quite |plainly )*"
                "(?:impossible|untrue|not true|not correct|not right|incorrect|false|a lie|nonsense|rubbish|not "
                "possible that|made up)"
            ),
            "(?:that|this|it) isn't (?:true|correct|right|possible that)",
            (
                "(?:that|this|it) (?:can't|cannot|can not|couldn't|could not) (?:possibly )?(?:be (?:right|true|"
                "correct)|have (?:happened|been))"
            ),
            (
                "(?:that|this|it) (?:simply |just )?(?:never happened|didn't happen|did not happen|never happens|"
                "doesn't happen)"
            ),
            (
                "(?:nobody|no one|no-one|none of our customers) (?:else )?(?:has |have |had |is |ever |has ever "
                ")*(?:complains?|complained|complaining|"
                "had (?:this|that|any)|has (?:this|that|any)|a problem)"
            ),
            "(?:nobody|no one|no-one) else",
            (
                "you(?:'re| are) the (?:only|first)(?: (?:one|person|customer|client))?(?: (?:who|to|that|with)|(?= "
                "?[.!,]))"
            ),
            "never (?:had|received|heard|got|gotten) (?:any |a |a single |one )?(?:other )?complaints?",
            "(?:other|all our|our other) customers (?:never|don't|are (?:all )?(?:happy|satisfied))",
            "we (?:did|do|have done|'ve done) nothing wrong",
            "we (?:didn't|did not) do anything wrong",
            "(?:not|isn't|wasn't) our (?:fault|problem|responsibility|mistake)",
            "nothing to do with us",
            "you(?:'re| are) (?:a liar|lying|wrong|mistaken|making (?:this|that|it) up)",
            "lies",
            "(?:i|we) never (?:said|promised|wrote|claimed) (?:that|this|it|any such)",
            "i (?:find|found) that hard to believe",
            "hard to believe",
        ),
        "yes_you_did": (
            "(?:oh )?yes,? you (?:did|do|were|said|have)",
            "no,? you (?:didn't|did not|weren't|never|haven't)",
            "did (?:so|too)(?= ?[.!])",
            "you did (?:say|write|do|agree|promise)",
            "you said (?:so |it )?yourself",
        ),
        "withdrawal": (
            f"(?:take|pull|bring) down {_YOUR} (?:\\w+ )?{_MESSAGE}",
            f"(?:take|pull) {_YOUR} (?:\\w+ )?{_MESSAGE} (?:down|off|offline)",
            (
                f"(?:remove|delete|withdraw|retract|edit|change|amend|revise|reconsider|update|take back|adjust) "
                f"{_YOUR} (?:\\w+ )?{_MESSAGE}"
            ),
            f"(?:removing|deleting|withdrawing|retracting|changing|taking down) {_YOUR} (?:\\w+ )?{_MESSAGE}",
            f"(?:have|see|want|get) {_YOUR} (?:\\w+ )?{_MESSAGE} (?:removed|deleted|withdrawn|taken down|changed)",
        ),
        "threat": (
            "legal (?:action|steps|proceedings|measures|consequences)",
            "(?:our|my) (?:lawyers?|attorneys?|solicitors?|legal (?:team|department|counsel))",
            "(?:sue|suing) (?:you|for)",
            "(?:see|take) you (?:in|to) court",
            "defamat(?:ion|ory)",
            "libel(?:lous|ous)?",
            "slander(?:ous)?",
            "hold(?:ing)? you (?:\\w+ )?(?:liable|responsible)",
            "report(?:ing)? you to",
            "press(?:ing)? charges",
            "debt collect(?:ion|or|ors)",
        ),
    },
    apology=(
        "sorry",
        "apolog(?:y|ies|ise|ize|ises|izes|ising|izing)",
        "our regrets",
        "we regret",
        "i regret",
        "regret to",
        "forgive (?:us|me)",
        "(?:excuse|pardon) (?:us|me)",
        "inconvenience",
    ),
    excuse={
        "denial": ("you(?:'re| are| were) (?:\\w+ ){0,2}?right", "rightly"),
        "withdrawal": ("not", "don't", "never", "no need", "phone", "number", "address", "details"),
        "blame": (
            "you(?:'re| are| were) (?:\\w+ ){0,2}?right",
            "not your fault",
            "our (?:fault|mistake)",
            "you should have (?:received|had|got|gotten|heard|been)",
        ),
    },
    loud=words(
        "not never always no must very really stop please read your you we our are do did now again listen "
        "wrong why what the this that nothing everything all of and enough ever will cannot can't don't "
        "won't didn't free only"
    ),
    closings=(
        "(?:with )?(?:kind|best|warm|warmest|kindest|many)? ?(?:regards|wishes|greetings|thanks)(?: from)?",
        "cheers",
        "best",
        "sincerely",
        "yours(?: sincerely| truly| faithfully)?",
        "take care",
        "love",
        "thank you",
        "on behalf of \\w+",
    ),
    not_names=words(
        "thanks thank you regards kind best warm wishes cheers sincerely yours truly greetings sorry the a "
        "an of from at in and team customer service support care webcare department management staff manager "
        "admin yes no please hello hi see soon tomorrow today dear all good day luck bye helpdesk desk for "
        "we i our us weekend again have nice take enjoy welcome"
    ),
    ours=(
        "(?:call|ring|phone|reach|contact|mail|text) us",
        "our (?:number|phone|phone number|address|shop|store|office|bakery|workshop|branch|helpline|line)",
        "we(?: are|'re) (?:open |located |based )?(?:at|in)",
        "(?:find us|visit us|come by|drop by|drop in|pop in)",
        "the (?:shop|store)",
    ),
    common=words(
        "the a an and of to in is that it for on with as at by this be are was were not but or from have has "
        "had you your he she they we i my me us our their there here what who where when how which why can "
        "could would will shall should may do does did if then so no yes any some all been being about into "
        "out up than too very just more when get got let please"
    ),
    determiners=words("the a an your our my this that these those no new every another their his her per"),
    noun_endings=("tion", "sion", "ment", "ness", "ity", "ship", "ance", "ence", "ing", "number", "date"),
    hollow=words(
        "way time times point points opinion word words reason message messages answer answers reply replies "
        "question customer customers fact facts truth discussion thing things day matter case side story "
        "situation complaint problem issue issues end beginning tone attitude other rest same whole being "
        "going doing saying anything nothing something everything people person regards kind last first only "
        "thread conversation claim said says means meant happened happens"
    ),
    told={
        "shouting": (
            "capitals or exclamation marks read as shouting",
            "write it plainly, with one exclamation mark at most",
        ),
        "sarcasm": ("this reads as mockery", "say what you do; leave the joke out, even where you are right"),
        "blame": ("this blames or lectures the customer", "say what can be done, without looking back"),
        "denial": ("this says that the customer is wrong", "name what you have seen, or ask what happened"),
        "yes_you_did": (
            "this is a yes-you-did: without a new fact nobody wins",
            "bring something new (a date, an amount, an appointment), or offer to call",
        ),
        "withdrawal": (
            "this asks the customer to take the message away",
            "solve it; whether the message stays is up to them",
        ),
        "threat": ("this threatens with the law", "keep that out of a public message, and take counsel first"),
        "apology": ("who gives a compliment needs no apology", "say thanks, and whom you pass it on to"),
        "personal_data": (
            "everybody can read this, and it is about a person",
            "take it out, and ask for or give it by mail",
        ),
        "unsigned": ("no name stands under it", "sign with your own first name"),
        "no_link": ("there is a page that answers this question", "give its address: {url}"),
        "blank": ("something is still to be filled in here", "fill it in, or take the sentence out"),
        "copy_paste": ("we wrote this in this conversation before", "write what has happened since"),
    },
)
