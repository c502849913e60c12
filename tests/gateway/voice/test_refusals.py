"""Who is not the platform is turned away before anything is written: forged, replayed, stale, for another."""

import base64
import json
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from actions.store.engine import reading
from actions.store.tables import conversations, messages
from bot.gateway.problems import ProblemError
from bot.gateway.voice.alexa_requests import AlexaRequests, Certificates, check_address, known_roots
from bot.seals import utc_now
from tests.gateway.conftest import Build, Gateway
from tests.gateway.voice.callers import CERTIFICATE, SKILL, Dialogflow, Echo, Phone, Webhook, twilio_signature
from tests.gateway.voice.certificates import Authority, Chain
from tests.gateway.voice.conftest import ByVoice


def nothing_written(gateway: Gateway) -> bool:
    with reading(gateway.database) as connection:
        counts = [connection.scalar(select(func.count()).select_from(each)) for each in (messages, conversations)]
    return counts == [0, 0] and gateway.engine.turns == []


@pytest.fixture
def echo(by: ByVoice) -> Echo:
    made = by("alexa")
    assert isinstance(made, Echo)
    return made


@pytest.fixture
def phone(by: ByVoice) -> Phone:
    made = by("phone")
    assert isinstance(made, Phone)
    return made


@pytest.fixture
def hook(by: ByVoice) -> Webhook:
    made = by("webhook")
    assert isinstance(made, Webhook)
    return made


async def test_alexa_a_request_that_was_tampered_with_is_refused(echo: Echo, gateway: Gateway) -> None:
    asked = echo.request("LaunchRequest")
    answer = await echo.post(asked, body=json.dumps({**asked, "version": "1.1"}).encode())
    assert answer.status_code == 400
    assert nothing_written(gateway)


async def test_alexa_an_unsigned_request_is_refused(echo: Echo, gateway: Gateway) -> None:
    assert (await echo.post(echo.request("LaunchRequest"), **{"Signature-256": ""})).status_code == 400
    assert nothing_written(gateway)


async def test_alexa_only_the_old_signature_is_not_enough(echo: Echo, gateway: Gateway, chain: Chain) -> None:
    asked = echo.request("LaunchRequest")
    old = base64.b64encode(chain.sign(json.dumps(asked).encode())).decode()
    assert (await echo.post(asked, **{"Signature-256": "", "Signature": old})).status_code == 400
    assert nothing_written(gateway)


async def test_alexa_another_key_is_refused(echo: Echo, gateway: Gateway, authority: Authority) -> None:
    # a proper chain, but not the one the address leads to
    assert (await echo.post(echo.request("LaunchRequest"), chain=authority.issue())).status_code == 400
    assert nothing_written(gateway)


@pytest.mark.parametrize("age", [151, -200, 3600])
async def test_alexa_a_stale_request_and_one_from_the_future_are_refused(
    echo: Echo, gateway: Gateway, age: int
) -> None:
    assert (await echo.post(echo.request("LaunchRequest", age=age))).status_code == 400
    assert nothing_written(gateway)


async def test_alexa_a_request_of_two_minutes_ago_is_served(echo: Echo) -> None:
    assert (await echo.post(echo.request("LaunchRequest", age=120))).status_code == 200


async def test_alexa_a_request_for_another_skill_is_refused(echo: Echo, gateway: Gateway) -> None:
    assert (await echo.post(echo.request("LaunchRequest", skill_id="amzn1.ask.skill.other"))).status_code == 400
    assert nothing_written(gateway)


async def test_alexa_a_request_that_names_two_skills_is_refused(echo: Echo, gateway: Gateway) -> None:
    asked = echo.request("LaunchRequest")
    asked["context"]["System"]["application"] = {"applicationId": "amzn1.ask.skill.other"}
    assert (await echo.post(asked)).status_code == 400
    assert nothing_written(gateway)


async def test_alexa_a_replayed_request_has_no_second_turn(echo: Echo, gateway: Gateway) -> None:
    asked = echo.request("IntentRequest", intent=echo.intent("AnswerIntent", query="hallo"))
    first, second = await echo.post(asked), await echo.post(asked)
    assert first.content == second.content
    assert len(gateway.engine.turns) == 1
    with reading(gateway.database) as connection:
        assert connection.scalar(select(func.count()).select_from(messages)) == 1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://s3.amazonaws.com/echo.api/cert.pem",
        "https://notamazon.com/echo.api/cert.pem",
        "https://s3.amazonaws.com.evil.example/echo.api/cert.pem",
        "https://s3.amazonaws.com@evil.example/echo.api/cert.pem",
        "https://user@s3.amazonaws.com/echo.api/cert.pem",
        "https://s3.amazonaws.com/EcHo.aPi/cert.pem",
        "https://s3.amazonaws.com/invalid.path/cert.pem",
        "https://s3.amazonaws.com/echo.api/../evil/cert.pem",
        "https://s3.amazonaws.com/echo.api/%2e%2e/evil/cert.pem",
        "https://s3.amazonaws.com:563/echo.api/cert.pem",
        "https://s3.amazonaws.com:x/echo.api/cert.pem",
        "https://s3.amazonaws.com\\@evil.example/echo.api/cert.pem",
        "https://[s3.amazonaws.com/echo.api/cert.pem",
    ],
)
async def test_alexa_a_certificate_from_elsewhere_is_refused(echo: Echo, gateway: Gateway, address: str) -> None:
    assert (await echo.post(echo.request("LaunchRequest"), address=address)).status_code == 400
    assert nothing_written(gateway)


@pytest.mark.parametrize(
    "address",
    [
        "https://s3.amazonaws.com/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com:443/echo.api/echo-api-cert.pem",
        "https://S3.amazonaws.com/echo.api/../echo.api/echo-api-cert.pem",
    ],
)
def test_alexa_the_addresses_of_amazons_own_page_are_allowed(address: str) -> None:
    check_address(address)


WRONG_CHAINS = {
    "for another name": lambda authority: authority.issue("echo-api.amazon.com.evil.example"),
    "expired": lambda authority: authority.issue(begins=-30, ends=-1),
    "not yet valid": lambda authority: authority.issue(begins=1, ends=30),
    "of another authority": lambda _: Authority().issue(),
}


@pytest.mark.parametrize("wrong", WRONG_CHAINS)
async def test_alexa_a_wrong_certificate_is_refused(
    build: Build, voices: dict[str, str], authority: Authority, tmp_path: Path, wrong: str
) -> None:
    chain = WRONG_CHAINS[wrong](authority)
    file = tmp_path / "chain.pem"
    # the leaf is wrong, the trusted root is the right one
    file.write_bytes(Chain([*chain.certificates[:-1], authority.root], chain.key).pem)
    gateway = build(**{**voices, "TRESEN_ALEXA_TEST_CHAIN": str(file)})
    async with gateway.client() as client:
        echo = Echo(client, chain=chain)
        assert (await echo.post(echo.request("LaunchRequest"))).status_code == 400
    assert nothing_written(gateway)


async def test_alexa_the_test_chain_counts_on_a_loopback_address_only(
    build: Build, voices: dict[str, str], chain: Chain, caplog: pytest.LogCaptureFixture
) -> None:
    gateway = build(**{**voices, "TRESEN_HOST": "0.0.0.0"})  # noqa: S104
    assert "is ignored" in caplog.text
    gateway.services.alexa._source._http = httpx.AsyncClient(  # type: ignore[union-attr]
        transport=httpx.MockTransport(lambda _: httpx.Response(200, content=chain.pem))
    )
    async with gateway.client() as client:
        echo = Echo(client, chain=chain)
        # the chain is there, but no authority anybody knows stands behind it
        assert (await echo.post(echo.request("LaunchRequest"))).status_code == 400
    assert nothing_written(gateway)


def judge(authority: Authority, answer: httpx.MockTransport, now: list[timedelta]) -> AlexaRequests:
    def clock():
        return utc_now() + now[0]

    source = Certificates(httpx.AsyncClient(transport=answer), clock)
    return AlexaRequests(application=SKILL, source=source, roots=lambda: [authority.root], clock=utc_now)


async def test_alexa_a_chain_is_fetched_once_a_day(authority: Authority, chain: Chain, echo: Echo) -> None:
    fetched: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        fetched.append(str(request.url))
        return httpx.Response(200, content=chain.pem)

    now = [timedelta(0)]
    requests = judge(authority, httpx.MockTransport(answer), now)
    asked = json.dumps(echo.request("LaunchRequest")).encode()
    headers = {
        "signaturecertchainurl": CERTIFICATE,
        "signature-256": base64.b64encode(chain.sign(asked)).decode(),
    }
    for hours in (0, 1, 23, 25):
        now[0] = timedelta(hours=hours)
        assert (await requests.proved(headers, asked))["version"] == "1.0"
    assert fetched == [CERTIFICATE, CERTIFICATE]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (httpx.Response(404), 400),
        (httpx.Response(302, headers={"Location": "https://evil.example/"}), 400),
        (httpx.Response(200, content=b"no certificate"), 400),
        (httpx.Response(200, content=b"x" * 100_000), 400),
        (None, 503),
    ],
)
async def test_alexa_what_is_no_certificate_is_refused(
    authority: Authority, echo: Echo, answer: httpx.Response | None, status: int
) -> None:
    def fetch(_request: httpx.Request) -> httpx.Response:
        if answer is None:
            raise httpx.ConnectError("no")
        return answer

    requests = judge(authority, httpx.MockTransport(fetch), [timedelta(0)])
    with pytest.raises(ProblemError) as refused:
        await requests.proved({"signaturecertchainurl": CERTIFICATE, "signature-256": "AAAA"}, b"{}")
    assert refused.value.status == status


async def test_phone_a_forged_signature_is_refused(phone: Phone, gateway: Gateway) -> None:
    for signature in ("", "AAAA", "ä"):
        answer = await phone.client.post(
            phone.address,
            data=phone.form(),
            headers={"X-Twilio-Signature": signature.encode("utf-8")},  # type: ignore[dict-item]
        )
        assert answer.status_code == 403
    assert nothing_written(gateway)


async def test_phone_a_changed_field_is_refused(phone: Phone, gateway: Gateway) -> None:
    signed = twilio_signature(phone.address, phone.form(SpeechResult="ja"))
    assert (await phone.post(phone.form(SpeechResult="nein"), signature=signed)).status_code == 403
    assert nothing_written(gateway)


async def test_phone_a_signature_over_another_address_is_refused(phone: Phone, gateway: Gateway) -> None:
    for address in ("http://internal/voice/phone?language=de", "http://shop.test/voice/phone?language=en"):
        signed = twilio_signature(address, phone.form())
        answer = await phone.post(phone.form(), signature=signed)
        assert answer.status_code == 403
    assert nothing_written(gateway)


async def test_phone_what_a_proxy_forwards_does_not_change_the_address(phone: Phone, gateway: Gateway) -> None:
    form = phone.form()
    for scheme in ("http", "https"):
        headers = {
            "X-Twilio-Signature": twilio_signature(f"{scheme}://evil.example/voice/phone?language=de", form),
            "X-Forwarded-Proto": scheme,
            "X-Forwarded-Host": "evil.example",
            "Host": "evil.example",
        }
        assert (await phone.client.post(phone.address, data=form, headers=headers)).status_code == 403
    assert nothing_written(gateway)


async def test_dialogflow_a_wrong_secret_is_refused(by: ByVoice, gateway: Gateway) -> None:
    for secret in ("", "wrong", "dialogflow-secret2", "ä"):
        agent = by("cx", secret=secret)
        assert isinstance(agent, Dialogflow)
        answer = await agent.post(agent.body("hallo"), Authorization=f"Bearer {secret}".encode())  # type: ignore[arg-type]
        assert answer.status_code == 401
    agent = by("es")
    assert isinstance(agent, Dialogflow)
    assert (await agent.post(agent.body("hallo"), Authorization="Basic dialogflow-secret")).status_code == 401
    assert nothing_written(gateway)


async def test_webhook_a_forged_signature_is_refused(hook: Webhook, gateway: Gateway) -> None:
    asked = hook.body("hallo")
    signed = hook.headers(json.dumps(asked).encode(), secret="wrong")
    for headers in (signed, {}, {**signed, "X-Tresen-Signature": "sha256="}):
        assert (await hook.post(asked, headers)).status_code == 401
    assert nothing_written(gateway)


async def test_webhook_a_changed_body_or_timestamp_is_refused(hook: Webhook, gateway: Gateway) -> None:
    signed = hook.headers(json.dumps(hook.body("ja")).encode())
    assert (await hook.post(hook.body("nein"), signed)).status_code == 401
    asked = hook.body("ja")
    later = {
        **hook.headers(json.dumps(asked).encode(), age=500),
        "X-Tresen-Timestamp": signed["X-Tresen-Timestamp"],
    }
    assert (await hook.post(asked, later)).status_code == 401
    assert nothing_written(gateway)


@pytest.mark.parametrize("age", [160, -160, 86_400])
async def test_webhook_a_stale_request_is_refused(hook: Webhook, gateway: Gateway, age: int) -> None:
    assert (await hook.post(hook.body("hallo"), age=age)).status_code == 401
    assert nothing_written(gateway)


async def test_webhook_an_id_used_again_has_no_second_turn(hook: Webhook, gateway: Gateway) -> None:
    first = await hook.post(hook.body("hallo", "r1"))
    again = await hook.post(hook.body("hallo", "r1"))
    changed = await hook.post(hook.body("etwas anderes", "r1"))
    assert first.content == again.content == changed.content
    assert len(gateway.engine.turns) == 1


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"id": "x"},
        {"id": "x", "session": 5},
        {"id": "x", "session": "s", "text": 5},
        {"id": "x", "session": "s", "keys": "a"},
    ],
)
async def test_webhook_a_signed_but_malformed_request_is_no_turn(
    hook: Webhook, gateway: Gateway, document: dict
) -> None:
    answer = await hook.post(document)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert nothing_written(gateway)


async def test_a_body_that_is_too_large_is_refused(hook: Webhook, gateway: Gateway) -> None:
    assert (await hook.post(hook.body("hallo", extra="x" * 70_000))).status_code == 413
    assert nothing_written(gateway)


def test_alexa_the_authorities_behind_amazons_certificates_are_known() -> None:
    names = {root.subject.rfc4514_string() for root in known_roots()}
    assert len(names) > 50
    assert sum("CN=Amazon Root CA" in name for name in names) == 4
