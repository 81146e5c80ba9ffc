"""What pages show of the encryption agrees with the wire within a second."""

from collections.abc import Sequence
from dataclasses import dataclass

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.keys.spans import Spans, both, longest, runs, without
from crypto_checks.scope import regular_calls, tap_gaps
from crypto_checks.streams import Stream, read_streams
from harness.model.check import Check
from harness.model.evidence import Evidence, Found
from harness.model.observations import CallFact, LockSeen, ReceiverFrames
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("sfu", "encoded-frames", "lock")
TOLERANCE = 1.0  # seconds within which lock and wire must agree (our own threshold)
NEVER = 5.0  # seconds after which a lock that should be there is missing, not late (our own threshold)
PAUSE = 5.0  # seconds for which a busy page may send nothing between encrypted frames (our own threshold)


@dataclass(frozen=True, slots=True)
class _Page:
    """One page of a call: how the lock that it showed disagrees with the wire."""

    call: str
    party: str
    clear: int  # frames that reached the server in the clear while the lock was shown
    idle: float  # longest time in seconds for which the lock was shown and nothing encrypted was sent (see ``_idle``)
    late: float  # longest time in seconds for which all was encrypted and the lock was not shown
    shown: float  # seconds for which the lock was shown


def judge(evidence: Evidence) -> Finding:
    """Compares, page by page, the times of the lock with the times of clear and of sealed frames.

    Calls in which a worker was killed are looked at, too, where there are any: the lock must go with it.
    """
    calls, gaps = regular_calls(evidence, VANTAGE)
    pages: list[_Page] = []
    records: list[str] = []
    for call in calls:
        streams, lost = read_streams(evidence, [call], required=True)
        found, missing, cited = _pages(evidence, call, streams, bool(lost), required=True)
        pages += found
        gaps += lost + missing
        records += [call.id, *(record for stream in streams for record in stream.records), *cited]
    for call in evidence.calls(regular=False):
        if call.seen.fault == "worker-killed" and not tap_gaps(evidence, call.seen.call, VANTAGE):
            streams, lost = read_streams(evidence, [call], required=False)
            found, _, cited = _pages(evidence, call, streams, bool(lost) or not streams, required=False)
            pages += found
            records += [call.id, *cited]
    idle, late = max((page.idle for page in pages), default=0.0), max((page.late for page in pages), default=0.0)
    figures = {
        "pages": len(pages), "clear_frames": sum(page.clear for page in pages), "idle_s": round(idle, 3),
        "late_s": round(late, 3), "shown_s": round(sum(page.shown for page in pages), 1),
    }  # fmt: skip
    if sentence := _lie(pages):
        return decided(Outcome.FAIL, sentence, records, figures)
    if gaps:
        return inconclusive(gaps)
    if late > TOLERANCE:
        return decided(Outcome.WEAK, _late(max(pages, key=lambda page: page.late)), records, figures)
    return decided(Outcome.PASS, _true(pages, late), records, figures)


def _pages(
    evidence: Evidence, call: Found[CallFact], streams: Sequence[Stream], blind: bool, *, required: bool
) -> tuple[list[_Page], list[Sentence], list[str]]:
    """``blind``: something of the wire is missing, so that only what was seen can be held against a page."""
    name = call.seen.call
    pages: list[_Page] = []
    gaps: list[Sentence] = []
    records: list[str] = []
    clear = sorted(
        frame.at
        for stream in streams
        for frame, is_clear in zip(stream.frames, stream.clear, strict=True)
        if is_clear and frame.at > 0
    )
    for party in call.seen.parties:
        locks = list(evidence.of(LockSeen, call=name, party=party))
        received = [
            found
            for found in evidence.of(ReceiverFrames, call=name, party=party)
            if found.seen.media == "audio" and found.seen.before
        ]
        if not locks:
            gaps.append(
                _gap(
                    "was die Anzeige {} meldete",
                    "what the page of {} showed of the encryption",
                    name,
                    party,
                )
            )
            continue
        heard = {found.seen.sender for found in received if len(found.seen.at) == len(found.seen.before)}
        if required and any(other not in heard for other in _encrypting(streams) - {party}):
            gaps.append(_gap("wann die Frames bei {} ankamen", "when frames came to {}", name, party))
        records += [found.id for found in locks] + [found.id for found in received]
        shown, hidden = _shown(locks[0].seen)
        sealed = runs(_sealed(streams, party), TOLERANCE)
        opened = [runs(_opened(found.seen), TOLERANCE) for found in received]
        held = [(begin, end) for begin, end in shown if end - begin > 2 * TOLERANCE]
        lies = sum(any(begin + TOLERANCE < at < end - TOLERANCE for begin, end in held) for at in clear)
        quiet = 0.0 if blind else _idle(shown, sealed)
        late = 0.0
        if opened and not blind:
            encrypted = sealed
            for run in opened:
                encrypted = both(encrypted, run)
            near = [(begin - TOLERANCE, end + TOLERANCE) for begin, end in runs(clear, TOLERANCE)]
            late = longest(both(without(encrypted, near), hidden))
        pages.append(_Page(name, party, lies, quiet, late, sum(end - begin for begin, end in shown)))
    return pages, gaps, records


def _shown(lock: LockSeen) -> tuple[Spans, Spans]:
    """The spans in which the lock was shown, and those in which it was not, until the page was closed."""
    ends = [*(change.at for change in lock.changes[1:]), lock.until]
    spans = [(change.at, end, change.shown) for change, end in zip(lock.changes, ends, strict=True) if change.at < end]
    return [(a, b) for a, b, shown in spans if shown], [(a, b) for a, b, shown in spans if not shown]


def _idle(shown: Spans, sealed: Spans) -> float:
    """For how long the lock was shown without anything encrypted; short pauses in between are no lie."""
    if not sealed:
        return longest(shown)
    begin, end = sealed[0][0], sealed[-1][1]
    outside = longest(without(shown, [(begin, end)]))
    pause = longest(both(without(shown, sealed), [(begin, end)]))
    return max(outside, pause if pause > PAUSE else 0.0)


def _sealed(streams: Sequence[Stream], party: str) -> list[float]:
    return [
        frame.at
        for stream in streams
        if stream.party == party
        for frame, is_clear in zip(stream.frames, stream.clear, strict=True)
        if not is_clear and frame.at > 0
    ]


def _encrypting(streams: Sequence[Stream]) -> set[str]:
    """Who sends sound that is encrypted."""
    return {stream.party for stream in streams if stream.media == "audio" and stream.sealed}


def _opened(seen: ReceiverFrames) -> list[float]:
    return [seen.at[index] for index in seen.after if index < len(seen.at)]


def _gap(de: str, en: str, call: str, party: str) -> Sentence:
    return Sentence(
        de=f"{de.format(words.party_de(party))}, ist nicht bekannt, Gespräch {call}",
        en=f"{en.format(words.party_en(party))} is not known, call {call}",
    )


def _lie(pages: Sequence[_Page]) -> Sentence | None:
    """The worst disagreement, if there is one: clear frames before idleness, idleness before a missing lock."""
    clear = [page for page in pages if page.clear]
    idle = [page for page in pages if page.idle > TOLERANCE]
    never = [page for page in pages if page.late > NEVER]
    if clear:
        worst, more = max(clear, key=lambda page: page.clear), len(clear) - 1
        de = f"meldete Verschlüsselung, während {worst.clear} Frames unverschlüsselt den Medienserver erreichten"
        en = f"showed the call as encrypted while {worst.clear} frames reached the media server in the clear"
    elif idle:
        worst, more = max(idle, key=lambda page: page.idle), len(idle) - 1
        seconds = words.decimal_de(worst.idle, 1)
        de = f"meldete {seconds} s lang Verschlüsselung, während von dort nichts Verschlüsseltes kam"
        en = f"showed the call as encrypted for {worst.idle:.1f} s while it sent nothing encrypted"
    elif never:
        worst, more = max(never, key=lambda page: page.late), len(never) - 1
        de = f"meldete {words.decimal_de(worst.late, 1)} s lang keine Verschlüsselung, während alles verschlüsselt war"
        en = f"showed no encryption for {worst.late:.1f} s while everything was encrypted"
    else:
        return None
    more_de = f"; so auch {words.count(more, 'weitere Anzeige', 'weitere Anzeigen')}" if more else ""
    more_en = f"; so did {words.count(more, 'more page', 'more pages')}" if more else ""
    return Sentence(
        de=f"Die Anzeige {words.party_de(worst.party)} {de} (Gespräch {worst.call}){more_de}.",
        en=f"The page of {words.party_en(worst.party)} {en} (call {worst.call}){more_en}.",
    )


def _late(page: _Page) -> Sentence:
    return Sentence(
        de=f"Die Anzeige {words.party_de(page.party)} meldete die Verschlüsselung erst nach "
        f"{words.decimal_de(page.late, 1)} s (Gespräch {page.call}).",
        en=f"The page of {words.party_en(page.party)} showed the encryption only after {page.late:.1f} s (call "
        f"{page.call}).",
    )


def _true(pages: Sequence[_Page], late: float) -> Sentence:
    shown = sum(page.shown for page in pages)
    return Sentence(
        de=f"Auf {words.count(len(pages), 'Seite', 'Seiten')} stimmte die Anzeige mit der Leitung überein: "
        f"{words.decimal_de(shown, 1)} s lang Verschlüsselung, dabei kein Frame unverschlüsselt; sie erschien nach "
        f"höchstens {words.decimal_de(late, 1)} s.",
        en=f"On {words.count(len(pages), 'page', 'pages')} the lock agreed with the wire: shown for {shown:.1f} s, "
        f"with no frame in the clear; it appeared after at most {late:.1f} s.",
    )


CHECK = Check(
    id="K11",
    name="lock-shows-truth",
    passing=Sentence(
        de="Was die Seiten von der Verschlüsselung anzeigen, stimmt binnen einer Sekunde mit der Leitung überein.",
        en="What pages show of the encryption agrees with the wire within a second.",
    ),
    vantage=VANTAGE,
    norms=("RFC 8827, section 6.5",),
    judge=judge,
)
