"""No page asks for camera, microphone or screen before the person has pressed the button that says so."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.privacy.declared import watched, watching_gaps
from crypto_checks.scope import tap_gaps
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import DeviceAsked
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("pages",)
_DEVICE_DE = {"camera": "Kamera", "microphone": "Mikrofon", "screen": "Bildschirm"}


def judge(evidence: Evidence) -> Finding:
    """Asks of every request for a device whether the person had agreed; one after consent is the positive control."""
    pages, watchers = watched(evidence, "devices")
    asked = list(evidence.of(DeviceAsked))
    records = watchers + [found.id for found in asked]
    before = [found.seen for found in asked if not found.seen.consented]
    figures = {"pages": len(pages), "requests": len(asked), "before_consent": len(before)}
    if before:
        return decided(Outcome.FAIL, _too_early(before), records, figures)
    gaps = tap_gaps(evidence, "", VANTAGE)
    gaps += watching_gaps(pages, {found.seen.page for found in asked})
    if not asked:
        gaps.append(
            Sentence(
                de="auch nach der Einwilligung war keine Anfrage nach einem Gerät zu sehen",
                en="not even after consent was a request for a device seen",
            )
        )
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _after_consent(len(pages), len(asked)), records, figures)


def _too_early(before: list[DeviceAsked]) -> Sentence:
    devices = [name for name in _DEVICE_DE if any(name in seen.devices for seen in before)]
    pages = list(dict.fromkeys(seen.page for seen in before))
    pages_de = words.listed([f"„{words.page_de(page)}“" for page in pages], "und")
    pages_en = words.listed([f"“{page}”" for page in pages], "and")
    one = len(pages) == 1
    return Sentence(
        de=f"{'Die Seite' if one else 'Die Seiten'} {pages_de} {'fragte' if one else 'fragten'} vor der Einwilligung "
        f"nach: {words.listed([_DEVICE_DE[name] for name in devices], 'und')}.",
        en=f"The {'page' if one else 'pages'} {pages_en} asked before consent for: {words.listed(devices, 'and')}.",
    )


def _after_consent(pages: int, asked: int) -> Sentence:
    return Sentence(
        de=f"Auf {words.count(pages, 'Seite', 'Seiten')} {'kam' if asked == 1 else 'kamen'} "
        f"{words.count(asked, 'Anfrage', 'Anfragen')} nach Kamera, Mikrofon oder Bildschirm erst nach der "
        "Einwilligung.",
        en=f"On {words.count(pages, 'page', 'pages')} {words.count(asked, 'request', 'requests')} for camera, "
        f"microphone or screen came only after consent.",
    )


CHECK = Check(
    id="P08",
    name="camera-and-microphone-off-until-consent",
    passing=Sentence(
        de="Keine Seite fragt nach Kamera, Mikrofon oder Bildschirm, bevor die Person den Knopf gedrückt hat, der das "
        "ankündigt.",
        en="No page asks for camera, microphone or screen before the person has pressed the button that says so.",
    ),
    vantage=VANTAGE,
    norms=("DSGVO Art. 25(2)", "W3C Media Capture and Streams"),
    judge=judge,
)
