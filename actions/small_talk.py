"""Custom actions for greeting, repeating, switching language and not understanding."""

from actions.base import SellingAction
from actions.dialogue import cart_talk, fallback, finding, service
from actions.dialogue.turn import Turn
from actions.store import replies

SURE = 0.8


class Greet(SellingAction):
    """Greets; where the greeting already says what is wanted, answers that."""

    def name(self) -> str:
        return "action_greet"

    def act(self, turn: Turn) -> None:
        if turn.incoming.typed and (turn.understood.category or turn.understood.families):
            finding.search(turn, new=True)
        else:
            turn.reply.say("utter_greet")


class SmallTalk(SellingAction):
    """Thanks, goodbyes, help and chat; the sentence is named after the intent."""

    def name(self) -> str:
        return "action_small_talk"

    def act(self, turn: Turn) -> None:
        said = turn.understood
        if turn.incoming.typed and turn.incoming.confidence < SURE and (said.category or said.families):
            finding.search(turn, new=True)
            return
        if turn.incoming.intent == "continue_shopping":
            turn.memory.turn_to_something_else()
        own = f"utter_{turn.incoming.intent}"
        turn.reply.say(own if own in turn.reply.phrases.names() else "utter_help")


class RepeatLast(SellingAction):
    """Says the last answer again; "nochmal zwei davon" asks for more pieces."""

    def name(self) -> str:
        return "action_repeat"

    def act(self, turn: Turn) -> None:
        if cart_talk.counts_more_of_a_line(turn):
            cart_talk.change_quantity(turn)
            return
        said = replies.latest(turn.connection, turn.conversation.id)
        if said:
            turn.reply.messages.extend(said)
        else:
            turn.reply.say("utter_greet")


class SwitchLanguage(SellingAction):
    """Goes on in the other language."""

    def name(self) -> str:
        return "action_switch_language"

    def act(self, turn: Turn) -> None:
        service.switch_language(turn)


class AskBack(SellingAction):
    """Asks back where the engine was unsure."""

    def name(self) -> str:
        return "action_ask_back"

    def act(self, turn: Turn) -> None:
        fallback.not_understood(turn)


class OutOfScope(SellingAction):
    """Says what this assistant is for."""

    def name(self) -> str:
        return "action_out_of_scope"

    def act(self, turn: Turn) -> None:
        fallback.out_of_scope(turn)
