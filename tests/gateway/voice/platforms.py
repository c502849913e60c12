"""The platforms' own classes as judges: runs in an environment of its own, reads JSON lines, answers one each.

    .venv-voice/bin/python tests/gateway/voice/platforms.py < questions

A question is {"judge": name, ...}; the answer {"ok": true, ...} or {"ok": false, "why": "..."}.
"""

import json
import sys
from typing import Any
from xml.etree import ElementTree

from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope, ResponseEnvelope
from ask_smapi_model.v1.skill.interaction_model.interaction_model_data import InteractionModelData
from google.cloud import dialogflow_v2, dialogflowcx_v3
from google.protobuf import json_format
from twilio.request_validator import RequestValidator
from twilio.twiml import TwiML
from twilio.twiml.voice_response import Gather, Hangup, Say, VoiceResponse

SERIALIZER = DefaultSerializer()
VERBS = {"Gather": Gather, "Say": Say, "Hangup": Hangup}
SNAKE = {
    "actionOnEmptyResult": "action_on_empty_result",
    "numDigits": "num_digits",
    "speechTimeout": "speech_timeout",
}


def alexa_response(question: dict[str, Any]) -> dict[str, Any]:
    """Read a response as the SDK's own class and write it again."""
    envelope = SERIALIZER.deserialize(json.dumps(question["document"]), ResponseEnvelope)
    return {"again": SERIALIZER.serialize(envelope)}


def alexa_request(question: dict[str, Any]) -> dict[str, Any]:
    """Read what the tests send as Alexa would."""
    envelope = SERIALIZER.deserialize(json.dumps(question["document"]), RequestEnvelope)
    return {"type": type(envelope.request).__name__}


def alexa_model(question: dict[str, Any]) -> dict[str, Any]:
    """Read an interaction model."""
    data = SERIALIZER.deserialize(json.dumps(question["document"]), InteractionModelData)
    model = data.interaction_model
    return {
        "again": SERIALIZER.serialize(data),
        "intents": [intent.name for intent in model.language_model.intents],
    }


def twilio_signature(question: dict[str, Any]) -> dict[str, Any]:
    """Sign and judge a form."""
    validator = RequestValidator(question["token"])
    address, form = question["address"], question["form"]
    return {
        "signature": validator.compute_signature(address, form),
        "valid": validator.validate(address, form, question["signature"]),
    }


def twiml(question: dict[str, Any]) -> dict[str, Any]:
    """Build the same TwiML with Twilio's library; an unknown verb or attribute is refused."""
    response = VoiceResponse()
    for element in ElementTree.fromstring(question["xml"]):
        response.append(_verb(element))
    return {"xml": str(response)}


def _verb(element: Any) -> TwiML:
    attributes = {SNAKE.get(name, name): value for name, value in element.attrib.items()}
    verb = VERBS[element.tag](*([element.text] if element.tag == "Say" else []), **attributes)
    for child in element:
        verb.append(_verb(child))
    return verb


def dialogflow(question: dict[str, Any]) -> dict[str, Any]:
    """Read a message as Google's own protobuf; an unknown field is refused."""
    classes = {
        "cx request": dialogflowcx_v3.WebhookRequest,
        "cx response": dialogflowcx_v3.WebhookResponse,
        "es request": dialogflow_v2.WebhookRequest,
        "es response": dialogflow_v2.WebhookResponse,
    }
    made = classes[question["kind"]]
    return {"again": json_format.MessageToDict(json_format.ParseDict(question["document"], made.pb(made())))}


JUDGES = {
    each.__name__: each
    for each in (alexa_response, alexa_request, alexa_model, twilio_signature, twiml, dialogflow)
}


def main() -> None:
    """Answer every line."""
    for line in sys.stdin:
        question = json.loads(line)
        try:
            answer = {"ok": True, **JUDGES[question["judge"]](question)}
        except Exception as error:  # noqa: BLE001  whatever a library raises is its verdict
            answer = {"ok": False, "why": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
