"""A second look at what was written: what is warned about, and what is not."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import Desk, item, rss
from webwatch import guidance
from webwatch.guidance import About
from webwatch.guidance.tone import load
from webwatch.model import AnswerPage

HOURS = AnswerPage(topic="openingstijden", url="https://bakker.example/open", words=("open", "openingstijden"))


def rules(draft: str, **about: object) -> list[str]:
    return [remark.rule for remark in guidance.lint(draft, About(**about))]


# Answers that a careful person gives; each is signed by name.
GOOD = [
    "Beste Karin,\n\nHet spijt me dat de taart te laat kwam: onze bus stond stil. Er staat een nieuwe.\n\nGroet,\nAnn",
    "Dank voor uw bericht. Ik zoek het uit en antwoord hier uiterlijk vrijdag 12:00.\n\nGroet, Ann",
    "Goedemorgen, u heeft gelijk: dat klopt niet. De rekening is aangepast naar 12,50. Groeten, Ann",
    "Wat vervelend dat u twee keer voor niets kwam. Mail info@bakker.example.\n\nVriendelijke groet,\nAnn de Vries",
    "Dank u wel, fijn om te lezen! Ik geef het door aan Jan.\n\nAnn",
    "Beste heer Jansen, onze winkel staat op Dorpsstraat 12 en is open tot 17:30. Groet, Piet",
    "U kunt ons bellen op 020-1234567, tussen 9 en 17 uur.\n\nGroet,\nPiet van Bakkerij De Vries",
    "Wilt u uw telefoonnummer uit uw bericht halen? Iedereen leest hier mee. Groet, Ann",
    "Nogmaals excuses voor de fout; vandaag is het bedrag van 15 euro teruggestort.\n\nGroetjes Ann",
    "De bestelling van 2 taarten en 12 broodjes staat klaar op 12 december om 9.30 uur. ^AB",
    "Wij verwijderen uw bericht nooit; het blijft gewoon staan.\n\nAnn",
    "U hoeft uw review niet te verwijderen. Ik hoop dat het zo is opgelost.\n\n- Ann",
    "Van KPN tot de ANWB: de BTW is overal 9%. Groet, Ann",
    "Het pakket is onderweg 3 dagen geweest, en kwam op 23-11-2026 aan. Groet, Ann",
    "> DIT IS SCHANDALIG!!! U LIEGT!\n\nDat lees ik met schrik. Ik bel vandaag met de bezorger. Groet, Ann",
    'U schreef: "dat klopt niet en had u maar opgelet". Ik heb het nagezocht: hij was van gisteren. Groet, Ann',
    "Wat leuk dat u het terras mooi vindt! De stoelen komen van de markt.\n\nGroet,\nFatima",
    "Als er iets niet klopt aan de bon, dan passen we hem aan. Groet, Ann",
    "Het is niet uw schuld: ons formulier vroeg er niet om. Groet, Ann",
    "Wij zijn aansprakelijk voor de schade en vergoeden die. Ik mail u vandaag. Groet, Ann",
    "Retour na 30 dagen is helaas niet mogelijk. Ruilen wel, tot 31 december. Groet, Ann",
    "Meer hierover staat op https://www.bakker.example/NIET/06-12345678\n\nGroet,\nAnn\n\nP.S. Zondag dicht.",
    "Hi Tom,\n\nI am sorry about the wait. The oven broke; I will call you by tomorrow noon.\n\nKind regards,\nAnn",
    "Thank you for telling us. I will answer here by Friday 12:00.\n\nBest wishes, Ann",
    "You are right, that is not correct: the price is 12.50. I have changed the page.\n\nAnn",
    "You should have received a mail by now. If not, please write to service@baker.example. Regards, Ann",
    "We never ask anybody to remove a review; yours stays.\n\nThanks, Ann",
    "Thank you! I will pass it on to Marie.\n\nCheers,\nAnn",
    "Our shop is at 24 High Street, and our number is 020 7946 0000. Kind regards, Ann",
    "You do not have to delete your post; I only wanted to tell how it ended. Best, Ann",
    "The return took 12 working days, which is too long. You get 1.500 MB more. Sincerely, Ann Smith",
    "I looked at the USB and HDMI ports: both are broken, and we replace them for free.\n\nAnn at the repair desk",
    "What would you like us to do: a refund, or a new one?\n\nAnn",
    "The bread is baked at 5:30 and sold from 8:00 until 17:30, also on 24 December.\n\nKind regards,\nann",
    "I understand that you are angry; four weeks is long. The lamp goes out today, with code and all.\n\n~ Ann",
    "Please take your phone number out of your message; everybody reads this. Kind regards, Ann",
]  # fmt: skip


@pytest.mark.parametrize("draft", GOOD)
def test_a_good_answer_gives_no_warning(draft):
    assert rules(draft) == []


# One line of an answer, and the one warning that it gives.
BAD = [
    ("sarcasm", "Leuk geprobeerd, maar nee."),
    ("sarcasm", "Tja, zo gaat dat."),
    ("sarcasm", "Jammer dan, volgende keer beter."),
    ("sarcasm", "Wij hebben hier geen glazen bol."),
    ("sarcasm", "Wat wilt u nu eigenlijk?"),
    ("sarcasm", "Wat een zogenaamde klacht."),
    ("sarcasm", "Nice try, but no."),
    ("sarcasm", "Oh really, on a Sunday."),
    ("sarcasm", "We are no mind readers here."),
    ("sarcasm", "So what do you want from us?"),
    ("sarcasm", "Good for you."),
    ("blame", "Had u maar eerder gebeld."),
    ("blame", "U had beter moeten opletten."),
    ("blame", "U moet ook niet op zaterdag komen."),
    ("blame", "Zoals ik al zei is de winkel dicht."),
    ("blame", "Zoals we al eerder schreven is de winkel dicht."),
    ("blame", "Als u de voorwaarden had gelezen, wist u dit."),
    ("blame", "Lees eerst de handleiding."),
    ("blame", "Het staat duidelijk op de site."),
    ("blame", "Dat is uw eigen schuld."),
    ("blame", "Rustig maar, het komt goed."),
    ("blame", "Doe even normaal."),
    ("blame", "U heeft het verkeerd begrepen."),
    ("blame", "Jammer dat u het zo ervaart."),
    ("blame", "Waarom heeft u niet gebeld?"),
    ("blame", "If you had read the manual, it would work."),
    ("blame", "You should have called first."),
    ("blame", "As I already said, we are closed."),
    ("blame", "Calm down, it will be fine."),
    ("blame", "You clearly missed the sign."),
    ("blame", "I am afraid it is your own fault."),
    ("blame", "We are sorry you feel that way."),
    ("blame", "For the last time: we are closed."),
    ("denial", "Dat klopt niet."),
    ("denial", "Sorry, maar dat klopt echt niet."),
    ("denial", "Dat is onmogelijk."),
    ("denial", "Niemand anders klaagt."),
    ("denial", "U bent de enige die dit zegt."),
    ("denial", "Daar hebben we nog nooit klachten over gehad."),
    ("denial", "Dit ligt niet aan ons."),
    ("denial", "Dat lijkt me sterk."),
    ("denial", "That's impossible."),
    ("denial", "Nobody else complains."),
    ("denial", "That is simply not true."),
    ("denial", "You are the only one with this."),
    ("denial", "We have never had complaints about it."),
    ("denial", "This is not our fault."),
    ("yes_you_did", "Jawel."),
    ("yes_you_did", "Wij hebben u wel degelijk gemaild."),
    ("yes_you_did", "Yes you did."),
    ("yes_you_did", "No, you didn't."),
    ("withdrawal", "Verwijder uw bericht."),
    ("withdrawal", "Wilt u deze recensie aanpassen?"),
    ("withdrawal", "Kunt u uw review weghalen?"),
    ("withdrawal", "Please take down your review."),
    ("withdrawal", "Could you delete that post?"),
    ("withdrawal", "Would you consider changing your rating?"),
    ("threat", "Wij overwegen juridische stappen."),
    ("threat", "Onze advocaat neemt het over."),
    ("threat", "Dit is smaad."),
    ("threat", "We doen aangifte."),
    ("threat", "We will take legal action."),
    ("threat", "You will hear from our lawyers."),
    ("threat", "This is defamation."),
    ("shouting", "DIT KLOPT WEL DEGELIJKE ZAAK."),
    ("shouting", "De winkel was NIET dicht."),
    ("shouting", "Nee!!!"),
    ("shouting", "Hoe bedoelt u??"),
    ("shouting", "We are NOT closed."),
    ("personal_data", "Wij bellen u op 06-12345678."),
    ("personal_data", "Uw nummer is +31 6 1234 5678."),
    ("personal_data", "Wij mailen naar jan.jansen@mail.example."),
    ("personal_data", "Het geld gaat naar NL91 ABNA 0417 1643 00."),
    ("personal_data", "Het geld gaat naar nl91abna0417164300."),
    ("personal_data", "Your account is GB82 WEST 1234 5698 7654 32."),
    ("personal_data", "Het gaat om bestelnummer 2026-00123."),
    ("personal_data", "It is about order #48213."),
    ("personal_data", "Wij bezorgen het op de Dorpsstraat 12."),
    ("personal_data", "We komen naar Van Baerlestraat 12a."),
    ("personal_data", "We deliver to 24 Station Road."),
    ("personal_data", "Wij bezorgen op Dorpsstraat 12, of u komt langs in onze winkel."),
    ("personal_data", "We are on our way to 24 Station Road."),
    ("personal_data", "Uw postcode is 1234 AB."),
    ("blank", "Het komt [voor wanneer]."),
    ("blank", "Hier staat [...] nog niets."),
]


@pytest.mark.parametrize(("rule", "line"), BAD)
def test_a_bad_line_gives_its_own_warning(rule, line):
    assert rules(f"Beste Karin,\n\n{line}\n\nGroet,\nAnn") == [rule]


def test_the_tables_are_long_enough_to_say_something():
    assert len(GOOD) >= 30
    assert len(BAD) >= 60
    assert {rule for rule, _ in BAD} >= set(guidance.RULES) - {"apology", "unsigned", "no_link", "copy_paste"}


def test_the_schoolteacher_is_warned_about():
    found = guidance.lint("Beste Karin,\n\nWat wil je nou? De juf uithangen of geholpen worden?\n\nGroet,\nAnn")
    assert {remark.rule for remark in found} == {"sarcasm"}
    assert (found[0].line, found[0].column, found[0].words) == (3, 1, "Wat wil je nou")


@pytest.mark.parametrize("name", [
    "Ann", "ann", "- Ann", "^AB", "Groet, Ann", "Groetjes Ann van De Vries", "Met vriendelijke groet, Ann de Vries",
    "Ann de Vries", "Ann, Bakkerij De Vries", "Kind regards, Ann", "Ann (Bakkerij De Vries)", "Team De Vries, Ann",
    "Mvg Ann", "Tot morgen! Ann", "Namens het team, Ann",
])  # fmt: skip
def test_a_name_is_a_signature(name):
    assert rules(f"Dank voor uw bericht.\n\n{name}", business="Bakkerij De Vries") == []


@pytest.mark.parametrize("end", [
    "", "Groet", "Met vriendelijke groet,\nTeam Bakkerij De Vries", "Bakkerij De Vries", "Klantenservice", "Bedankt.",
    "Kind regards,\nCustomer Service", "Thank you", "Met vriendelijke groet", "Fijne dag!", "De klantenservice",
])  # fmt: skip
def test_a_department_or_a_courtesy_is_none(end):
    assert rules(f"Dank voor uw bericht, het is verzonden.\n\n{end}", business="Bakkerij De Vries") == ["unsigned"]


def test_an_apology_is_for_who_complains():
    draft = "Dank u wel, en sorry voor de drukte.\n\nAnn"
    assert rules(draft, intent="complaint") == []
    assert rules(draft, intent="compliment") == ["apology"]


def test_a_question_wants_the_page_that_answers_it():
    question = {"said": "Zijn jullie zondag open?", "pages": (HOURS,)}
    assert rules("Ja, van 9 tot 12.\n\nAnn", **question) == ["no_link"]
    assert rules("Ja, van 9 tot 12: http://www.bakker.example/open/\n\nAnn", **question) == []
    assert rules("Ja, van 9 tot 12.\n\nAnn", **question | {"said": "Zijn de koeken vers?"}) == []
    assert rules("Ja, van 9 tot 12.\n\nAnn", **question, intent="complaint") == []
    (remark,) = guidance.lint("Ja.\n\nAnn", About(**question, intent="question"))
    assert HOURS.url in remark.advice


OURS = (
    "Beste Karin, dat hebben we niet gezegd. Groet, Ann",
    "Wij hebben de taart echt gebakken zoals gevraagd. Groet, Ann",
)


@pytest.mark.parametrize(("draft", "expected"), [
    ("Nee, echt, zo hebben wij het niet gezegd, en dat weet u ook. Groet, Ann", ["yes_you_did"]),
    ("Dat is toch gewoon gebakken zoals het moest. Groet, Ann", ["yes_you_did"]),
    ("Op 12 november is de taart opgehaald. Groet, Ann", []),
    ("Vrijdag komen we langs om het te bekijken. Groet, Ann", []),
    ("Zie ook https://bakker.example/recept hoe het is gegaan. Groet, Ann", []),
    ("De leverancier stuurde ons verkeerde room. Groet, Ann", []),
])  # fmt: skip
def test_a_third_post_needs_a_new_fact(draft, expected):
    assert rules(draft, ours=OURS) == expected
    assert rules(draft, ours=OURS[:1]) == []


def test_the_same_answer_again_is_copied():
    first = "Beste Karin,\n\nDank voor uw bericht. Wij zoeken het uit en komen erop terug.\n\nGroet,\nAnn"
    assert rules(first.replace("Karin", "Tom").replace("Ann", "Piet"), ours=(first,)) == ["copy_paste"]
    assert rules("Beste Tom,\n\nDe taart staat klaar, met een nieuwe strik erom.\n\nGroet,\nAnn", ours=(first,)) == []


def test_our_own_mail_boxes_are_not_personal():
    draft = "Schrijf aan ann@bakker.example.\n\nAnn"
    assert rules(draft) == ["personal_data"]
    assert rules(draft, domains=("bakker.example",)) == []


def test_names_in_capitals_are_no_shouting():
    assert rules("Beste KARIN WILLEMSE,\n\nDank u.\n\nAnn", author="KARIN WILLEMSE") == []
    assert rules("Beste KARIN WILLEMSE,\n\nDank u.\n\nAnn") == ["shouting"]


@pytest.mark.parametrize("account", ["NL91 ABNA 0417 1643 01", "NL91 ABNA 0417 1643", "AB12 3456 7890 1234 567"])
def test_a_number_that_fails_its_check_is_no_bank_account(account):
    assert rules(f"Het gaat om {account}.\n\nAnn") == []


def test_it_is_told_in_the_language_of_the_owner_with_line_column_and_words():
    (remark,) = guidance.lint("Beste Karin,\n\nHelaas, had\nu maar gebeld.\n\nAnn", About(told_in="nl"))
    assert (remark.line, remark.column, remark.words) == (3, 9, "had u maar")
    assert remark.reason == load("nl").told["blame"][0]


def test_each_rule_has_its_reason_in_each_language():
    assert set(load("nl").told) == set(load("en").told) == set(guidance.RULES)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([
    "WAT", "[", "]", "\n", "\n\n", ">", '"', "“", "”", "é", "ß", "İ", "x[.]nl", "https://a.example", "had u maar",
    "06-12345678", "!!", "Ann", " ", "ﬃ", "\u0000", "\ud800", "🎂", "NL91ABNA0417164300", "-", "groet,",
]), max_size=25).map("".join))  # fmt: skip
def test_whatever_is_written_each_remark_points_at_its_words(draft):
    lines = draft.split("\n")
    for remark in guidance.lint(draft, About(ours=("a", "b"), intent="compliment")):
        assert remark.rule in guidance.RULES
        assert 1 <= remark.line <= len(lines)
        assert 1 <= remark.column <= len(lines[remark.line - 1]) + 1


def test_a_long_text_ends_soon():
    for piece in ("u heeft ", "a", "A ", "1 ", "[", "had u ", '"', "NL91 ", "Van De ", "dat is ", "groet "):
        assert isinstance(guidance.lint(piece * (20_000 // len(piece))), tuple)


# ----------------------------------------------------------------------------------------------------- the command


def test_the_command_needs_no_configuration_and_leaves_with_its_own_code(desk: Desk):
    clean = desk.run("lint", stdin="Dank voor uw bericht.\n\nGroet, Ann")
    assert (clean.stdout, clean.stderr) == ("", "Nothing to remark on.\n")
    warned = desk.run("lint", "-", stdin="Dat klopt niet.\n\nGroet, Ann", code=7)
    assert warned.stdout.startswith("1:1: denial: 'Dat klopt niet': ")
    (desk.folder / "answer.txt").write_bytes("\ufeffHad u maar gebeld.\r\n\r\nAnn".encode())
    assert desk.run("lint", "answer.txt", code=7).stdout.startswith("answer.txt:1:1: blame: ")
    assert "cannot be read" in desk.run("lint", "none.txt", code=2).stderr
    (desk.folder / "large.txt").write_bytes(b"a" * 300_000)
    assert "larger" in desk.run("lint", "large.txt", code=2).stderr


def test_for_a_mention_it_knows_what_is_answered(desk: Desk, web):
    web.page("/feed.xml", rss(item(1, "Bakkerij De Vries, wat zijn de openingstijden? &lt;b&gt;"), item(2)))
    desk.configure(
        f"keywords: [Bakkerij De Vries]\nsources: ['{web.url('/feed.xml')}']\ndigest: {{language: nl}}\n"
        "us: {name: Bakkerij De Vries, domains: [devries.example]}\n"
        "links: [{topic: openingstijden, url: 'https://devries.example/open'}]"
    )
    desk.run("scan")
    said = desk.json("lint", "--for", "1", stdin="Tot 17:30. Mail ann@devries.example.\n\nGroet,\nAnn", code=7)
    assert said["schema"] == "webwatch.lint/1"
    (warning,) = said["warnings"]
    assert (warning["rule"], warning["line"], warning["column"]) == ("no_link", 1, 1)
    assert "https://devries.example/open" in warning["advice"]
    assert desk.json("lint", "--for", "2", stdin="Dank u.\n\nGroet, Ann") == {
        "schema": "webwatch.lint/1",
        "warnings": [],
    }
    desk.run("label", "2", "compliment")
    apology = desk.json("lint", "--for", "2", stdin="Sorry!\n\nAnn", code=7)
    assert [warning["rule"] for warning in apology["warnings"]] == ["apology"]
    assert "there is no mention 9" in desk.run("lint", "--for", "9", stdin="x", code=2).stderr


def test_what_we_logged_in_the_same_talk_counts(desk: Desk, web):
    web.page("/feed.xml", rss(item(1)))
    desk.configure(f"keywords: [Bakkerij De Vries]\nsources: ['{web.url('/feed.xml')}']")
    desk.run("scan")
    wrote = "Dank voor uw bericht, wij zoeken het uit.\n\nGroet, Ann"
    desk.run("reply", "1", "--draft", "-", stdin=wrote)
    again = desk.json("lint", "--for", "1", stdin=wrote, code=7)
    assert [warning["rule"] for warning in again["warnings"]] == ["copy_paste"]
    desk.run("undo")
    desk.run("lint", "--for", "1", stdin=wrote)


def test_the_rules_stand_in_the_document():
    from tests.test_docs import ROOT

    told = (ROOT / "docs/guidance.md").read_text(encoding="utf-8")
    table = told.split("## What lint warns about")[1].split("\n## ")[0]
    assert re.findall(r"^\| `([a-z_]+)` \|", table, re.MULTILINE) == list(guidance.RULES)
