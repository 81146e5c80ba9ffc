"""What is said of a seal, in German and English."""

from reports.seal.comparing import Difference
from reports.seal.names import shown
from reports.seal.verifying import Verified

_PLACES = {
    "data": ("der Inhalt des Eintrags", "the content of the entry"),
    "header": ("der Kopf des Eintrags im Zip", "the entry's header in the zip"),
    "directory": ("die Zeile des Eintrags im Verzeichnis des Zips", "the entry's line in the zip's directory"),
    "end": ("das Ende des Zips", "the end of the zip"),
    "comment": ("das Zip trägt einen Kommentar", "the zip carries a comment"),
    "many": ("das Zip hat zu viele Einträge", "the zip has too many entries"),
    "unreadable": ("das Zip lässt sich nicht lesen", "the zip cannot be read"),
    "twice": ("der Name kommt im Zip mehrmals vor", "the name comes more than once in the zip"),
    "link": ("der Eintrag ist ein Verweis auf eine andere Datei", "the entry is a link to another file"),
    "name": ("ein Name, den kein Siegel zulässt", "a name that no seal allows"),
    "packed": ("der Eintrag ist komprimiert oder verschlüsselt", "the entry is compressed or encrypted"),
}
_KINDS = {
    "changed": ("geändert", "changed"),
    "missing": ("fehlt", "missing"),
    "added": ("hinzugekommen", "added"),
    "renamed": ("umbenannt in {more}", "renamed to {more}"),
    "swapped": ("trägt den Inhalt von {more}", "holds the content of {more}"),
}
_SEALS = {
    "form": ("das Siegel ist keine gewöhnliche Datei oder zu groß", "the seal is no plain file or too large"),
    "first": ("das Zip beginnt nicht mit einem Siegel", "the zip does not begin with a seal"),
    "the seal is not a DSSE envelope": ("das Siegel ist kein DSSE-Umschlag", "the seal is not a DSSE envelope"),
    "the seal was made with another key": (
        "das Siegel ist mit einem anderen Schlüssel gemacht", "the seal was made with another key",
    ),
    "the signature does not hold": ("die Unterschrift stimmt nicht", "the signature does not hold"),
}  # fmt: skip


def sentence(difference: Difference, lang: str) -> str:
    """One line: the file, and what is not as it was sealed."""
    which = 0 if lang == "de" else 1
    name, more = shown(difference.name), difference.more
    if difference.kind == "seal":
        said = _SEALS.get(
            more, (f"das Siegel hat eine andere Form ({shown(more)})", f"the seal is of another form ({shown(more)})")
        )
        return f"{name}: {said[which]}"
    if difference.kind == "zip":
        if more not in _PLACES:
            return (f"das Zip hat {more} Bytes zu viel oder zu wenig", f"the zip has {more} bytes too many or too few")[
                which
            ]
        return f"{name}: {_PLACES[more][which]}" if name else _PLACES[more][which]
    return f"{name}: {_KINDS[difference.kind][which].format(more=shown(more))}"


def headline(found: Verified, lang: str) -> str:
    """The answer in one sentence."""
    if found.holds and found.statement:
        files, run, at = (
            len(found.statement.subject),
            shown(found.statement.predicate.run),
            found.statement.predicate.sealed_at,
        )
        if lang == "de":
            return f"Das Siegel hält: {files} Dateien des Laufs {run} sind Byte für Byte so, wie am {at} versiegelt."
        return f"The seal holds: {files} files of the run {run} are byte for byte as they were sealed at {at}."
    if lang == "de":
        return "Das Siegel hält nicht: Was hier liegt, ist nicht das, was versiegelt wurde."
    return "The seal does not hold: what lies here is not what was sealed."


def readme(run: str, key: str) -> str:
    """The text in a bundle. It says itself that it proves nothing."""
    return _README.format(run=shown(run), key=key)


_README = """\
Pruefstand: Beweismittel des Laufs {run}

Zum Lesen: report.pdf (zum Drucken) und report.html (im Browser, ohne Netz). Die Beobachtungen stehen in
evidence/records.jsonl, die Urteile in verdicts.json. Was vor dem Versiegeln unkenntlich gemacht wurde, steht in
redactions.json.

Prüfen, ob etwas geändert wurde: Das geht mit Python 3 und dem öffentlichen Schlüssel der Stelle, die geprüft hat, sonst
mit nichts. Das Prüfprogramm verify_seal.py und den Schlüssel holen Sie sich NICHT von dort, woher Sie dieses Archiv
haben, sondern beim Projekt und bei der Stelle selbst: Beides läge sonst in der Hand dessen, der etwas geändert hat.

    python3 verify_seal.py ARCHIV.zip schluessel.pem

Nummer des Schlüssels, der versiegelt hat: {key}

----

Pruefstand: evidence of the run {run}

To read: report.pdf (to print) and report.html (in a browser, without a network). The observations are in
evidence/records.jsonl, the verdicts in verdicts.json. What was made unrecognisable before sealing is listed in
redactions.json.

To check whether anything was changed you need Python 3 and the public key of whoever did the test, and nothing else.
Do NOT take the program verify_seal.py or the key from where you got this archive, but from the project and from whoever
did the test: otherwise both lie in the hands of those who changed something.

    python3 verify_seal.py ARCHIVE.zip key.pem

Id of the key that sealed: {key}
"""
