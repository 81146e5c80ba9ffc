"""Picture and sound are good enough to read lips and signs: at least QVGA, 20 pictures a second, sound in step."""

from statistics import median

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import focused_calls
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import CallFact, GlassMotion, LipSync
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("glass",)
LONG, SHORT = 320, 240  # QVGA (EN 301 549, 6.5.2); a phone held upright turns it
FPS = 20.0  # EN 301 549, 6.5.3
ROUNDING = 0.05  # share by which counting distinct pictures in a few seconds may miss the rate (our own threshold)
SOURCE_FPS = 20.5  # a camera that gave less is to blame itself (our own threshold)
SECONDS = 3.0  # that a picture must have been watched (our own threshold)
SYNC_MS = 100.0  # EN 301 549, 6.5.4
BUSY = 0.85  # share of processor time from which delays are the measuring machine's own (our own threshold)
EVENTS = 3  # common events of sound and picture at either end (our own threshold)


def judge(evidence: Evidence) -> Finding:
    """Compares what each person saw and heard of each other with the three figures, less what the source lacked."""
    calls, gaps = focused_calls(evidence, "quality", VANTAGE)
    motions = [found for call in calls for found in evidence.of(GlassMotion, call=call.seen.call)]
    syncs = [found for call in calls for found in evidence.of(LipSync, call=call.seen.call)]
    records = [found.id for group in (calls, motions, syncs) for found in group]
    measured = [found.seen for found in motions if found.seen.frames > 0 and found.seen.seconds >= SECONDS]
    videos = [seen for seen in measured if seen.media == "video"]
    heard = [found.seen for found in syncs if min(len(found.seen.offsets_ms), len(found.seen.source_ms)) >= EVENTS]
    wrong = [_small(seen) for seen in measured if not _large_enough(seen)]
    wrong += [_slow(seen) for seen in videos if _too_slow(seen) and _camera_could(seen) and not _overloaded(seen)]
    wrong += [_apart(seen) for seen in heard if abs(_delay(seen)) > SYNC_MS and not _overloaded(seen)]
    figures = {
        "lowest_fps": round(min((seen.fps for seen in videos), default=0.0), 1),
        "largest_delay_ms": round(max((abs(_delay(seen)) for seen in heard), default=0.0), 1),
    }
    if wrong:
        more = len(wrong) - 1
        more_de = f"; dazu {words.count(more, 'weiterer Mangel', 'weitere Mängel')}" if more else ""
        more_en = f"; and {words.count(more, 'more fault', 'more faults')}" if more else ""
        sentence = Sentence(de=f"{wrong[0].de}{more_de}.", en=f"{wrong[0].en}{more_en}.")
        return decided(Outcome.FAIL, sentence, records, figures)
    for call in calls:
        gaps += _gaps(call.seen, measured, heard)
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _good(figures["lowest_fps"], figures["largest_delay_ms"], measured), records, figures)


def _large_enough(seen: GlassMotion) -> bool:
    return max(seen.width, seen.height) >= LONG and min(seen.width, seen.height) >= SHORT


def _too_slow(seen: GlassMotion) -> bool:
    return seen.fps < FPS * (1 - ROUNDING)


def _camera_could(seen: GlassMotion) -> bool:
    return seen.source_fps is not None and seen.source_fps >= SOURCE_FPS


def _overloaded(seen: GlassMotion | LipSync) -> bool:
    return seen.busy is not None and seen.busy >= BUSY


def _delay(seen: LipSync) -> float:
    return median(seen.offsets_ms) - median(seen.source_ms)


def _gaps(call: CallFact, measured: list[GlassMotion], heard: list[LipSync]) -> list[Sentence]:
    name = call.call
    mine = [seen for seen in measured if seen.call == name]
    watched = {(seen.party, seen.sender): seen for seen in mine if seen.media == "video"}
    gaps = []
    for viewer in call.parties:
        for sender in call.parties:
            if sender == viewer:
                continue
            seen = watched.get((viewer, sender))
            if seen is None:
                gaps.append(
                    Sentence(
                        de=f"das Bild {words.party_de(sender)} wurde bei {words.party_de(viewer)} nicht gemessen, "
                        f"Gespräch {name}",
                        en=f"{words.party_en(sender)}'s picture was not measured at {words.party_en(viewer)}, "
                        f"call {name}",
                    )
                )
    videos = [seen for seen in mine if seen.media == "video"]
    gaps += [_camera(seen) for seen in videos if _too_slow(seen) and not _camera_could(seen)]
    late = [seen for seen in heard if seen.call == name and abs(_delay(seen)) > SYNC_MS]
    slow = [seen for seen in videos if _too_slow(seen) and _camera_could(seen)]
    if any(map(_overloaded, slow)) or any(map(_overloaded, late)):
        gaps.append(_no_machine(name))
    if not any(seen.media == "screen" for seen in mine):
        gaps.append(
            Sentence(
                de=f"kein geteilter Bildschirm wurde gemessen, Gespräch {name}",
                en=f"no shared screen was measured, call {name}",
            )
        )
    if not any(seen.call == name for seen in heard):
        gaps.append(
            Sentence(
                de=f"der Gleichlauf von Bild und Ton wurde nicht an {EVENTS} Stellen gemessen, Gespräch {name}",
                en=f"lip-sync was not measured at {EVENTS} events, call {name}",
            )
        )
    return gaps


def _no_machine(call: str) -> Sentence:
    return Sentence(
        de=f"der messende Rechner war selbst zu mindestens {100 * BUSY:.0f} % ausgelastet, als Bild oder Ton "
        f"zurückblieb, Gespräch {call}",
        en=f"the measuring machine itself was at least {100 * BUSY:.0f} % busy when picture or sound fell behind, "
        f"call {call}",
    )


def _camera(seen: GlassMotion) -> Sentence:
    if seen.source_fps is None:
        return Sentence(
            de=f"was die Kamera {words.party_de(seen.sender)} lieferte, wurde nicht gemessen, Gespräch {seen.call}",
            en=f"what the camera of {words.party_en(seen.sender)} delivered was not measured, call {seen.call}",
        )
    return Sentence(
        de=f"die Kamera {words.party_de(seen.sender)} lieferte selbst nur {words.decimal_de(seen.source_fps, 1)} "
        f"Bilder in der Sekunde, Gespräch {seen.call}",
        en=f"the camera of {words.party_en(seen.sender)} itself delivered only {seen.source_fps:.1f} pictures a "
        f"second, call {seen.call}",
    )


def _what(seen: GlassMotion) -> Sentence:
    if seen.media == "screen":
        return Sentence(
            de=f"Der geteilte Bildschirm {words.party_de(seen.sender)}",
            en=f"The shared screen of {words.party_en(seen.sender)}",
        )
    return Sentence(de=f"Das Bild {words.party_de(seen.sender)}", en=f"The picture of {words.party_en(seen.sender)}")


def _small(seen: GlassMotion) -> Sentence:
    what = _what(seen)
    return Sentence(
        de=f"{what.de} kam bei {words.party_de(seen.party)} mit nur {seen.width} × {seen.height} Bildpunkten an (nötig "
        f"sind {LONG} × {SHORT}, Gespräch {seen.call})",
        en=f"{what.en} reached {words.party_en(seen.party)} with only {seen.width} × {seen.height} pixels ({LONG} × "
        f"{SHORT} are needed, call {seen.call})",
    )


def _slow(seen: GlassMotion) -> Sentence:
    what, source = _what(seen), seen.source_fps or 0.0
    return Sentence(
        de=f"{what.de} kam bei {words.party_de(seen.party)} mit nur {words.decimal_de(seen.fps, 1)} Bildern in der "
        f"Sekunde an (nötig sind {FPS:.0f}, die Kamera lieferte {words.decimal_de(source, 1)}, Gespräch {seen.call})",
        en=f"{what.en} reached {words.party_en(seen.party)} with only {seen.fps:.1f} pictures a second ({FPS:.0f} are "
        f"needed, the camera delivered {source:.1f}, call {seen.call})",
    )


def _apart(seen: LipSync) -> Sentence:
    delay = _delay(seen)
    late_de, late_en = ("nach", "after") if delay > 0 else ("vor", "before")
    return Sentence(
        de=f"Der Ton {words.party_de(seen.sender)} kam bei {words.party_de(seen.party)} {abs(delay):.0f} ms {late_de} "
        f"dem Bild an (erlaubt sind {SYNC_MS:.0f} ms, Gespräch {seen.call})",
        en=f"The sound of {words.party_en(seen.sender)} reached {words.party_en(seen.party)} {abs(delay):.0f} ms "
        f"{late_en} the picture ({SYNC_MS:.0f} ms are allowed, call {seen.call})",
    )


def _good(fps: float, delay: float, measured: list[GlassMotion]) -> Sentence:
    videos = sum(seen.media == "video" for seen in measured)
    return Sentence(
        de=f"{words.count(videos, 'Bild', 'Bilder')} und der geteilte Bildschirm hatten mindestens {LONG} × {SHORT} "
        f"Bildpunkte; die Bilder kamen mit mindestens {words.decimal_de(fps, 1)} in der Sekunde an, und der Ton wich "
        f"höchstens {delay:.0f} ms vom Bild ab.",
        en=f"{words.count(videos, 'picture', 'pictures')} and the shared screen had at least {LONG} × {SHORT} pixels; "
        f"the pictures arrived at no less than {fps:.1f} a second, and the sound was at most {delay:.0f} ms off the "
        "picture.",
    )


CHECK = Check(
    id="A02",
    name="picture-and-lip-sync",
    passing=Sentence(
        de="Bild und Ton reichen, um von Lippen und Gebärden zu lesen: mindestens QVGA, 20 Bilder in der Sekunde, der "
        "Ton im Gleichlauf.",
        en="Picture and sound are good enough to read lips and signs: at least QVGA, 20 pictures a second, sound in "
        "step.",
    ),
    vantage=VANTAGE,
    norms=("EN 301 549, clause 6.5",),
    judge=judge,
)
