"""What people type, share and show beside the picture (form, chat, file, captions) reaches no server readably."""

from collections.abc import Iterable

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import focused_calls
from crypto_checks.searches import SNAPSHOTS, blind, found_at, not_searched, places_of, results_at
from harness.model.check import Check
from harness.model.evidence import Evidence, Found
from harness.model.observations import CallFact, CanaryText, Recognition, SearchResult
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

PLACES = ("http", "url", "websocket", "mail", "log", "database", "memory")
VANTAGE = ("http", "websocket", "mail", "log", "database", "memory")
_WHAT = {
    "form": Sentence(de="Text des Formulars", en="text of the form"),
    "chat": Sentence(de="Text des Chats", en="text of the chat"),
    "file": Sentence(de="Text der geteilten Datei", en="text of the shared file"),
    "caption": Sentence(de="Text der Untertitel", en="text of the captions"),
}


def judge(evidence: Evidence) -> Finding:
    """Asks for hits and pictures in any call; for each call with form and chat, for texts that arrived and searches."""
    calls, gaps = focused_calls(evidence, "extras", VANTAGE)
    texts = [text for call in calls for text in evidence.of(CanaryText, call=call.seen.call)]
    results = results_at(evidence, PLACES, "texts")
    uploads = [found for found in evidence.of(Recognition) if found.seen.place == "upload"]
    hits = found_at(results)
    pictures = sum(found.seen.found for found in uploads)
    records = [found.id for group in (calls, texts, results, uploads) for found in group]
    figures = {
        "texts": len(texts),
        "searched_mb": round(sum(found.seen.searched_bytes for found in results) / 1e6, 3),
        "hits": len(hits),
        "pictures": pictures,
    }
    if hits or pictures:
        known: dict[str, str] = {text.seen.text_id: text.seen.what for text in evidence.of(CanaryText)}
        what = [known[hit.key_id] for _, hit in hits if hit.key_id in known]
        where = places_of(hits) if hits else None
        return decided(Outcome.FAIL, _readable(what, where, [found.seen for found in uploads]), records, figures)
    for call in calls:
        gaps += _gaps(call.seen, [text.seen for text in texts], results, uploads)
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _opaque(len(texts), figures["searched_mb"]), records, figures)


def _gaps(
    call: CallFact,
    texts: Iterable[CanaryText],
    results: Iterable[Found[SearchResult]],
    uploads: Iterable[Found[Recognition]],
) -> list[Sentence]:
    name = call.call
    mine = [text for text in texts if text.call == name]
    gaps = [
        Sentence(de=f"kein {what.de} wurde geschrieben, Gespräch {name}", en=f"no {what.en} was written, call {name}")
        for kind, what in _WHAT.items()
        if not any(text.what == kind for text in mine)
    ]
    gaps += [
        Sentence(
            de=f"der {_WHAT[text.what].de} kam auf keiner anderen Seite an, Gespräch {name}",
            en=f"the {_WHAT[text.what].en} arrived on no other page, call {name}",
        )
        for text in mine
        if not set(text.arrived) - {text.party}
    ]
    wanted = {text.text_id for text in mine}
    for place in PLACES:
        here = [found for found in results if found.seen.place == place and found.seen.call in ("", name)]
        unsearched = len(wanted - {text for found in here for text in found.seen.keys})
        if not here:
            gaps.append(not_searched(place, name))
        elif unsearched and not (place in SNAPSHOTS and unsearched < len(wanted)):
            where = words.place(place)
            gaps.append(
                Sentence(
                    de=f"{where.de} wurden {unsearched} von {len(wanted)} Texten nicht gesucht, Gespräch {name}",
                    en=f"{unsearched} of {len(wanted)} texts were not searched for {where.en}, call {name}",
                )
            )
        else:
            gaps += blind(here, name)[:1]
    watched = {found.seen.party for found in uploads if found.seen.call == name}
    gaps += [
        Sentence(
            de=f"die Suche nach hochgeladenen Bildern {words.party_de(party)} fehlt, Gespräch {name}",
            en=f"the search for uploaded pictures of {words.party_en(party)} is missing, call {name}",
        )
        for party in call.parties
        if party not in watched
    ]
    return gaps


def _readable(what: list[str], where: Sentence | None, uploads: list[Recognition]) -> Sentence:
    parts_de, parts_en = [], []
    if where:
        named = list(dict.fromkeys(what))
        texts_de = words.listed([_WHAT[kind].de for kind in named], "und") if named else "Text aus dem Gespräch"
        texts_en = words.listed([_WHAT[kind].en for kind in named], "and") if named else "text of the call"
        one = len(named) < 2
        parts_de.append(f"{texts_de} {'war' if one else 'waren'} für Server lesbar: {where.de}")
        parts_en.append(f"{texts_en} {'was' if one else 'were'} readable to servers: {where.en}")
    seen = [upload for upload in uploads if upload.found]
    if seen:
        found, party = sum(upload.found for upload in seen), seen[0].party
        parts_de.append(
            f"{words.count(found, 'Bild', 'Bilder')} {words.party_de(party)} "
            f"{'wurde' if found == 1 else 'wurden'} auf einen Server hochgeladen und dort erkannt"
        )
        parts_en.append(
            f"{words.count(found, 'picture', 'pictures')} of {words.party_en(party)} "
            f"{'was' if found == 1 else 'were'} uploaded to a server and recognised there"
        )
    english = "; ".join(parts_en)
    return Sentence(de=f"{'; '.join(parts_de)}.", en=f"{english[:1].upper()}{english[1:]}.")


def _opaque(texts: int, megabytes: float) -> Sentence:
    return Sentence(
        de=f"Keiner von {texts} Texten aus Formular, Chat, Datei und Untertiteln fand sich an {len(PLACES)} Orten "
        f"({words.decimal_de(megabytes, 1)} MB), und kein Bild wurde hochgeladen; bei der anderen Seite kamen alle "
        "Texte an.",
        en=f"None of {texts} texts of form, chat, file and captions was found at {len(PLACES)} places "
        f"({megabytes:.1f} MB), and no picture was uploaded; every text arrived at the other side.",
    )


CHECK = Check(
    id="E08",
    name="data-opaque-to-server",
    passing=Sentence(
        de="Was die Menschen neben dem Bild schreiben, teilen und zeigen (Formular, Chat, Datei, Untertitel), erreicht "
        "keinen Server lesbar.",
        en="What people type, share and show beside the picture (form, chat, file, captions) reaches no server "
        "readably.",
    ),
    vantage=VANTAGE,
    norms=("DSGVO Art. 32(1)(a)", "DSK, Orientierungshilfe Videokonferenzsysteme, Stand 23.10.2020, 4.1"),
    judge=judge,
    stands=True,
)
