"""Sample inputs for the reports: a clean run, one with plain audio, one whose tap was silent; made, not recorded."""

import hashlib
from typing import Any, Literal

from harness.model.evidence import Evidence
from harness.model.observations import (
    AnyObservation,
    Blob,
    CallFact,
    PictureSeen,
    Recognition,
    Record,
    ScenarioResult,
    ServerFrames,
    TapStatus,
)
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding, Verdict
from reports import ReportInput
from tests.reports.sample_catalogue import CATALOGUE, catalogue
from tests.reports.sample_pictures import noise, portrait


class EvidenceMaker:
    """Collects observations and blobs the way a run's store does."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.blobs: dict[str, bytes] = {}

    def add(self, seen: AnyObservation) -> str:
        """Append an observation; returns its record id."""
        self.records.append(
            Record(id=f"r{len(self.records) + 1:04d}", at=1_763_838_000.0 + len(self.records), seen=seen)
        )
        return self.records[-1].id

    def blob(self, path: str, data: bytes) -> Blob:
        """Keep bytes beside the records."""
        self.blobs[path] = data
        return Blob(path=path, sha256=hashlib.sha256(data).hexdigest(), size=len(data))

    def evidence(self) -> Evidence:
        """What a report is given."""
        return Evidence(tuple(self.records), dict(self.blobs))


Place = Literal["citizen", "clerk", "server"]


def run_info(**changes: Any) -> dict[str, Any]:
    """The facts of a run, as ``run.json`` has them."""
    facts: dict[str, Any] = {
        "id": "2025-11-22T190712Z-townhall-3f9a",
        "started": "2025-11-22T19:07:12Z",
        "target": "townhall",
        "browser": "Chromium 142.0.7444.59",
        "versions": {"pruefstand": "0.1.0", "janus": "1.1.2", "coturn": "4.6.1", "python": "3.11.2"},
        "seed": 20210215,
        "complete": True,
        "seconds": 148.2,
    }
    return facts | changes


def record_run(maker: EvidenceMaker, *, plain_audio: bool = False, silent: bool = False) -> tuple[str, ...]:
    """Three calls, one of them with a fault, four stories; returns the ids that verdicts cite."""
    for vantage in ("encoded-frames", "keys", "http", "websocket", "mail", "log", "database", "memory", "glass"):
        maker.add(TapStatus(vantage=vantage, state="ok"))
    state = TapStatus(
        vantage="sfu", state="silent", reason="rec_dir war da, aber Janus schrieb keine Aufzeichnung (0 Dateien)"
    )
    maker.add(state if silent else TapStatus(vantage="sfu", state="ok"))
    parties = ("citizen", "clerk")
    cited = [
        maker.add(
            CallFact(
                call="winterbach-1",
                tenant="Winterbach",
                parties=parties,
                connected=True,
                began_at=10,
                ended_at=31.5,
                clicks=3,
            )
        ),
        maker.add(
            CallFact(
                call="kernen-1", tenant="Kernen", parties=parties, connected=True, began_at=40, ended_at=58, clicks=3
            )
        ),
        maker.add(
            CallFact(
                call="winterbach-2",
                tenant="Winterbach",
                parties=parties,
                connected=False,
                began_at=60,
                ended_at=66,
                fault="worker-killed",
                fault_at=63,
            )
        ),
    ]
    for number, call in enumerate(("winterbach-1", "kernen-1")):
        cited += _pictures(maker, call, number, plain_audio, silent)
    for name, title, clicks_of, seconds in (
        ("phone-booking", "Vom Anruf im Rathaus zum Videogespräch", "winterbach-1", 41.3),
        ("presence-only", "Ein Personalausweis lässt sich nicht per Video beantragen", "", 2.1),
        ("camera-denied", "Kamera verweigert: klare Meldung, kein Gespräch", "", 6.8),
        ("link-times", "Einladung zu früh, zu spät und zweimal geöffnet", "", 9.4),
    ):
        maker.add(ScenarioResult(call=clicks_of, name=name, title=title, outcome="passed", seconds=seconds))
    return tuple(cited)


def _pictures(maker: EvidenceMaker, call: str, number: int, plain_audio: bool, silent: bool) -> list[str]:
    faces = {"citizen": portrait("#1f5f8b", "#b9cfd8"), "clerk": portrait("#5a3d6b", "#d8cbb9")}
    cited = []
    places: tuple[Place, ...] = ("citizen", "clerk")
    for place, of in zip(places, ("clerk", "citizen"), strict=True):
        picture = maker.blob(f"glass/{call}-{place}.png", faces[of])
        maker.add(
            PictureSeen(
                call=call,
                party=place,
                place=place,
                blob=picture,
                caption_de="Das Testbild des Gegenübers, klar zu erkennen",
                caption_en="The other person's test picture, clearly recognisable",
            )
        )
    for party in ("citizen", "clerk"):
        maker.add(Recognition(call=call, party=party, place="glass", media="video", looked=50, decoded=50, found=50))
        maker.add(
            Recognition(
                call=call, party=party, place="glass", media="audio", looked=500, decoded=500, found=1, score=0.97
            )
        )
        if silent:
            continue
        sfu = maker.blob(f"sfu/{call}-{party}.png", noise(number * 2 + len(party)))
        opened = maker.blob(f"opened/{call}-{party}.png", faces[party])
        cited.append(
            maker.add(
                ServerFrames(
                    call=call,
                    party=party,
                    media="video",
                    codec="VP8",
                    frames=512,
                    blob=maker.blob(f"sfu/{call}-{party}.frames", b"ciphertext" * number),
                )
            )
        )
        cited.append(
            maker.add(
                Recognition(
                    call=call,
                    party=party,
                    place="sfu-keyless",
                    media="video",
                    looked=50,
                    decoded=31,
                    found=0,
                    picture=sfu,
                )
            )
        )
        cited.append(
            maker.add(
                Recognition(
                    call=call,
                    party=party,
                    place="sfu-with-keys",
                    media="video",
                    looked=50,
                    decoded=50,
                    found=48,
                    picture=opened,
                )
            )
        )
        audible: dict[str, Any] = {"found": 1, "score": 0.96} if plain_audio else {"found": 0, "score": 0.02}
        cited.append(
            maker.add(
                Recognition(
                    call=call, party=party, place="sfu-keyless", media="audio", looked=500, decoded=500, **audible
                )
            )
        )
        maker.add(
            Recognition(
                call=call,
                party=party,
                place="sfu-with-keys",
                media="audio",
                looked=500,
                decoded=500,
                found=1,
                score=0.96,
            )
        )
        if party == "citizen":
            maker.add(
                PictureSeen(
                    call=call,
                    party=party,
                    place="server",
                    blob=sfu,
                    caption_de="Dasselbe Gespräch, wie es der Medienserver vorliegen hatte: Rauschen",
                    caption_en="The same call as the media server held it: noise",
                )
            )
    return cited


def verdict(check: str, outcome: Outcome, de: str, en: str, records: tuple[str, ...] = (), **more: Any) -> Verdict:
    """A verdict with the name the sample catalogue has for the check."""
    name = next((entry[1] for entry in CATALOGUE if entry[0] == check), check.lower())
    figures = more.pop("figures", {})
    finding = Finding(outcome=outcome, sentence=Sentence(de=de, en=en), records=records, figures=figures)
    return Verdict(check=check, name=name, finding=finding, **more)


def build(case: str, lang: Literal["de", "en"] = "de") -> ReportInput:
    """The sample named ``clean``, ``plain-audio`` or ``tap-silent``."""
    maker = EvidenceMaker()
    cited = record_run(maker, plain_audio=case == "plain-audio", silent=case == "tap-silent")
    verdicts = []
    for check, *_ in CATALOGUE:
        outcome, de, en = _seen(case, check)
        records = () if outcome is Outcome.INCONCLUSIVE else cited[:6]
        figures = {"streams": 4, "frames": 2048, "longest_common_run": 3.25}
        verdicts.append(verdict(check, outcome, de, en, records, figures=figures))
    info = run_info() if case == "clean" else run_info(flaw=case)
    return ReportInput(run=info, verdicts=verdicts, checks=catalogue(), evidence=maker.evidence(), lang=lang)


def _seen(case: str, check: str) -> tuple[Outcome, str, str]:
    if case == "plain-audio" and check in ("E01", "E02"):
        return (
            Outcome.FAIL,
            "Der Ton von Bürgerseite und Rathaus lag am Medienserver offen: Die Stimmen wurden ohne Schlüssel erkannt.",
            "The sound of citizen and clerk lay open at the media server: the voices were recognised without a key.",
        )
    if case == "tap-silent" and check in ("E01", "E02", "E03", "E12", "C02", "K12"):
        return (
            Outcome.INCONCLUSIVE,
            "Der Medienserver lieferte keine Aufzeichnung; es gibt nichts zu beurteilen.",
            "The media server delivered no recording; there is nothing to judge.",
        )
    if check == "T03":
        return (
            Outcome.WEAK,
            "Alle 4 Transporte nutzen AES_CM_128_HMAC_SHA1_80, das unter der empfohlenen Stufe liegt.",
            "All 4 transports use AES_CM_128_HMAC_SHA1_80, which is below the recommended level.",
        )
    return (
        Outcome.PASS,
        "4 Datenströme mit 2 048 Bildern und Tönen wurden angesehen; nichts davon war lesbar.",
        "4 streams with 2,048 frames were looked at; none of it was readable.",
    )
