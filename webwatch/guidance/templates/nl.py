"""Dutch."""

from __future__ import annotations

from webwatch.guidance.templates import Templates

part = Templates(
    greeting="Beste {name},",
    greeting_nobody="Goedendag,",
    page="Meer hierover staat op {url}",
    closing="Groet,",
    own_name="[je voornaam]",
    bodies={
        "complaint": {
            "ack": "Dank dat u dit meldt. Ik zoek uit [wat er gebeurd is] en antwoord hier uiterlijk "
            "[voor wanneer].\n\n"
            "Gegevens die ik daarvoor nodig heb, kunt u mailen naar [mailadres]. Zet ze niet hier: iedereen leest mee.",
            "reply": "Het spijt me dat [wat er misging]. Ik heb het nagekeken: [wat er gebeurd is].\n\n"
            "Dit doen we: [wat we doen], uiterlijk [voor wanneer]. Daarna vertel ik hier hoe het is afgelopen.",
            "outcome": "Het is afgehandeld: [hoe het is afgelopen].\n\n"
            "Bij ons is dit veranderd: [wat we nu anders doen]. Dank dat u het meldde.",
        },
        "question": {
            "ack": "Dank voor uw vraag. Ik vraag het na bij [wie het weet] en antwoord hier uiterlijk [voor wanneer].",
            "reply": "[Het antwoord, in een of twee zinnen.]",
            "outcome": "Nog even over uw vraag: [hoe het is afgelopen].",
        },
        "suggestion": {
            "ack": "Dank voor uw idee over [het onderwerp]. Ik leg het voor aan [wie erover gaat] en vertel hier "
            "uiterlijk [voor wanneer] wat we ermee doen.",
            "reply": "Dank voor uw idee over [het onderwerp]. [Wat we ermee doen, of waarom niet.]",
            "outcome": "U had een idee over [het onderwerp]. Dit is ervan gekomen: [wat we hebben gedaan].",
        },
        "compliment": {
            "ack": "Dank u wel! Ik geef het door aan [wie het verdient] en vertel hier uiterlijk [voor wanneer] "
            "wat die ervan zei.",
            "reply": "Dank u wel, fijn om te lezen dat [wat er goed beviel]. Ik geef het door aan [wie het verdient].",
            "outcome": "Uw bericht is gelezen door [wie het verdient]. De reactie: [wat die ervan zei]. Nogmaals dank!",
        },
        "other": {
            "ack": "Dank voor uw bericht. Ik kijk naar [waar het over gaat] en antwoord hier uiterlijk [voor wanneer].",
            "reply": "Dank voor uw bericht. [Ons antwoord, met de feiten.]",
            "outcome": "Nog even over [waar het over ging]: [hoe het is afgelopen].",
        },
    },
    hints={
        "facts": "Noem feiten: wat er gebeurde, wanneer, en wat jullie doen. Geen mening over de klant.",
        "name": "Teken met je eigen voornaam.",
        "mail": "Persoonlijke gegevens horen in de mail, niet in een openbaar bericht.",
        "when": "Zeg wanneer het antwoord komt, en noem een moment dat je haalt.",
        "ending": "Kom terug met de afloop, op dezelfde plek.",
        "thank": "Bedank, en zeg aan wie je het doorgeeft.",
        "no_apology": "Wie een compliment geeft, krijgt geen excuses.",
        "page": "Geef eerst het antwoord, dan de pagina waar meer staat.",
        "decide": "Zeg wat jullie met het idee doen, ook als dat niets is, en waarom.",
    },
)
