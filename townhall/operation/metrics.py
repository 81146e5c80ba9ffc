"""Figures for Prometheus: sums over all municipalities, counted from the log's events, so that nobody is in them."""

import hmac
import re
import time
from ipaddress import ip_address

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.exceptions import HTTPException

from townhall.hall import Hall

_SETUP_SECONDS = (0.5, 1, 2, 3, 5, 8, 13, 20, 30, 60)
_MAIL = re.compile(r"(?P<kind>[a-z]+)(?P<not> not)? sent")  # "invitation sent", "reminder not sent"
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


class Metrics:
    """Hears every event (``logs.listen``) and counts; its registry is its own, so two halls do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        count, prefix = self._counter, "townhall_"
        self._plain = {
            "booked": count(f"{prefix}appointments_booked", "Appointments that clerks have booked."),
            "cancelled": count(f"{prefix}appointments_cancelled", "Appointments that clerks have cancelled."),
            "background task": count(
                f"{prefix}background_failures", "Failures of background tasks that went on after."
            ),
            "request failed": count(f"{prefix}request_failures", "Requests that ended by a mistake of ours."),
            "media server lost": count(f"{prefix}media_server_losses", "Times that Janus was gone."),
        }
        self._sent = self._counter(f"{prefix}mails_sent", "Mails that the mail server took, by kind.", "kind")
        self._failed = self._counter(f"{prefix}mails_failed", "Tries at a mail that failed, by kind.", "kind")
        self._logins = self._counter(f"{prefix}login_failures", "Logins refused, by step (password, code).", "step")
        self._limited = self._counter(f"{prefix}rate_limited", "Requests held back, by kind.", "kind")
        self._requests = self._counter(f"{prefix}requests", "Requests answered, by class of status.", "status")
        self._deleted = self._counter(
            f"{prefix}appointments_deleted", "Appointments deleted since their time was over."
        )
        self._running = Gauge(f"{prefix}calls_running", "Calls with somebody in them.", registry=self.registry)
        self._setup = Histogram(
            f"{prefix}call_setup_seconds",
            "From joining a call until one's first picture or sound reaches the media server.",
            buckets=_SETUP_SECONDS,
            registry=self.registry,
        )
        self._rooms: set[object] = set()
        self._joined: dict[object, float] = {}

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(name, text, labels, registry=self.registry)

    def hear(self, event: str, fields: dict[str, object]) -> None:
        """Count one event of the log; labels only ever come from our own words."""
        if event in self._plain:
            self._plain[event].inc()
        if found := _MAIL.fullmatch(event):
            (self._failed if found["not"] else self._sent).labels(found["kind"]).inc()
        match event:
            case "guest invited":
                self._sent.labels("guest").inc()
            case "guest's invitation not sent":
                self._failed.labels("guest").inc()
            case "request":
                self._requests.labels(f"{str(fields['status'])[0]}xx").inc()
            case "login refused":
                self._logins.labels(str(fields.get("step", "password"))).inc()
            case "rate limited":
                self._limited.labels(str(fields["kind"])).inc()
            case "retention":
                self._deleted.inc(float(str(fields["appointments"])))
            case "room opened":
                self._rooms.add(fields.get("appointment"))
            case "room closed" | "room could not be closed":
                self._rooms.discard(fields.get("appointment"))
            case "media server lost":
                self._rooms.clear()
                self._joined.clear()
            case "joined" | "resumed":
                self._joined.setdefault(fields.get("pid"), time.monotonic())
            case "left" | "connection lost":
                self._joined.pop(fields.get("pid"), None)
            case "publishing" | "direct path":
                if (began := self._joined.pop(fields.get("pid"), None)) is not None:
                    self._setup.observe(time.monotonic() - began)
        self._running.set(len(self._rooms))


def routes(hall: Hall, metrics: Metrics) -> APIRouter:
    """Return the route of /metrics: for this machine, and for who has the token."""
    router = APIRouter()

    @router.get("/metrics")
    def figures(request: Request) -> Response:
        if not (_has_token(hall.settings.metrics_token, request) or _is_local(request)):
            raise HTTPException(404)
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    return router


def _has_token(token: str, request: Request) -> bool:
    given = request.headers.get("authorization", "")
    return bool(token) and hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


def _is_local(request: Request) -> bool:
    """Say whether a program of this machine asks, itself and not as a proxy for somebody else."""
    host = request.url.hostname or ""
    if request.client is None or host not in _LOOPBACK_NAMES or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False
