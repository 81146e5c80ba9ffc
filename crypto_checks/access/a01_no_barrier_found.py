"""No page breaks a WCAG 2.1 A or AA rule that axe-core knows, and the whole journey can be gone by keyboard."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import tap_gaps
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import AxeFound, AxeViolation, KeyboardJourney
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("axe", "keyboard")

_STATE_DE = {
    "error": "Fehler",
    "somebody waits": "jemand wartet",
    "waiting": "wartet",
    "phone": "Telefon",
    "desktop": "Rechner",
    "en": "englisch",
    "de": "deutsch",
}
_STEP_DE = {
    "link": "Einladung",
    "device check": "Geräteprüfung",
    "join": "Beitreten",
    "picture": "Bild",
    "form": "Formular",
    "chat": "Chat",
    "hang up": "Auflegen",
    "feedback": "Rückmeldung",
}


def judge(evidence: Evidence) -> Finding:
    """Asks for broken rules on every page looked at, and where the journey by keyboard ended."""
    looks = list(evidence.of(AxeFound))
    journeys = list(evidence.of(KeyboardJourney))
    records = [found.id for found in looks] + [found.id for found in journeys]
    broken = [(found.seen, violation) for found in looks for violation in found.seen.violations]
    stopped = [found.seen for found in journeys if found.seen.stopped_at]
    figures = {"pages": len(looks), "broken_rules": len(broken), "keyboard_stops": len(stopped)}
    if broken:
        return decided(Outcome.FAIL, _broken(broken), records, figures)
    if stopped:
        return decided(Outcome.FAIL, _stopped(stopped[0]), records, figures)
    gaps = tap_gaps(evidence, "", VANTAGE)
    if not looks:
        gaps.append(
            Sentence(de="keine Seite wurde auf Barrieren durchgesehen", en="no page was looked at for barriers")
        )
    gaps += [
        Sentence(
            de=f"auf der Seite „{words.page_de(found.seen.page)}“ griff keine Regel",
            en=f"no rule applied to page “{found.seen.page}”",
        )
        for found in looks
        if found.seen.rules <= 0
    ]
    if not any(found.seen.steps for found in journeys):
        gaps.append(Sentence(de="der Weg mit der Tastatur wurde nicht gegangen", en="nobody went the way by keyboard"))
    if gaps:
        return inconclusive(gaps)
    steps = max(len(found.seen.steps) for found in journeys)
    return decided(Outcome.PASS, _no_barrier(len(looks), steps), records, figures)


def _broken(broken: list[tuple[AxeFound, AxeViolation]]) -> Sentence:
    (seen, first), more = broken[0], len(broken) - 1
    more_de = f"; dazu {words.count(more, 'weiterer Verstoß', 'weitere Verstöße')}" if more else ""
    more_en = f"; and {words.count(more, 'more violation', 'more violations')}" if more else ""
    state_de, state_en = (f" ({_state_de(seen.state)})", f" ({seen.state})") if seen.state else ("", "")
    first_de, first_en = ("", "") if first.nodes == 1 else ("zuerst ", "first ")
    return Sentence(
        de=f"Die Seite „{words.page_de(seen.page)}“{state_de} verstößt gegen die Regel {first.rule}: "
        f"{words.count(first.nodes, 'Element', 'Elemente')} ({first_de}„{first.target}“){more_de}.",
        en=f"The page “{seen.page}”{state_en} breaks the rule {first.rule}: "
        f"{words.count(first.nodes, 'element', 'elements')} ({first_en}“{first.target}”){more_en}.",
    )


def _state_de(state: str) -> str:
    return ", ".join(_STATE_DE.get(part, part) for part in state.split(", "))


def _stopped(seen: KeyboardJourney) -> Sentence:
    reached = len(seen.steps)
    return Sentence(
        de=f"Mit der Tastatur allein endete der Weg nach {words.count(reached, 'Schritt', 'Schritten')} bei "
        f"„{_STEP_DE.get(seen.stopped_at, seen.stopped_at)}“.",
        en=f"By keyboard alone the way ended after {words.count(reached, 'step', 'steps')} at “{seen.stopped_at}”.",
    )


def _no_barrier(pages: int, steps: int) -> Sentence:
    return Sentence(
        de=f"axe-core fand auf {words.count(pages, 'Seite', 'Seiten')} keinen Verstoß gegen WCAG 2.1 A und AA, und mit "
        f"der Tastatur allein war der ganze Weg zu gehen ({words.count(steps, 'Schritt', 'Schritte')}).",
        en=f"axe-core found no violation of WCAG 2.1 A and AA on {words.count(pages, 'page', 'pages')}, and the whole "
        f"way could be gone by keyboard alone ({words.count(steps, 'step', 'steps')}).",
    )


CHECK = Check(
    id="A01",
    name="no-barrier-found",
    passing=Sentence(
        de="Keine Seite verstößt gegen eine Regel von WCAG 2.1 A oder AA, die axe-core kennt, und der ganze Weg lässt "
        "sich mit der Tastatur gehen.",
        en="No page breaks a WCAG 2.1 A or AA rule that axe-core knows, and the whole journey can be gone by keyboard.",
    ),
    vantage=VANTAGE,
    norms=("WCAG 2.1, levels A and AA", "EN 301 549, clause 9", "BITV 2.0 § 3"),
    judge=judge,
)
