"""The flaws, each as the one change that it makes to the evidence of a run, with the checks that must then fail."""

from collections.abc import Callable
from dataclasses import dataclass

from harness.model.observations import Hit
from tests.flaws.attacks import ATTACKS
from tests.flaws.beside import DIRECT, key_id
from tests.flaws.coming import COMING
from tests.flaws.plan import CallPlan, RunPlan, Way
from tests.flaws.sealing import CIPHER
from tests.flaws.seeded_beside import BESIDE
from tests.flaws.seeded_network import NETWORK


@dataclass(frozen=True, slots=True)
class Seeded:
    """A flaw on evidence. ``fails`` must fail, ``weak`` be weak; of the others ``vanished`` lost their subject."""

    change: Callable[[RunPlan], None]
    fails: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    inconclusive: tuple[str, ...] = ()


def plain_media(run: RunPlan) -> None:
    """The transform is never set, and the lock is shown all the same."""
    for call in run.calls:
        call.lock = "always"
    for stream in run.streams():
        stream.ways = [Way.BARE] * len(stream.ways)


def plain_audio(run: RunPlan) -> None:
    """Only video is encrypted."""
    for stream in run.streams():
        if stream.media == "audio":
            stream.ways = [Way.LEFT_ALONE if way is Way.SEALED else way for way in stream.ways]


def bare_audio(run: RunPlan) -> None:
    """Only video is given a transform at all: another way to build plain-audio."""
    for stream in run.streams():
        if stream.media == "audio":
            stream.ways = [Way.BARE if way is Way.SEALED else way for way in stream.ways]


def late_transform(run: RunPlan) -> None:
    """The transform is set after the first frames, also in the calls that the bench disturbs."""
    for stream in run.streams():
        stream.ways[:12] = [Way.BARE] * 12


def peer_path_plain(run: RunPlan) -> None:
    """The direct path gets no transform."""
    for stream in run.streams():
        if stream.direct:
            stream.ways = [Way.BARE] * len(stream.ways)


def plain_after_the_change(run: RunPlan) -> None:
    """Whoever goes over to the media server sends there without the transform: another way to build peer-path-plain."""
    for stream in run.streams():
        if stream.call == DIRECT and not stream.direct:
            stream.ways = [Way.BARE] * len(stream.ways)


def forward_without_key(run: RunPlan) -> None:
    """While there is no key the frame passes."""
    for stream in run.streams(fault="") + run.streams(fault="worker-killed"):
        stream.ways[:9] = [Way.FORWARDED] * 9
    for stream in run.streams(fault="key-withheld"):
        stream.ways = [Way.FORWARDED] * len(stream.ways)


def key_in_query(run: RunPlan) -> None:
    """The key stands in the query string of a request, which the server logs."""
    for call in run.regular:
        _found(call, "url", "base64url", "request line")
        _found(call, "log", "base64url", "townhall log")


def key_in_signalling(run: RunPlan) -> None:
    """The key travels in a WebSocket message."""
    for call in run.regular:
        _found(call, "websocket", "base64url", "message sent")


def key_in_log(run: RunPlan) -> None:
    """The key is posted to the server, which logs it."""
    for call in run.regular:
        _found(call, "http", "hex", "POST /api/diagnose")
        _found(call, "log", "hex", "townhall log")


def key_in_mail(run: RunPlan) -> None:
    """The key is posted to the server, which mails it; a gateway that rewrites links passes the mail on."""
    for call in run.regular:
        _found(call, "http", "base64", "POST /api/diagnose")
        _found(call, "mail", "base64", "mail 2")
        _found(call, "mail-rewritten", "base64", "mail 2")


def static_key(run: RunPlan) -> None:
    """One key for all appointments; its counter starts at another place each time, so that no nonce repeats."""
    for number, call in enumerate(run.calls):
        for stream in call.streams:
            stream.key = f"key of the {stream.party} for ever"
            stream.first_counter += 10_000 * number


def counter_reset(run: RunPlan) -> None:
    """The counter starts again after the reconnect."""
    for stream in run.streams():
        if stream.segment:
            stream.first_counter -= 500


def fails_open(run: RunPlan) -> None:
    """When the worker dies, or cannot be loaded, the page sends without it."""
    for stream in run.streams(fault="worker-killed"):
        stream.ways = [Way.BARE if way is Way.NEVER else way for way in stream.ways]


def tap_silent(run: RunPlan) -> None:
    """The tap at the media server delivers nothing."""
    for call in run.calls:
        call.sfu = "silent"


def sdes(run: RunPlan) -> None:
    """The session description carries the SRTP key."""
    for call in run.regular:
        call.sdp += "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2VjcmV0\r\n"


def old_dtls(run: RunPlan) -> None:
    """An obsolete version of DTLS is in use."""
    for call in run.regular:
        call.tls_version = "FEFF"


def weak_srtp(run: RunPlan) -> None:
    """An SRTP profile with a 32-bit tag is in use."""
    for call in run.regular:
        call.srtp_cipher = "AES_CM_128_HMAC_SHA1_32"


def _found(call: CallPlan, place: str, encoding: str, where: str) -> None:
    for key in dict.fromkeys(stream.key for stream in call.streams):
        call.hits.setdefault(place, []).append(Hit(key_id=key_id(key), encoding=encoding, where=where))


OF_SEALED_FRAMES = ("E04", "C01", "C02", "C03", "C05", "C08", "C09", "C10")  # these ask nothing of what is clear

FLAWS: dict[str, Seeded] = {
    "plain-media": Seeded(
        plain_media,
        ("E01", "E02", "E12", "K11"),
        vanished=(
            *(*OF_SEALED_FRAMES, "E03", "E05", "E07", "E11", "C04", "C06", "C07", "K10"),
            *("K01", "K02", "K03", "K12"),
        ),
    ),
    "plain-audio": Seeded(plain_audio, ("E01", "E02")),
    "plain-audio, no transform": Seeded(bare_audio, ("E01", "E02")),
    "peer-path-plain": Seeded(peer_path_plain, ("E11",)),
    "peer-path-plain, after the change": Seeded(plain_after_the_change, ("E11",)),
    "late-transform": Seeded(late_transform, ("E03",)),
    "forward-without-key": Seeded(forward_without_key, ("E03", "K12")),
    "key-in-query": Seeded(key_in_query, ("K07", "K08")),
    "key-in-signalling": Seeded(key_in_signalling, ("K07",)),
    "key-in-log": Seeded(key_in_log, ("K07",)),
    "key-in-mail": Seeded(key_in_mail, ("K07",)),
    "static-key": Seeded(static_key, ("K04",)),
    "counter-reset": Seeded(counter_reset, ("C02", "C09")),
    "fails-open": Seeded(fails_open, ("K12",)),
    "tap-silent": Seeded(
        tap_silent,
        inconclusive=(
            *("E01", "E02", *OF_SEALED_FRAMES, "E03", "E05", "E07", "E11", "E12"),
            *("K01", "K02", "K03", "K11", "K10", "K12"),
        ),
    ),
    "sdes": Seeded(sdes, ("T01",)),
    "old-dtls": Seeded(old_dtls, ("T02",)),
    "weak-srtp": Seeded(weak_srtp, ("T03",)),
    **{name: Seeded(change, fails) for name, (change, fails) in BESIDE.items()},
    **{name: Seeded(change, fails, weak) for name, (change, fails, weak) in ATTACKS.items()},
    **{name: Seeded(change, fails, weak) for name, (change, fails, weak) in COMING.items()},
    **{name: Seeded(change, fails, weak) for name, (change, fails, weak) in NETWORK.items()},
    **{name: Seeded(change, fails, weak) for name, (change, fails, weak) in CIPHER.items()},
}
