"""Personal data in a text: phone numbers, mail addresses, bank accounts, order numbers, postal addresses."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from webwatch import text
from webwatch.guidance import tone
from webwatch.guidance.about import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Mail boxes of a business, which are there to be given.
_ROLES = tone.words(
    "info contact service klantenservice customerservice support help helpdesk hello hallo webcare mail "
    "office sales verkoop bestel bestellingen bestelling order orders reserveren reserveringen winkel "
    "shop balie care team receptie klacht klachten complaints feedback admin administratie kantoor post "
    "vragen"
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")

# ISO 13616: two letters, two check digits, then up to 30 letters and digits, in groups.
_IBAN = re.compile(r"(?<![^\W_])[A-Za-z]{2}\d\d(?:[ .-]?[A-Za-z0-9]){11,30}")
_GROUPED = re.compile(r"[A-Z]{2}\d\d[ .-]?[A-Z0-9]{4}[ .-]?\d{4}")
_IBAN_LENGTHS = {"NL": 18, "BE": 16, "DE": 22, "FR": 27, "GB": 22, "LU": 20, "ES": 24, "IT": 27, "AT": 20, "CH": 21,
                 "DK": 18, "SE": 24, "NO": 15, "FI": 18, "IE": 22, "PT": 25, "PL": 28}  # fmt: skip

_ORDER = re.compile(
    r"(?<!\w)(?:(?:order|bestelling|bestel|factuur|klant|polis|dossier|zaak|ticket|customer|client|invoice|account|case|booking|"
    r"boeking|boekings|reservering|reserverings|reservation|tracking|relatie|policy|serie|serial|membership|lidmaatschaps)"
    r"(?:\s?-?(?:nummer|number|nr|no|id|code)\b\.?|(?=\s?#))\s?(?:is|was|:)?\s?#?\s?(?=[\w-]*\d[\w-]*\d)[a-z]{0,5}[\d-][\w-]{2,}"
    r"|(?:order|bestelling|factuur|invoice|booking|boeking|ticket|reservation)\s?:?\s?(?:[a-z]{1,5}-?)?\d[\d-]{4,})(?!\w)",
    re.IGNORECASE,
)

_PHONE = re.compile(r"(?<![\w.,/@#-])(?:\+|\()?\d(?:[ ()./-]{0,2}\d){7,15}(?![\w@])")
_DATE = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{4}-\d\d-\d\d")
_AMERICAN = re.compile(r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}$")
_SERVICE = re.compile(r"0[89]00")
_MOBILE = re.compile(r"(?:06|(?:\+|00)\d{2}(?:0)?[67]|07)")

_POSTCODE = re.compile(
    r"(?<![\w-])(?:[1-9]\d{3} ?(?!SA|SD|SS|MB|GB|TB|KB|KM|CM|MM|PM|AM|EU|US|UK|TV|PC|PK|KG|HD)[A-Z]{2}"
    r"|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?![\w-])"
)
_UNITS = (
    r"uur|u\b|dag|dagen|week|weken|maand|maanden|jaar|euro|keer|x\b|%|:\d|[.,]\d|e\b|ste\b|de\b|st\b|"
    r"jan|feb|maart|apr|mei|juni|juli|aug|sep|okt|oct|nov|dec"
)
_CAPITALS = r"(?:[A-Z][\w'’-]{0,30}\s)"
_DUTCH_STREET = (
    rf"{_CAPITALS}{{0,2}}(?!onderweg)\w{{2,30}}"
    r"(?i:straat|straatje|laan|gracht|kade|singel|steeg|dreef|plantsoen|dijk|boulevard)"
    rf"|{_CAPITALS}{{0,2}}(?!Onderweg|Halverweg)[A-Z]\w{{1,30}}"
    r"(?:weg|plein|hof|park|pad|wal|baan|markt|haven|ring|burg|veld|kamp|hout)"
    r"|[A-Z]\w{1,30}\s(?:Voorhout|Weg|Straat|Laan|Plein|Kade|Markt|Gracht)"
)
_STREET = re.compile(
    rf"(?<!\w)(?:{_DUTCH_STREET})\s+\d{{1,4}}(?:\s?-?\s?[a-zA-Z]\b|-\d+)?(?!\s?(?:{_UNITS}))(?![\d:])"
    rf"|(?<!\w)\d{{1,4}}[a-zA-Z]?,?\s{_CAPITALS}{{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Close|Crescent|Square"
    r"|Terrace|Gardens|Court|Boulevard)\b"
    rf"|(?<!\w){_CAPITALS}{{1,3}}(?:Street|Road|Avenue|Lane|Crescent|Terrace)\s\d{{1,4}}[a-z]?\b"
)


def find(said: str, domains: Sequence[str]) -> list[Found]:
    """What is personal in a text; mail boxes on our own `domains` and those of a business are not."""
    spans: list[tuple[int, int]] = []
    for start, end in _candidates(said, domains):
        if all(end <= other_start or start >= other_end for other_start, other_end in spans):
            spans.append((start, end))
    return [Found("personal_data", start, end) for start, end in sorted(spans)]


def _candidates(said: str, domains: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The surer ones first: part of a bank account looks like a phone number."""
    for found in _MAIL.finditer(said):
        if not _is_ours(found[0].rstrip("."), domains):
            yield found.span()
    for found in _IBAN.finditer(said):
        if length := _iban_length(found[0]):
            yield found.start(), found.start() + length
    said = _IBAN.sub(_emptied, said)
    yield from (found.span() for found in _ORDER.finditer(said))
    yield from _reached_at(said)


def _reached_at(said: str) -> Iterator[tuple[int, int]]:
    """Phone numbers and postal addresses, but for those of the shop."""
    for found in _PHONE.finditer(said):
        if _is_phone(found[0]) and (_is_mobile(found[0]) or not _stands_for_us(said, found.start())):
            yield found.span()
    for pattern in (_STREET, _POSTCODE):
        yield from (found.span() for found in pattern.finditer(said) if not _stands_for_us(said, found.start()))


def _emptied(account: re.Match[str]) -> str:
    """Nothing in the place of what looks like a bank account: what fails its check is no phone number either."""
    return " " * len(account[0]) if _GROUPED.match(account[0]) else account[0]


def _is_ours(address: str, domains: Sequence[str]) -> bool:
    box, _, host = address.casefold().partition("@")
    return box in _ROLES or any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _iban_length(written: str) -> int:
    """How much of what is written is a bank account, whose check digits are right (ISO 7064, mod 97-10); 0 for none."""
    wanted = _IBAN_LENGTHS.get(written[:2].upper())
    signs = 0
    for index, sign in enumerate(written):
        signs += sign.isalnum()
        at_edge = index + 1 == len(written) or not written[index + 1].isalnum()
        if sign.isalnum() and (signs == wanted if wanted else signs >= 15 and at_edge):
            bare = "".join(filter(str.isalnum, written[: index + 1])).upper()
            if int("".join(str(int(letter, 36)) for letter in bare[4:] + bare[:4])) % 97 == 1:
                return index + 1
    return 0


def _is_phone(written: str) -> bool:
    digits = re.sub(r"\D", "", written)
    if _DATE.search(written) or _SERVICE.match(digits):
        return False
    if written.startswith("+") or digits.startswith("00"):
        return 9 <= len(digits) <= 15
    if written.startswith(("0", "(0")):
        return 10 <= len(digits) <= 11
    return bool(_AMERICAN.match(written))


def _is_mobile(written: str) -> bool:
    return bool(_MOBILE.match(re.sub(r"[^\d+]", "", written)))


def _stands_for_us(said: str, start: int) -> bool:
    """Whether what stands before it says that this is the shop's own address or number."""
    before = text.fold(tone.sentence(said[:start], start, start))
    return bool(_ours().search(before))


@cache
def _ours() -> re.Pattern[str]:
    phrases = [phrase for words in tone.every() for phrase in words.ours]
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")
