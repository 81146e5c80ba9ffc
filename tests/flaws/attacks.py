"""What a clean run saw of a malicious server's frames, and how a flaw changes it."""

from collections.abc import Callable, Iterator

from harness.model.observations import AgreementTried, DowngradeTried, FrameAttack, FramesAttacked
from tests.flaws.plan import ATTACKED, DOWNGRADED, MEDIA, PARTIES, CallPlan, RunPlan, Way
from tests.flaws.seeded_beside import alter

KINDS: tuple[FrameAttack, ...] = ("header", "ciphertext", "tag", "replay", "plain", "silence", "unknown-key")
BITS = {"header": 32, "ciphertext": 800, "tag": 128}
DELIVERED, REAL = 1000, 150


def frames_attacked(run: RunPlan, call: CallPlan) -> Iterator[FramesAttacked]:
    """Every attack on every page; a medium that goes out as it is in regular calls is not opened in this one either."""
    for party in PARTIES:
        sender = next(other for other in PARTIES if other != party)
        for media in MEDIA:
            first = run.regular[0].streams if run.regular else []
            ways = {way for stream in first if stream.media == media for way in stream.ways}
            if Way.SEALED not in ways and Way.LEFT_ALONE not in ways:
                continue  # no transform, so nothing could be delivered to it
            opened = REAL if Way.SEALED in ways else 0
            for kind in KINDS:
                if kind == "silence" and media != "audio":
                    continue
                taken, passed, tried = call.accepted.get(kind, (0, 0, 0))
                yield FramesAttacked(
                    call=call.name, party=party, sender=sender, media=media, attack=kind, delivered=DELIVERED,
                    opened=taken if opened else 0, unopened=passed if opened else DELIVERED, tried=tried,
                    genuine=REAL, genuine_opened=opened, genuine_unopened=REAL - opened,
                    positions=BITS.get(kind, 0), bits=BITS.get(kind, 0),
                )  # fmt: skip


def downgrades_tried(call: CallPlan) -> Iterator[DowngradeTried]:
    """What the pages of a call were told."""
    way = DOWNGRADED[call.name]
    state = "connected" if way == "announced" else "failed"
    for party in PARTIES:
        yield DowngradeTried.model_validate(
            {"call": call.name, "party": party, "way": way, "told": 2 if party == "clerk" else 1, "state": state}
        )


def accepts_downgrade(run: RunPlan) -> None:
    """What the server says of encryption is obeyed: no transform is set."""
    for stream in run.streams():
        if stream.call in DOWNGRADED:
            stream.ways = [Way.BARE] * len(stream.ways)


def constant_code(run: RunPlan) -> None:
    """The code is alike whoever is in between."""
    alter(AgreementTried, {"alike": True}, swapped=True)(run)


def accepting(**accepted: tuple[int, int, int]) -> Callable[[RunPlan], None]:
    """The change by which pages open, pass on unopened, or try keys on, so many frames of an attack."""

    def change(run: RunPlan) -> None:
        for call in run.calls:
            if call.name == ATTACKED:
                call.accepted = {kind.replace("_", "-"): figures for kind, figures in accepted.items()}

    return change


ATTACKS: dict[str, tuple[Callable[[RunPlan], None], tuple[str, ...], tuple[str, ...]]] = {  # which fail, which are weak
    "tag-not-checked": (accepting(header=(40, 0, 0), ciphertext=(700, 0, 0), tag=(128, 0, 0)), ("C04",), ()),
    "header-not-authenticated": (accepting(header=(150, 0, 0)), ("C04",), ()),
    "replay-accepted": (accepting(replay=(990, 0, 0)), (), ("C06",)),
    "plain-accepted": (accepting(plain=(0, 1000, 0), unknown_key=(0, 990, 0), header=(0, 9, 0)), ("C07",), ()),
    "try-all-keys": (accepting(plain=(0, 0, 990), unknown_key=(12, 0, 1000)), ("C07",), ()),
    "constant-code": (constant_code, ("K05",), ()),
    "accepts-downgrade": (accepts_downgrade, ("E01", "K10"), ()),
    "try-all-keys, in vain": (accepting(unknown_key=(0, 0, 1000)), ("C07",), ()),
}
