"""The gateway's own figures, in a registry of their own."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

ENGINE_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8)


class Metrics:
    """Counters of messages and requests, time spent in the engine, what waits in the outbox."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.messages = Counter(
            "tresen_messages", "Messages by what came of them", ["outcome"], registry=self.registry
        )
        self.sessions = Counter("tresen_sessions", "Chats opened", registry=self.registry)
        self.responses = Counter(
            "tresen_http_responses", "Responses by status", ["method", "status"], registry=self.registry
        )
        self.offers = Counter("tresen_offers_asked", "Calls of POST /api/offers", registry=self.registry)
        self.engine_seconds = Histogram(
            "tresen_engine_seconds", "Seconds of one engine turn", buckets=ENGINE_SECONDS, registry=self.registry
        )
        self.outbox = Gauge("tresen_outbox_parcels", "Parcels of the outbox", ["state"], registry=self.registry)

    def page(self) -> bytes:
        """The exposition text."""
        return generate_latest(self.registry)
