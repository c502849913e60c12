"""Custom actions about offers wanted or not, consent and a person's own data."""

from actions.base import SellingAction
from actions.dialogue import service
from actions.dialogue.turn import Turn


class StopOffers(SellingAction):
    """Ends offers; service goes on."""

    def name(self) -> str:
        return "action_stop_offers"

    def act(self, turn: Turn) -> None:
        service.stop_offers(turn)


class ResumeOffers(SellingAction):
    """Allows offers again."""

    def name(self) -> str:
        return "action_resume_offers"

    def act(self, turn: Turn) -> None:
        service.resume_offers(turn)


class GiveConsent(SellingAction):
    """Records consent to personal advice."""

    consequential = True

    def name(self) -> str:
        return "action_give_consent"

    def act(self, turn: Turn) -> None:
        service.set_consent(turn, "personalised")


class WithdrawConsent(SellingAction):
    """Withdraws consent, as easily as it was given."""

    def name(self) -> str:
        return "action_withdraw_consent"

    def act(self, turn: Turn) -> None:
        service.set_consent(turn, "service")


class EraseData(SellingAction):
    """Asks once, then erases."""

    consequential = True

    def name(self) -> str:
        return "action_erase_data"

    def act(self, turn: Turn) -> None:
        service.ask_erase(turn)


class ExportData(SellingAction):
    """Takes the request for a copy of one's data."""

    consequential = True

    def name(self) -> str:
        return "action_export_data"

    def act(self, turn: Turn) -> None:
        service.export_data(turn)
