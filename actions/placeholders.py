"""What stands in a stored text where a personal detail stood, in the language of the conversation."""

PLACEHOLDERS = {
    "email": {"de": "[E-Mail]", "en": "[e-mail]"},
    "phone": {"de": "[Telefon]", "en": "[phone]"},
    "iban": {"de": "[IBAN]", "en": "[IBAN]"},
    "card": {"de": "[Kartennummer]", "en": "[card number]"},
    "address": {"de": "[Anschrift]", "en": "[address]"},
}
REACHABLE_BY = tuple(word for kind in ("email", "phone", "address") for word in PLACEHOLDERS[kind].values())


def placeholder(kind: str, language: str) -> str:
    """The word in brackets for one kind of detail; English where the language is neither of ours."""
    words = PLACEHOLDERS[kind]
    return words.get(language, words["en"])


def names_a_way_to_reach(text: str) -> bool:
    """True where an e-mail address, a number to call or a postal address stood in the text."""
    return any(word in text for word in REACHABLE_BY)
