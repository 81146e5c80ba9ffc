"""A clean run with values exactly at a limit and beside it, and with faults that come in company.

What each case must come to stands here; the sentences stand in ``said/limits.json``, written by ``saying.py``.
"""

from dataclasses import dataclass, field
from typing import Any

from harness.model.evidence import Evidence
from harness.model.observations import AxeViolation, CookieSet, Hit, LockChange
from tests.flaws.beside import HEADERS, key_id

DAY = 86_400.0
HALF_A_YEAR = 180 * 24 * 3600


@dataclass(frozen=True)
class Case:
    """``check`` says ``outcome`` when the records of ``kind`` at ``where`` (a value, or several) carry ``update``."""

    check: str
    outcome: str
    kind: str
    update: dict[str, Any]
    where: dict[str, Any] = field(default_factory=dict)
    also: "Case | None" = None


def evidence_of(case: Case, clean: Evidence) -> Evidence:
    """The clean run with the records of the case changed."""
    records, changed = [], 0
    for record in clean.records:
        seen = record.seen
        if seen.kind == case.kind and all(_is(getattr(seen, name), value) for name, value in case.where.items()):
            changed += 1
            record = record.model_copy(update={"seen": seen.model_copy(update=case.update)})
        records.append(record)
    if not changed:
        raise LookupError(f"the clean run has no {case.kind} with {case.where}")
    made = Evidence(records, clean.blobs)
    return evidence_of(case.also, made) if case.also else made


def _is(has: object, wanted: object) -> bool:
    return has in wanted if isinstance(wanted, list) else has == wanted


_VIDEO = {"media": "video"}
_AT_CITIZEN = {"media": "video", "party": "citizen"}
_SCREEN = {"media": "screen"}
_MOTION, _SYNC = "glass-motion", "lip-sync"
_BROKEN = AxeViolation(rule="label", impact="critical", nodes=1, target="#name")
_MORE = AxeViolation(rule="color-contrast", impact="serious", nodes=3, target="p.small")
_BARE = CookieSet(name="id", secure=False, http_only=False, same_site="none")
_LONG_AGO = {"given_at": 1000.0}


def _sync(delay: float, **more: Any) -> dict[str, Any]:
    return {"offsets_ms": (delay - 1, delay, delay + 1), "source_ms": (0.0, 0.0, 0.0), **more}


def _found(*encodings: str, key: str = "a") -> dict[str, Any]:
    return {"hits": tuple(Hit(key_id=key_id(key), encoding=each, where="somewhere") for each in encodings)}


def _headers(*kept: str) -> dict[str, str]:
    return {name: HEADERS[name] for name in kept}


def _without(gone: str) -> dict[str, str]:
    return {name: value for name, value in HEADERS.items() if name != gone}


def _policy(text: str) -> dict[str, str]:
    return HEADERS | {"content-security-policy": text}


def _hsts(seconds: int) -> dict[str, str]:
    return HEADERS | {"strict-transport-security": f"max-age={seconds}"}


CASES = {
    # A01: barriers
    "one broken rule at one element": Case("A01", "fail", "axe", {"violations": (_BROKEN,)}),
    "two broken rules in a state": Case(
        "A01", "fail", "axe", {"violations": (_MORE, _BROKEN), "state": "error, phone, unheard of"}
    ),
    "three broken rules": Case("A01", "fail", "axe", {"violations": (_MORE, _BROKEN, _BROKEN)}),
    "the keyboard gets as far as the form": Case("A01", "fail", "keyboard", {"stopped_at": "form"}),
    "the keyboard gets nowhere": Case("A01", "fail", "keyboard", {"stopped_at": "link", "steps": ()}),
    "one rule applied": Case("A01", "pass", "axe", {"rules": 1}),
    # A02: picture and lip-sync
    "QVGA upright": Case("A02", "pass", _MOTION, {"width": 240, "height": 320}),
    "QVGA": Case("A02", "pass", _MOTION, {"width": 320, "height": 240}),
    "a column less than QVGA": Case("A02", "fail", _MOTION, {"width": 319, "height": 240}, _AT_CITIZEN),
    "a line less than QVGA": Case("A02", "fail", _MOTION, {"width": 320, "height": 239}, _SCREEN),
    "all pictures too small": Case("A02", "fail", _MOTION, {"width": 160, "height": 120}),
    "19 pictures a second": Case("A02", "pass", _MOTION, {"fps": 19.0}, _VIDEO),
    "fewer than 19 pictures a second": Case("A02", "fail", _MOTION, {"fps": 18.99}, _AT_CITIZEN),
    "a screen may be slow": Case("A02", "pass", _MOTION, {"fps": 0.1}, _SCREEN),
    "a camera that just could": Case("A02", "fail", _MOTION, {"fps": 10.0, "source_fps": 20.5}, _AT_CITIZEN),
    "a camera that could not": Case("A02", "inconclusive", _MOTION, {"fps": 10.0, "source_fps": 20.4}, _AT_CITIZEN),
    "a camera nobody measured": Case("A02", "inconclusive", _MOTION, {"fps": 10.0, "source_fps": None}, _AT_CITIZEN),
    "slow on a busy machine": Case("A02", "inconclusive", _MOTION, {"fps": 10.0, "busy": 0.85}, _AT_CITIZEN),
    "slow on a machine not quite busy": Case("A02", "fail", _MOTION, {"fps": 10.0, "busy": 0.84}, _AT_CITIZEN),
    "good on a busy machine": Case("A02", "pass", _MOTION, {"busy": 1.0}),
    "watched for 3 s": Case("A02", "pass", _MOTION, {"seconds": 3.0}),
    "watched for less than 3 s": Case("A02", "inconclusive", _MOTION, {"seconds": 2.99}),
    "one frame is enough to have watched": Case("A02", "pass", _MOTION, {"frames": 1}),
    "sound 100 ms late": Case("A02", "pass", _SYNC, _sync(100.0)),
    "sound 101 ms late": Case("A02", "fail", _SYNC, _sync(101.0)),
    "sound 100 ms early": Case("A02", "pass", _SYNC, _sync(-100.0)),
    "sound 101 ms early": Case("A02", "fail", _SYNC, _sync(-101.0)),
    "sound late on a busy machine": Case("A02", "inconclusive", _SYNC, _sync(101.0, busy=0.85)),
    "sound just not late on a busy machine": Case("A02", "pass", _SYNC, _sync(100.0, busy=0.85)),
    # A03: text
    "no line arrived": Case("A03", "fail", "text-channel", {"arrived": False}),
    "a chat nobody hears": Case("A03", "fail", "text-channel", {"announced": False}, {"what": "chat"}),
    # E02: a decoder without a key
    "speech as like as the limit": Case("E02", "fail", "recognition", {"score": 0.35}, {"place": "sfu-keyless"}),
    "speech less like than the limit": Case(
        "E02", "pass", "recognition", {"score": 0.349}, {"place": "sfu-keyless", "media": "audio"}
    ),
    "a control as like as the limit": Case(
        "E02", "pass", "recognition", {"score": 0.6}, {"place": "sfu-with-keys", "media": "audio"}
    ),
    "a control less like than the limit": Case(
        "E02", "inconclusive", "recognition", {"score": 0.599}, {"place": "sfu-with-keys", "media": "audio"}
    ),
    "a control that found one picture": Case(
        "E02", "pass", "recognition", {"found": 1}, {"place": "sfu-with-keys", "media": "video"}
    ),
    "a control that found nothing": Case(
        "E02", "inconclusive", "recognition", {"found": 0}, {"place": "sfu-with-keys", "media": "video"}
    ),
    "one picture without a key": Case(
        "E02", "fail", "recognition", {"found": 1},
        {"place": "sfu-keyless", "media": "video", "call": "kernen-1", "party": "clerk"},
    ),
    "sound that gave no score": Case(
        "E02", "inconclusive", "recognition", {"score": None, "decoded": 1}, {"place": "sfu-keyless", "media": "audio"}
    ),
    "sound of which nothing could be decoded": Case(
        "E02", "pass", "recognition", {"score": None, "decoded": 0}, {"place": "sfu-keyless", "media": "audio"}
    ),
    "nothing looked at": Case("E02", "inconclusive", "recognition", {"looked": 0}, {"place": "sfu-keyless"}),
    # E06: codecs
    "tap saw nine of ten": Case("E06", "pass", "codec-tried", {"frames": 100, "made": 90}, {"codec": ["opus", "vp8"]}),
    "tap saw fewer": Case(
        "E06", "inconclusive", "codec-tried", {"frames": 100, "made": 89}, {"codec": ["opus", "vp8"]}
    ),
    "clear in every codec": Case("E06", "fail", "codec-tried", {"frames": 10, "clear": 4, "made": 10}),
    "clear in one codec": Case("E06", "fail", "codec-tried", {"frames": 10, "clear": 1}, {"codec": "vp8"}),
    "no codec brought anything": Case("E06", "inconclusive", "codec-tried", {"frames": 0, "sent": 0, "page": "failed"}),
    "every codec brought something": Case("E06", "pass", "codec-tried", {"frames": 10, "made": 10, "sent": 10}),
    # E10: the wire
    "nine of ten packets seen": Case("E10", "pass", "wire-traffic", {"held": 2000, "matched": 1800}),
    "a packet less than nine of ten seen": Case("E10", "inconclusive", "wire-traffic", {"held": 2000, "matched": 1799}),
    "as many compared as seen": Case("E10", "pass", "wire-traffic", {"matched": 1990, "compared": 1990}),
    "fewer compared than seen": Case("E10", "inconclusive", "wire-traffic", {"matched": 1990, "compared": 1989}),
    "one readable packet to nobody known": Case("E10", "fail", "wire-traffic", {"readable": 1}, {"call": "kernen-1"}),
    "all that can be wrong on the wire": Case(
        "E10", "fail", "wire-traffic",
        {"readable": 3, "readable_to": ("relay", "media server"), "plain_rtcp": 2, "kinds": {"stun": 5, "http": 7}},
    ),
    "foreign packets alone": Case("E10", "fail", "wire-traffic", {"kinds": {"http": 1}}, {"call": "kernen-1"}),
    "control packets alone": Case("E10", "fail", "wire-traffic", {"plain_rtcp": 1}, {"call": "kernen-1"}),
    # K04, K05: keys and their agreement
    "one key for two calls": Case("K04", "fail", "key", {"key_id": "the same"}, {"party": "clerk", "scope": "worker"}),
    "one key for everybody": Case("K04", "fail", "key", {"key_id": "the same"}),
    "every stranger ends the call": Case(
        "K05", "pass", "agreement-tried", {"shown": 1, "ended": True}, {"swapped": True}
    ),
    "strangers show nothing and nobody ends it": Case(
        "K05", "inconclusive", "agreement-tried", {"shown": 1, "ended": False}, {"swapped": True}
    ),
    "one code for two": Case("K05", "inconclusive", "agreement-tried", {"shown": 1}, {"swapped": False}),
    "strangers are not noticed": Case(
        "K05", "fail", "agreement-tried", {"shown": 2, "alike": True}, {"swapped": True}
    ),
    "strangers alike but shown to one": Case(
        "K05", "pass", "agreement-tried", {"shown": 1, "alike": True, "ended": True}, {"swapped": True}
    ),
    "honest codes unlike": Case("K05", "fail", "agreement-tried", {"alike": False}, {"swapped": False}),
    # K06: the safety code
    "18 digits are not quite 60 bits": Case("K06", "pass", "safety-code", {"length": 18}),
    "19 digits are 63 bits": Case("K06", "pass", "safety-code", {"length": 19}),
    "60 bits to the bit": Case("K06", "pass", "safety-code", {"length": 60, "alphabet": 2}),
    "one symbol is no code": Case("K06", "fail", "safety-code", {"length": 60, "alphabet": 1}),
    "15 bits to the bit, committed to": Case("K06", "pass", "safety-code", {"length": 15, "alphabet": 2}),
    "14 bits, committed to": Case("K06", "fail", "safety-code", {"length": 14, "alphabet": 2}),
    "reveals before any commitment": Case("K06", "fail", "reveal", {"committed": 0}),
    "one reveal too early": Case("K06", "fail", "reveal", {"committed": 0}, {"call": "kernen-1", "party": "clerk"}),
    "commitments not bound to keys": Case("K06", "fail", "reveal", {"bound": False}),
    "more commitments than others": Case("K06", "pass", "reveal", {"committed": 2}),
    "nobody else to commit": Case("K06", "fail", "reveal", {"others": 0, "committed": 0}),
    # K11: the lock
    "a lock over all the call": Case(
        "K11", "fail", "lock", {"changes": (LockChange(at=0.0, shown=True),)}, {"call": "kernen-1"}
    ),
    "no lock in a call of a second": Case(
        "K11", "weak", "lock", {"changes": (LockChange(at=0.0, shown=False),)}, {"call": "kernen-1"}
    ),
    # K10, K12: taps in calls that are not regular
    "the tap is silent where the worker is killed": Case(
        "K12", "inconclusive", "tap", {"state": "silent", "reason": "disk full"}, {"call": "winterbach-2"}
    ),
    "the tap is silent where encryption is off": Case(
        "K10", "inconclusive", "tap", {"state": "silent", "reason": "disk full"}, {"call": "winterbach-8"}
    ),
    # P01, P02, E08, K07: searches
    "a name in the logs": Case("P01", "fail", "search", _found("utf-8"), {"subject": "names", "place": "log"}),
    "a name everywhere": Case("P01", "fail", "search", _found("utf-8", "hex"), {"subject": "names"}),
    "a secret in the database": Case("P02", "fail", "search", _found("utf-8"), {"subject": "secrets"}),
    "everything in the database": Case("P02", "fail", "search", _found("utf-8"), {"place": "database"}),
    "a key in the logs and the mails": Case(
        "K07", "fail", "search", _found("hex", "raw", "hex"), {"subject": "keys", "place": ["log", "mail"]}
    ),
    "a key beside the recordings": Case("E09", "fail", "search", _found("raw"), {"place": "recorder"}),
    "a text in the mails": Case("E08", "fail", "search", _found("utf-8"), {"subject": "texts", "place": "mail"}),
    # P03: retention
    "the clock moved to the day": Case("P03", "inconclusive", "retention", {"days_moved": 29}),
    "one record kept": Case("P03", "fail", "retention", {"after": 1}),
    "nothing there before": Case("P03", "inconclusive", "retention", {"before": 0}),
    "one record there before": Case("P03", "pass", "retention", {"before": 1}),
    # P04, P05, P08: pages
    "two things stored": Case("P04", "fail", "storage", {"cookies": ("session", "id", "seen")}),
    "one thing stored on one page": Case("P04", "fail", "storage", {"cookies": ("id",)}, {"page": "call"}),
    "stored after consent": Case("P04", "inconclusive", "storage", {"consent": True, "cookies": ("id",)}),
    "a foreign host": Case("P05", "fail", "host", {"host": "cdn.example"}, {"page": "call", "via": "http"}),
    "foreign hosts only": Case("P05", "fail", "host", {"host": "cdn.example"}),
    "a foreign relay": Case("P05", "fail", "host", {"host": "relay.example"}, {"via": "turn"}),
    "devices asked before": Case("P08", "fail", "device-asked", {"consented": False, "devices": ("camera",)}),
    # P09: headers
    "no header at all": Case("P09", "fail", "headers", {"headers": {}}),
    "no header but the policy": Case("P09", "fail", "headers", {"headers": _headers("content-security-policy")}),
    "only the referrer policy is missing": Case("P09", "fail", "headers", {"headers": _without("referrer-policy")}),
    "only the permissions are missing": Case("P09", "fail", "headers", {"headers": _without("permissions-policy")}),
    "only the type options are missing": Case(
        "P09", "fail", "headers", {"headers": _without("x-content-type-options")}, {"page": "call"}
    ),
    "default-src is wider": Case("P09", "fail", "headers", {"headers": _policy("default-src *")}),
    "no default-src": Case("P09", "fail", "headers", {"headers": _policy("object-src 'none'")}),
    "scripts from anywhere": Case(
        "P09", "fail", "headers", {"headers": _policy("default-src 'self'; script-src https:")}
    ),
    "framing allowed": Case("P09", "fail", "headers", {"headers": _policy("default-src 'self'")}),
    "framing refused the old way": Case(
        "P09", "pass", "headers", {"headers": _policy("default-src 'self'") | {"x-frame-options": " DENY "}}
    ),
    "a referrer that the invitation must not give": Case(
        "P09", "fail", "headers", {"headers": HEADERS | {"referrer-policy": "strict-origin"}}
    ),
    "a referrer that other pages may give": Case(
        "P09", "pass", "headers",
        {"headers": HEADERS | {"referrer-policy": "unsafe-url, strict-origin"}}, {"page": "call"},
    ),
    "TLS and nothing for it": Case("P09", "fail", "headers", {"https": True}),
    "TLS for half a year": Case(
        "P09", "pass", "headers", {"https": True, "headers": _hsts(HALF_A_YEAR), "cookies": ()}
    ),
    "TLS for half a year in capitals": Case(
        "P09", "pass", "headers",
        {"https": True, "headers": HEADERS | {"strict-transport-security": f"Max-Age={HALF_A_YEAR}"}, "cookies": ()},
    ),
    "TLS for a second less": Case("P09", "fail", "headers", {"https": True, "headers": _hsts(HALF_A_YEAR - 1)}),
    "TLS on one page of two": Case(
        "P09", "pass", "headers", {"https": True, "headers": _hsts(HALF_A_YEAR), "cookies": ()}, {"page": "call"}
    ),
    "a bare cookie": Case(
        "P09", "fail", "headers", {"https": True, "headers": _hsts(HALF_A_YEAR), "cookies": (_BARE,)}
    ),
    # T02, T03: transports; K08: links
    "two DTLS versions": Case(
        "T02", "pass", "transport",
        {"tls_version": "FEFC", "dtls_cipher": "TLS_AES_128_GCM_SHA256"}, {"party": "clerk"},
    ),
    "DTLS 1.0": Case("T02", "fail", "transport", {"tls_version": "FEFF"}),
    "two SRTP profiles": Case("T03", "pass", "transport", {"srtp_cipher": "AEAD_AES_256_GCM"}, {"party": "clerk"}),
    "an 80-bit tag on one side": Case(
        "T03", "weak", "transport", {"srtp_cipher": "SRTP_AES128_CM_SHA1_80"}, {"party": "clerk"}
    ),
    "profiles nobody knows": Case("T03", "fail", "transport", {"srtp_cipher": "NULL"}),
    "two foreign hosts": Case(
        "P05", "fail", "host", {"host": "cdn.example"}, {"page": "call", "via": "http"},
        Case("P05", "fail", "host", {"host": "stun.example"}, {"via": "turn"}),
    ),
    "a secret in the addresses of a link with a query": Case(
        "K08", "fail", "search", _found("raw"), {"subject": "keys", "place": "url"},
        Case("K08", "fail", "link", {"query": ("token", "key")}, {"call": "kernen-1"}),
    ),
    "nothing but wrong passwords tried": Case(
        "T08", "inconclusive", "relay-try", {"when": "forged", "allocated": False}
    ),
    "nothing but old credentials tried": Case(
        "T08", "inconclusive", "relay-try", {"when": "old", "age": 2 * DAY, "allocated": False}
    ),
    # P06: invitations
    "128 bits": Case("P06", "pass", "invitation", {"bits": 128.0}),
    "less than 128 bits": Case("P06", "fail", "invitation", {"bits": 127.9}),
    "three invitations": Case("P06", "pass", "invitation", {"samples": 3}),
    "two invitations": Case("P06", "inconclusive", "invitation", {"samples": 2}),
    "every invitation leads in": Case("P06", "fail", "link-try", {"joinable": True, "admitted_by_clerk": False}),
    "weak and let in": Case("P06", "fail", "link-try", {"joinable": True}, {"when": ["late", "early"]}),
    "let in without the clerk": Case("P06", "fail", "link-try", {"admitted_by_clerk": False}, {"when": "in-time"}),
    "nobody looked at the clerk": Case(
        "P06", "inconclusive", "link-try", {"admitted_by_clerk": None}, {"when": "in-time"}
    ),
    "not let in in time": Case("P06", "inconclusive", "link-try", {"joinable": False}, {"when": "in-time"}),
    # P07: crossings
    "nobody was refused": Case("P07", "fail", "crossing", {"refused": False}),
    "two were not refused": Case("P07", "fail", "crossing", {"refused": False}, {"actor": ["citizen", "nobody"]}),
    # T05: certificates
    "the same certificate in all calls": Case("T05", "fail", "call-certificates", {"fingerprints": ("aa:bb",)}),
    # T07: the relay
    "no relay at all": Case("T07", "fail", "relay-path", {"connected": False, "candidates": ()}),
    # T08: credentials
    "good for a day": Case("T08", "pass", "relay-credential", {**_LONG_AGO, "expires_at": 1000.0 + DAY}),
    "good for more than a day": Case("T08", "fail", "relay-credential", {**_LONG_AGO, "expires_at": 1001.0 + DAY}),
    "good for two days": Case("T08", "fail", "relay-credential", {**_LONG_AGO, "expires_at": 1000.0 + 2 * DAY}),
    "good for they do not say how long": Case("T08", "pass", "relay-credential", {"expires_at": None}),
    "the same for everybody": Case("T08", "fail", "relay-credential", {"credential_id": "one"}),
    "the same for one person": Case("T08", "fail", "relay-credential", {"credential_id": "one"}, {"party": "citizen"}),
    "a day old and taken": Case("T08", "fail", "relay-try", {"allocated": True, "age": DAY}, {"when": "old"}),
    "a day old and refused": Case("T08", "pass", "relay-try", {"age": DAY}, {"when": "old"}),
    "not quite a day old": Case("T08", "inconclusive", "relay-try", {"age": DAY - 1}, {"when": "old"}),
    "wrong passwords taken": Case("T08", "fail", "relay-try", {"allocated": True}, {"when": "forged"}),
    "everything taken": Case("T08", "fail", "relay-try", {"allocated": True}, {"when": ["old", "forged"]}),
    "nothing taken": Case("T08", "inconclusive", "relay-try", {"allocated": False}, {"when": "fresh"}),
    "taken by UDP alone": Case(
        "T08", "inconclusive", "relay-try", {"allocated": False}, {"when": "fresh", "transport": ["tcp", "tls"]}
    ),
    "nothing old tried": Case("T08", "inconclusive", "relay-try", {"when": "fresh"}, {"when": "old"}),
    "nothing forged tried": Case(
        "T08", "inconclusive", "relay-try", {"when": "old", "age": 2 * DAY}, {"when": "forged"}
    ),
}  # fmt: skip
