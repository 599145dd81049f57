"""English."""

from __future__ import annotations

from webwatch.guidance.templates import Templates

part = Templates(
    greeting="Hello {name},",
    greeting_nobody="Hello,",
    page="There is more about this at {url}",
    closing="Kind regards,",
    own_name="[your first name]",
    bodies={
        "complaint": {
            "ack": "Thank you for telling us. I am finding out [what happened] and will answer here by [by when].\n\n"
            "Please mail the details I need for that to [mail address]. Do not put them here: everybody can read this.",
            "reply": "I am sorry that [what went wrong]. I looked into it: [what happened].\n\n"
            "This is what we do: [what we do], by [by when]. After that I will tell here how it ended.",
            "outcome": "This is settled: [how it ended].\n\n"
            "What has changed here: [what we do differently now]. Thank you for telling us.",
        },
        "question": {
            "ack": "Thank you for asking. I will check with [who knows] and answer here by [by when].",
            "reply": "[The answer, in a sentence or two.]",
            "outcome": "Coming back to your question: [how it ended].",
        },
        "suggestion": {
            "ack": "Thank you for your idea about [the subject]. I will put it to [who decides] and tell here "
            "by [by when] what we do with it.",
            "reply": "Thank you for your idea about [the subject]. [What we do with it, or why not.]",
            "outcome": "You had an idea about [the subject]. This came of it: [what we did].",
        },
        "compliment": {
            "ack": "Thank you! I will pass it on to [who deserves it] and tell here by [by when] what they said.",
            "reply": "Thank you, it is good to read that [what went well]. I will pass it on to [who deserves it].",
            "outcome": "Your message was read by [who deserves it]. They said: [what they said]. Thank you again!",
        },
        "other": {
            "ack": "Thank you for your message. I will look at [what it is about] and answer here by [by when].",
            "reply": "Thank you for your message. [Our answer, with the facts.]",
            "outcome": "Coming back to [what it was about]: [how it ended].",
        },
    },
    hints={
        "facts": "State facts: what happened, when, and what you do about it. No opinion of the customer.",
        "name": "Sign with your own first name.",
        "mail": "Personal data belongs in a mail, not in a public message.",
        "when": "Say when the answer comes, and name a moment that you will keep.",
        "ending": "Come back with the ending, in the same place.",
        "thank": "Say thanks, and whom you pass it on to.",
        "no_apology": "Who gives a compliment gets no apology.",
        "page": "Give the answer first, then the page that says more.",
        "decide": "Say what you do with the idea, even if that is nothing, and why.",
    },
)
