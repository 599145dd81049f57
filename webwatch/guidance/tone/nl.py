"""Dutch."""

from __future__ import annotations

from webwatch.guidance.tone import Tone, words

_YOU = "(?:u|je|jij|jullie)"
_YOUR = "(?:uw|je|jouw|jullie|dit|deze|dat|die|het|de)"
_HAVE = "(?:heeft|hebt|heb|hebben)"
_MESSAGE = (
    "(?:\\w*bericht(?:en|je)?|review(?:s)?|recensies?|beoordeling(?:en)?|post|posts|reacties?|topic|tweet|klacht"
    "|commentaar|ster(?:ren)?|waardering)"
)

part = Tone(
    phrases={
        "sarcasm": (
            "wat (?:wil|wilt) (?:je|u|jij|jullie) (?:nou|nu)(?: (?:eigenlijk|precies|dan|weer))?",
            "wat (?:wil|wilt) (?:je|u|jij|jullie) (?:eigenlijk|dan)(?: nog)?(?: meer)?(?= ?[?!])",
            (
                "(?:de|een) (?:\\w+ )?(?:juf|juffrouw|meester|schoolmeester|schooljuf|slachtoffer|baas|politieagent|"
                "expert|betweter)"
                " (?:uit ?(?:te )?hangen|spelen|te spelen|uithangt)"
            ),
            "of geholpen worden",
            "leuk geprobeerd",
            "goh",
            "nou nou",
            "tjonge(?: jonge)*",
            "tja",
            "ach gossie",
            "boe ?hoe",
            "wat zielig",
            "applaus(?: voor (?:u|jou))?",
            "knap hoor",
            "heel knap",
            "lekker belangrijk",
            "boeien",
            "duh",
            "geen helderziende[n]?",
            "(?:glazen|kristallen) bol",
            "gedachten ?lezers?",
            "geen gedachten lezen",
            "mevrouwtje",
            "meneertje",
            "beste man",
            "beste mens",
            "jammer dan",
            "pech gehad",
            "pech voor u",
            "fijn voor (?:u|je|jou)",
            "huil maar",
            "moet ik (?:nu|nou) (?:huilen|medelijden)",
            "alsof (?:wij|we|ik|dat|u|je) \\w+",
            "wat (?:had|heeft|hebt) u dan (?:gedacht|verwacht)",
            "wat dacht (?:u|je) dan",
            "wat had (?:u|je) dan (?:gedacht|verwacht)",
            "zogenaamde? (?:klacht|probleem|problemen|ervaring|klant)",
        ),
        "blame": (
            f"had {_YOU}(?: (?:dan|toen|nou|nu))?(?: (?:maar|beter|gewoon|eerst|even|moeten|kunnen))+",
            (
                f"{_YOU} had(?:den)? (?:(?:dan|toen|ook|het|dat|dit) )*(?:maar|beter|gewoon|eerst|moeten|kunnen "
                f"(?:weten|lezen|zien))"
            ),
            "dan had (?:u|je|jij) (?:maar|het|dat|dit|ons|geweten)",
            f"{_YOU} moet(?:en)? (?:(?:dan|het|dat|nu) )*(?:ook|maar|gewoon|eens|beter|leren|snappen|begrijpen)",
            f"moet(?:en)? {_YOU} (?:(?:dan|het|dat) )*(?:ook|maar|gewoon|eens|beter)",
            (
                "zoals (?:ik|we|wij) (?:u |je )?(?:al|eerder|toch|reeds) (?:\\w+ )?(?:zei|zeiden|schreef|schreven|"
                "gezegd|uitgelegd|aangaf"
                "|aangaven|meldden|meldde|vertelde|vertelden)"
            ),
            (
                "zoals (?:ik|we|wij) (?:al|reeds) (?:(?:heb|hebben|eerder|vaker) )*(?:gezegd|geschreven|aangegeven|"
                "gemeld|uitgelegd)"
            ),
            (
                "zoals (?:al|reeds|eerder)(?: (?:al|eerder|vaker|meermaals))? (?:gezegd|aangegeven|vermeld|gemeld|"
                "uitgelegd)"
            ),
            "had gelezen",
            "hadden gelezen",
            "beter (?:moeten )?(?:lezen|opletten|opgelet|luisteren|nadenken|nagedacht|kijken)",
            "lees(?:t)?(?: (?:u|je))? (?:\\w+ ){0,4}?(?:eerst|eens|beter|goed|nog eens|nogmaals)(?: \\w+)?",
            "kunt u niet lezen",
            "kun je niet lezen",
            "staat (?:er )?(?:toch |heel |gewoon )*duidelijk",
            "eigen (?:schuld|fout|stommiteit)",
            "(?:uw|jouw|je) (?:eigen )?(?:schuld|fout)",
            "ligt (?:dus |toch |echt |gewoon )*aan (?:u|uzelf|jou|jezelf|je zelf)",
            (
                f"{_YOU} (?:begrijpt|begrijp|snapt|snap|leest|lees|luistert|luister) (?:het |ons |er )?(?:gewoon |"
                f"dus |duidelijk |echt |blijkbaar )*(?:niet|niets|niks)"
            ),
            (
                f"{_YOU} {_HAVE} (?:het |dat |dit |ons |de \\w+ )?(?:duidelijk |gewoon |blijkbaar |zelf "
                f")*(?:verkeerd|fout|niet goed|niet) "
                "(?:begrepen|gelezen|gedaan|gebruikt|opgelet|geluisterd|ingevuld|besteld)"
            ),
            "(?:blijkbaar|kennelijk|duidelijk|overduidelijk) (?:heeft|hebt|heb) (?:u|je) \\w+",
            (
                f"waarom (?:heeft|hebt|heb|had|belt|bel|mailt|vraagt) {_YOU} (?:(?:ons|dan|het|dat|dit) )*(?:niet|"
                f"pas|nooit)"
            ),
            (
                "nogmaals(?! (?:sorry|excuses?|mijn excuses|onze excuses|bedankt|dank|hartelijk|hartelijke|veel|onze|"
                "mijn|van harte|het spijt))"
            ),
            "voor de (?:laatste|zoveelste|tweede|derde|vierde|tigste) keer(?= ?[:,!.])",
            "rustig (?:maar|aan|even|blijven)",
            "rustig aan maar",
            "kalm (?:aan|maar|blijven)",
            "kalmeer",
            "even dimmen",
            "doe(?:t u)? (?:even |eens )?normaal",
            "(?:stop|hou|houd) (?:nou |nu |eens )*(?:op )?met (?:dat )?(?:zeuren|klagen|zeiken|mopperen)",
            "ge(?:zeur|zeik|mopper)",
            "zeur(?:t)? (?:niet|toch niet|eens niet|er niet)(?: zo)?",
            "(?:maak|maakt) (?:u|je) (?:zich |je )?niet zo druk",
            "niet zo overdrijven",
            f"{_YOU} (?:overdrijft|overdrijf|stelt u aan|zeurt|zeur|zanikt)",
            "stel(?:t)? (?:u|je) niet (?:zo )?aan",
            "jammer dat (?:u|je) (?:het|dat|dit) zo (?:ervaart|voelt|ziet|vindt|\\w+ heeft)",
            "zoals iedereen weet",
            "iedereen weet (?:toch )?dat",
            (
                f"als {_YOU} (?:(?:het|dat|de|onze|eerst|goed|beter|gewoon|even|ons|je|uw) )*(?:\\w+ "
                f"){{0,3}}?(?:had(?:den)?|hadden) (?:gelezen|gebeld|gewacht"
                "|opgelet|geluisterd|gekeken|gevolgd|gevraagd|gemaild)"
            ),
        ),
        "denial": (
            (
                "(?:dat|dit|het|er|daar|wat (?:u|je) (?:zegt|schrijft|beweert|stelt|vertelt)) klopt (?:(?:helemaal|"
                "echt|gewoon|absoluut|dus|"
                "toch|simpelweg|pertinent|gelukkig) )*niet(?: van)?"
            ),
            "daar klopt (?:\\w+ )?niets van",
            (
                "(?:dat|dit|het|wat (?:u|je) (?:zegt|schrijft|beweert)) is (?:(?:helemaal|echt|gewoon|absoluut|dus|"
                "toch|simpelweg|pertinent|"
                "natuurlijk|werkelijk) )*(?:niet waar|onwaar|onzin|onmogelijk|onjuist|gelogen|flauwekul|een leugen|"
                "lariekoek|niet gebeurd|verzonnen)"
            ),
            (
                "dat kan (?:gewoon |echt |helemaal |absoluut |toch )*niet (?:waar zijn|kloppen|gebeurd zijn|het "
                "geval zijn)"
            ),
            (
                "(?:dat|dit) (?:heb ik|hebben (?:wij|we)) (?:nooit|niet|echt niet) (?:gezegd|beloofd|geschreven|"
                "gedaan|beweerd)"
            ),
            (
                "niemand (?:anders )?(?:(?:hier|bij ons) )?(?:klaagt|klaagde|heeft (?:hier |daar |er )?(?:last|"
                "klachten|over geklaagd|problemen)"
                "|heeft (?:ooit )?geklaagd|(?:anders )?heeft dit)"
            ),
            (
                "(?:andere klanten|alle andere klanten|iedereen anders) (?:klagen nooit|zijn (?:wel|altijd) tevreden|"
                "is wel tevreden|hebben nooit)"
            ),
            (
                "(?:u|je|jij) bent (?:echt |nu |wel )?de (?:eerste|enige)(?: (?:klant|persoon|mens))?(?: die| met|"
                "(?= ?[.!,]))"
            ),
            (
                "(?:nog )?nooit (?:(?:eerder|een|enige|ook maar|andere) )*klachten?(?: (?:gehad|gekregen|ontvangen|"
                "gehoord))?"
            ),
            "(?:wij|we|ik) (?:hebben|heb|doen|deden) (?:toch |echt |helemaal )*niets (?:fout|verkeerd)s?(?: gedaan)?",
            "(?:is|was) (?:dus |echt |toch |zeker )*niet onze (?:schuld|fout|zaak|verantwoordelijkheid|probleem)",
            "(?:is|was) (?:dus |echt |toch )*niet ons probleem",
            "(?:ligt|lag) (?:dus |echt |toch |zeker )*niet aan ons",
            "daar kunnen (?:wij|we) (?:ook )?(?:niets|niks) aan doen",
            f"{_YOU} (?:liegt|lieg|liegen|verzint|verzin)",
            "leugens?",
            "lijkt (?:me|mij|ons) (?:heel |erg |zeer )?(?:sterk|onwaarschijnlijk|stug)",
            "(?:zoiets|dat|dit) (?:gebeurt|komt) bij ons (?:nooit|niet)(?: voor)?",
            "bij ons (?:gebeurt|komt) (?:zoiets|dat|dit) (?:nooit|niet)(?: voor)?",
        ),
        "yes_you_did": (
            "welles",
            "nietes",
            "jawel",
            "wel degelijk",
            f"(?:dat|dit) (?:heeft|hebt|heb) {_YOU} wel(?: gezegd| geschreven| gedaan)?",
            f"(?:dat|dit) (?:zei|schreef|deed) {_YOU} wel",
            f"{_YOU} (?:zei|schreef) (?:(?:het|dat) )?(?:toch )?zelf",
        ),
        "withdrawal": (
            (
                f"(?:verwijder(?:t|en)?|wis(?:sen)?|haal(?:t)?|trek(?:t)?|pas(?:t)?) (?:{_YOU} )?(?:alstublieft |"
                f"a\\.?u\\.?b\\.? |svp |even |dan )*"
                f"{_YOUR} (?:\\w+ )?{_MESSAGE}(?: (?:weg|offline|in|aan|van|eraf))?"
            ),
            (
                f"(?<!uit )(?<!in )(?:uw|je|jouw|dit|deze|dat|die) (?:\\w+ )?{_MESSAGE}(?: \\w+){{0,3}}? (?:te "
                f")?(?:verwijderen|verwijdert|wissen|intrekken|in te trekken"
                "|weghalen|weg te halen|weghaalt|aanpassen|aan te passen|aanpast|offline (?:te )?halen|eraf (?:te "
                ")?halen)"
            ),
            (
                f"(?<!uit )(?<!in )(?:uw|je|jouw|dit|deze) (?:\\w+ )?{_MESSAGE} (?:(?:dan|nu|even) )*(?:verwijderd|"
                f"weg|offline|van internet)(?: (?:moet|kan|mag|wordt))?"
            ),
        ),
        "threat": (
            "juridische stappen",
            "(?:onze|mijn) (?:advocaat|advocaten|jurist|juristen|juridische afdeling)",
            "(?:een|de) advocaat in ?(?:te )?schakelen",
            "aangifte (?:doen|te doen|tegen)",
            "(?:doen|doe) (?:wij |we |ik )?aangifte",
            "smaad",
            "laster",
            "(?:wij|we|ik|zullen|zal|stellen|houden) (?:\\w+ ){0,3}?(?:u|je|jou) (?:\\w+ ){0,2}?aansprakelijk",
            "(?:voor|naar) de rechter(?: (?:slepen|dagen|stappen))?",
            "dagvaard(?:ing|en)?",
            "deurwaarder",
            "incasso ?(?:bureau|traject)",
            "uit handen (?:te )?geven",
            "schadeclaim (?:tegen|indienen|van ons)",
        ),
    },
    apology=(
        "sorry",
        "excuus",
        "excuses",
        "verontschuldig\\w*",
        "(?:het )?spijt (?:me|mij|ons)",
        "betreur\\w*",
        "ongemak",
        "neem(?:t u)? (?:me|ons|mij) niet kwalijk",
        "vergeef (?:me|ons|mij)",
    ),
    excuse={
        "denial": (
            "(?:u|je|jij) (?:heeft|hebt|had) (?:\\w+ ){0,2}?gelijk",
            "(?:heeft|hebt|heb) (?:u|je) (?:\\w+ ){0,2}?gelijk",
            "terecht",
        ),
        "withdrawal": ("niet", "nooit", "(?:telefoon)?nummer", "adres", "gegevens", "mailadres"),
        "blame": (
            "(?:u|je|jij) (?:heeft|hebt) (?:\\w+ ){0,2}?gelijk",
            "niet (?:uw|je|jouw) (?:eigen )?(?:schuld|fout)",
            "onze fout",
        ),
    },
    loud=words(
        "niet nooit altijd geen wel echt moet moeten nu eerst lezen lees stop alles niets niks zelf maar "
        "toch heel erg waarom hoezo wij jullie allemaal onzin fout schuld ook al dus klaar genoeg"
    ),
    closings=(
        "(?:met )?(?:vriendelijke|hartelijke|warme|zonnige|goede|lieve|veel)? ?(?:groeten|groetjes|groet)(?: van)?",
        "mvg",
        "m\\.v\\.g\\.?",
        "gr\\.?",
        "grtjs?",
        "hoogachtend",
        "liefs",
        "namens \\w+",
    ),
    not_names=words(
        "bedankt dank u dankjewel dankuwel graag groet groeten groetjes vriendelijke met hartelijke fijne "
        "dag succes tot ziens morgen straks snel het de een van bij en team klantenservice webcare "
        "klantenteam afdeling medewerker directie redactie beheer service management klant contact sorry "
        "excuses ja nee prima alvast hoi hallo dag namens wij we ik weekend avond mvg onze ons jullie "
        "nogmaals allemaal eet smakelijk"
    ),
    ours=(
        "(?:bel|belt|mail|app|bellen|bereik) (?:u |je )?(?:ons|gerust|de winkel|naar ons)",
        "ons (?:telefonisch |gewoon |altijd )?(?:bellen|bereiken|mailen|appen)",
        "ons (?:nummer|telefoonnummer|adres|mailadres|kantoor|filiaal)",
        "onze (?:winkel|zaak|klantenservice|bakkerij|werkplaats|vestiging|receptie|balie)",
        "(?:wij|we) (?:zitten|staan|zijn gevestigd|zijn te vinden)",
        "(?:telefonisch )?bereikbaar (?:op|via)",
        "de winkel",
        "(?:kom|komt|loop|loopt) (?:u |je |gerust |even |eens )*(?:langs|binnen)",
    ),
    common=words(
        "de het een en van in is dat die te op met voor niet zijn aan er maar om ook als dan bij nog naar "
        "uit door over wat wie waar wanneer hoe welke kan kunnen kun kunt heb hebben heeft had was waren "
        "wordt worden ik je jij u hij zij we wij jullie ze mij me mijn uw ons onze hun dit deze daar hier "
        "wel geen al zo of tot na zou zal wil moet mag gaat ga doet doen graag iemand iets veel weer nu toch"
    ),
    determiners=words("de het een uw je jouw onze ons mijn die deze dit dat geen elke nieuwe hun haar zijn per"),
    noun_endings=("ing", "heid", "tie", "teit", "schap", "ment", "age", "isme", "erij", "aar", "nummer", "datum"),
    hollow=words(
        "manier keer moment punt mening woord woorden reden zin bericht berichten reactie reacties antwoord "
        "antwoorden vraag klant klanten feit feiten waarheid discussie ding dingen dag zaak geval kant "
        "verhaal bedoeling situatie klacht probleem einde begin toon houding ander andere rest groet groeten "
        "vriendelijke gewoon toch echt mensen persoon iemand iedereen niemand beste best weet moest moet "
        "zegt zeggen zei doet deed bedoel bedoelt klopt geldt blijft staat stond gaat ging komt kwam vindt "
        "vond wilde kon hoort gelijk ongelijk"
    ),
    told={
        "shouting": (
            "hoofdletters of uitroeptekens lezen als schreeuwen",
            "schrijf het gewoon, met hooguit één uitroepteken",
        ),
        "sarcasm": ("dit leest als spot", "zeg wat je doet; laat de grap weg, ook als je gelijk hebt"),
        "blame": ("dit geeft de klant de schuld of de les", "zeg wat er wel kan, zonder terug te kijken"),
        "denial": ("dit zegt dat de klant ongelijk heeft", "noem wat jullie gezien hebben, of vraag wat er gebeurde"),
        "yes_you_did": (
            "dit is een welles-nietes: zonder nieuw feit wint niemand",
            "kom met iets nieuws (een datum, een bedrag, een afspraak), of bied aan om te bellen",
        ),
        "withdrawal": (
            "dit vraagt de klant om zijn bericht weg te halen",
            "los het op; of het bericht blijft, is aan de klant",
        ),
        "threat": ("dit dreigt met het recht", "laat dat weg uit een openbaar bericht, en overleg eerst"),
        "apology": ("wie een compliment geeft, heeft geen excuses nodig", "bedank, en zeg aan wie je het doorgeeft"),
        "personal_data": (
            "dit kan iedereen lezen, en het gaat over een persoon",
            "haal het weg, en vraag of geef het per mail",
        ),
        "unsigned": ("er staat geen naam onder", "teken met je eigen voornaam"),
        "no_link": ("er is een pagina die deze vraag beantwoordt", "zet het adres erbij: {url}"),
        "blank": ("hier moet nog iets ingevuld worden", "vul het in, of haal de zin weg"),
        "copy_paste": ("dit schreven we in dit gesprek al", "schrijf wat er sindsdien is gebeurd"),
    },
)
