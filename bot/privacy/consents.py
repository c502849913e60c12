"""The ledger of consents as people and other systems read it, with the purposes as UCP names them."""

from typing import Any

from sqlalchemy import Connection, select

from actions.store.consents import is_given
from actions.store.tables import consent_events, conversations

# the purposes of UCP's buyer consent extension; Tresen asks for one of them and never for the others
PREFERENCES = "dev.ucp.consent.preferences"
PURPOSES = (
    "dev.ucp.consent.analytics",
    PREFERENCES,
    "dev.ucp.consent.marketing",
    "dev.ucp.consent.sale_or_sharing",
)
GRANTED = {"none": frozenset[str](), "service": frozenset[str](), "personalised": frozenset({PREFERENCES})}


def purposes_of(state: str) -> dict[str, bool]:
    """What a state of the ledger allows, by purpose; serving the shopper needs none of them."""
    return {purpose: purpose in GRANTED[state] for purpose in PURPOSES}


def consent_record(connection: Connection, conversation: str) -> dict[str, Any] | None:
    """What was agreed to in a conversation, and what is in force for it now; None where there is no such chat."""
    found = connection.execute(select(conversations).where(conversations.c.id == conversation)).first()
    if found is None:
        return None
    events = connection.execute(
        select(consent_events).where(consent_events.c.conversation == conversation).order_by(consent_events.c.id)
    )
    given = is_given(connection, customer=found.customer, conversation=conversation)
    state = "personalised" if given else found.consent if found.consent != "personalised" else "service"
    return {
        "conversation": conversation,
        "state": state,
        "purposes": purposes_of(state),
        "events": [
            {
                "state": event.state,
                "purposes": purposes_of(event.state),
                "given_at": event.given_at,
                "text_version": event.text_version,
                "language": event.language,
                "channel": event.channel,
            }
            for event in events
        ],
    }
