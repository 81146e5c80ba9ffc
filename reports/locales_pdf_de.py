"""The German texts of the report for data-protection officers (report.pdf)."""

PDF_GERMAN: dict[str, str] = {
    "pdf.title": "Prüfbericht: Verschlüsselung von Videoterminen",
    "pdf.for": "Für Datenschutzbeauftragte und Verwaltungsleitung",
    "pdf.page": "Seite {n} von {of}",
    "pdf.answer": "Die Antwort in einem Satz",
    "pdf.tested": "Was geprüft wurde",
    "pdf.fact.system": "Geprüftes System",
    "pdf.fact.version": "Seine Fassung",
    "pdf.fact.version.own": "{version} (das Rathaus, das zum Prüfstand gehört)",
    "pdf.fact.version.none": "im Lauf nicht festgehalten",
    "pdf.fact.bench": "Prüfstand",
    "pdf.fact.bench.version": "Pruefstand {version}",
    "pdf.fact.parts": "Bestandteile",
    "pdf.fact.when": "Geprüft am",
    "pdf.fact.lasted": "{moment}, Dauer {time}",
    "pdf.fact.browser": "Browser",
    "pdf.fact.calls": "Gespräche",
    "pdf.fact.calls.one": "{n} Gespräch mit Testpersonen",
    "pdf.fact.calls.many": "{n} Gespräche mit Testpersonen",
    "pdf.fact.tenants": "{calls}; Kommunen: {tenants}",
    "pdf.fact.stories": "Abläufe",
    "pdf.fact.played": "{passed} von {n} gespielten Abläufen verliefen wie erwartet",
    "pdf.fact.run": "Kennung des Laufs",
    "pdf.fact.evidence": "Aufzeichnungen",
    "pdf.bar": "Ergebnisse der {n} Prüfungen",
    "pdf.bar.alt": "Balken der Ergebnisse von {n} Prüfungen: {parts}.",
    "pdf.tests": "Geprüft wurde mit erfundenen Personen und einem Testbild, das der Prüfstand überall wiedererkennt. "
    "Der Bericht nennt Beobachtungen und die Dokumente, an denen sie gemessen wurden. Eine rechtliche Bewertung "
    "enthält er nicht.",
    "pdf.contents": "Inhalt",
    # the way of the data
    "pdf.way": "Der Weg der Daten, und wo hingesehen wurde",
    "pdf.way.lead": "Bild und Ton entstehen im Browser, gehen durch das Netz zu einem Medienserver und von dort zum "
    "Gegenüber. Lesbar sein sollen sie nur in den Browsern der Beteiligten. Der Prüfstand hat an diesen Stellen "
    "nachgesehen, was dort wirklich ankommt:",
    "pdf.way.home": "Browser zu Hause",
    "pdf.way.office": "Browser im Rathaus",
    "pdf.way.readable": "darf lesbar sein",
    "pdf.way.sealed": "soll verschlüsselt sein",
    "pdf.way.media": "Medienserver",
    "pdf.way.web": "Web-, Termin- und Mailserver",
    "pdf.way.relay": "Vermittlungsserver (TURN)",
    "pdf.way.alt": "Zeichnung: Bild und Ton sollen verschlüsselt gehen, vom Browser zu Hause (1) durch das Netz (2) "
    "zum Medienserver (3) und von dort zum Browser im Rathaus (1). Web-, Termin- und Mailserver (4) bringen die "
    "Menschen zusammen, der Vermittlungsserver (5) hilft, wo ein Netz den direkten Weg sperrt. Lesbar sein dürfen "
    "Bild und Ton nur in den beiden Browsern.",
    "pdf.group.browser": "In den Browsern",
    "pdf.group.network": "Unterwegs im Netz",
    "pdf.group.media": "Am Medienserver",
    "pdf.group.web": "An Web-, Termin- und Mailservern",
    "pdf.group.relay": "Am Vermittlungsserver",
    "pdf.group.other": "An weiteren Stellen",
    "pdf.place.looked": "Hingesehen:",
    "pdf.place.partly": "Nicht überall geliefert:",
    "pdf.place.blind": "Nicht angesehen:",
    "pdf.place.none": "Hier hatte dieser Lauf nichts anzusehen.",
    # the pictures
    "pdf.pictures": "Was die Menschen sahen, und was der Server sah",
    "pdf.pictures.lead": "Dasselbe Gespräch zur selben Zeit, an drei Orten.",
    "pdf.control": "Gegenprobe: Rauschen allein beweist nichts",
    "pdf.control.lead": "Darum wurden dieselben Bytes, die der Server hatte, mit den Schlüsseln der Teilnehmenden "
    "geöffnet. Erst wenn dann das Testbild erscheint, steht fest, dass der Server wirklich dieses Gespräch vor sich "
    "hatte und es nur nicht lesen konnte.",
    # requirements
    "pdf.norms": "Anforderungen und was dazu beobachtet wurde",
    "pdf.norms.lead": "Jede Zeile nennt ein Dokument, das ein Amt zu beachten hat oder an dem es sich ausrichtet, "
    "und die Prüfungen, die dazu etwas beobachten. Die Einzelheiten jeder Prüfung stehen im nächsten Abschnitt. Ob "
    "eine Anforderung rechtlich erfüllt ist, sagt diese Tabelle nicht. Texte des BSI binden die Bundesverwaltung; "
    "für Kommunen beschreiben sie den Stand der Technik.",
    "pdf.norms.none": "Zu keiner der ausgeführten Prüfungen ist ein solches Dokument genannt.",
    "pdf.norm.document": "Dokument",
    "pdf.norm.about": "Wonach der Prüfstand dazu sieht",
    "pdf.norm.checks": "Prüfungen",
    "pdf.norm.not_run": "nicht ausgeführt",
    "norm.dsgvo-5-1-c": "Datenminimierung: ob Angaben zur Person dort stehen, wo niemand sie braucht",
    "norm.dsgvo-5-1-e": "Speicherbegrenzung: ob nach Ablauf der Frist alles gelöscht ist",
    "norm.dsgvo-5-1-f": "Integrität und Vertraulichkeit: ob jemand an Fremdes gelangt",
    "norm.dsgvo-17": "Löschung: ob nach Ablauf der Frist noch etwas zu finden ist",
    "norm.dsgvo-25": "Datenschutz durch Technikgestaltung: ob der Schutz im Aufbau liegt und nicht an einer Zusage "
    "hängt",
    "norm.dsgvo-25-2": "Datenschutzfreundliche Voreinstellungen: ob ohne Zutun nur das Nötige geschieht",
    "norm.dsgvo-28": "Auftragsverarbeitung: ob nur vereinbarte Server angesprochen werden",
    "norm.dsgvo-32": "Sicherheit der Verarbeitung: ob Schlüssel, Zugänge und Einladungen geschützt sind",
    "norm.dsgvo-32-1-a": "Verschlüsselung: ob Bild, Ton und Geschriebenes für Server unlesbar bleiben",
    "norm.dsgvo-32-1-b": "Integrität: ob Verändertes bemerkt und verworfen wird",
    "norm.tdddg-25": "Speicher im Gerät: ob vor einer Einwilligung nur Notwendiges abgelegt wird",
    "norm.dsk-oh-vk-3-4-8": "Ob etwas mitschneidet oder mithört, das niemand sieht",
    "norm.dsk-oh-vk-3-5-6": "Ob Server außerhalb der Vereinbarung angesprochen werden",
    "norm.dsk-oh-vk-4-1": "Ob die Inhalte von Ende zu Ende verschlüsselt sind und Schlüssel nur bei den Beteiligten "
    "liegen",
    "norm.dsk-oh-vk-4-2-4": "Ob nur Eingeladene und Eingelassene in ein Gespräch gelangen",
    "norm.bsi-tr-02102-1": "Stärke der Verschlüsselungsverfahren: Länge der Prüfwerte, keine erkennbaren Muster",
    "norm.bsi-tr-02102-2": "Stärke der Transportverschlüsselung (TLS): Versionen und Verfahren",
    "norm.bitv-2-0-3": "Barrierefreiheit: ob automatisch erkennbare Barrieren bestehen",
    "norm.wcag-2-1-levels-a-and-aa": "Barrierefreiheit von Webseiten: Regeln der Stufen A und AA",
    "norm.en-301-549-9": "Barrierefreiheit von Webseiten",
    "norm.en-301-549-6-2": "Text neben dem Gespräch",
    "norm.en-301-549-6-5": "Bildgröße, Bildrate und Gleichlauf von Bild und Ton",
    "norm.en-301-549-7-1": "Untertitel",
    # checks
    "pdf.checks": "Die Prüfungen im Einzelnen",
    "pdf.checks.lead": "Fett steht, was Bestehen heißt; darunter, was beobachtet wurde. Die kleinen Zeilen nennen "
    "den Maßstab und eine Aufzeichnung, auf der das Urteil ruht, mit ihrer Prüfsumme (SHA-256), und wie viele "
    "weitere es sind; report.html nennt sie.",
    "pdf.checks.column": "Prüfung",
    "pdf.checks.found": "Was Bestehen heißt, und was beobachtet wurde",
    "pdf.rests": "Aufzeichnung {id}, SHA-256",
    "pdf.rests.none": "keine Aufzeichnung",
    "pdf.more.one": "und {n} weitere",
    "pdf.more.many": "und {n} weitere",
    # limits
    "pdf.limits": "Was nicht beobachtet werden konnte, und was das heißt",
    "pdf.limits.lead": "Eine Prüfung zeigt, dass etwas fehlt, nur dort, wo hingesehen wurde. Was nicht beobachtet "
    "werden konnte, gilt nie als bestanden.",
    "pdf.limits.taps": "Stellen, die nichts oder nicht alles lieferten",
    "pdf.limits.taps.means": "Über das, was dort lag, sagt dieser Bericht nichts.",
    "pdf.limits.open": "Prüfungen ohne Ergebnis",
    "pdf.limits.open.means": "Ihre Frage ist in diesem Lauf offen geblieben; sie gelten weder als bestanden noch als "
    "nicht bestanden.",
    "pdf.limits.gone": "Nicht anwendbar",
    "pdf.limits.gone.means": "Was sie prüfen, kam in diesem Lauf nicht vor.",
    "pdf.limits.not_run": "Nicht ausgeführt",
    "pdf.limits.not_run.means": "Zu diesen Fragen enthält der Lauf nichts.",
    "pdf.limits.places": "Nicht angesehene Stellen",
    "pdf.limits.none": "In diesem Lauf haben alle vorgesehenen Stellen geliefert, und jede Prüfung hat ein Ergebnis.",
    "pdf.limits.more": "und {n} weitere, siehe report.html",
    "pdf.never": "Was dieser Prüfstand grundsätzlich nicht sieht",
    "pdf.never.1": "Was auf den Geräten der Beteiligten geschieht: Schadprogramme, Mitschnitte, Mithörende im Raum.",
    "pdf.never.2": "Was vor und nach diesem Lauf war. Er zeigt das System, wie es an diesem Tag aufgebaut war.",
    "pdf.never.3": "Umstände eines Gesprächs: Wann jemand wie lange mit wem verbunden ist, kann ein Server immer "
    "sehen.",
    "pdf.never.4": "Verträge, Rechtsgrundlagen und die Datenschutz-Folgenabschätzung. Dazu liefert er Belege, kein "
    "Urteil.",
    "pdf.never.5": "Daten, die wie Rauschen aussehen, beweisen noch keine Verschlüsselung. Darum sucht er das "
    "Testbild, sucht die Schlüssel und macht die Gegenprobe.",
    # the bench
    "pdf.rate": "Wie zuverlässig der Prüfstand selbst ist",
    "pdf.rate.lead": "Ein Prüfstand, der nie anschlägt, beweist nichts. Darum wird er selbst geprüft: Das "
    "mitgelieferte Rathaus wird absichtlich mit je einem kleinen Fehler gestartet und ganz durchgespielt. Gefunden "
    "gilt ein Fehler nur, wenn genau die Prüfungen anschlagen, die ihn finden sollen, und keine andere.",
    "pdf.rate.whole": "Mit Einblick an allen Stellen wurden {hits} von {of} eingebauten Fehlern gefunden ({share}; "
    "mit 95 % Sicherheit liegt der wahre Anteil zwischen {low} und {high}).",
    "pdf.rate.alarms": "In {of} Läufen ohne Fehler gab es {hits} Fehlalarme (mit 95 % Sicherheit höchstens {high}).",
    "pdf.rate.when": "Gemessen vom {first} bis {last} am mitgelieferten Rathaus, Stand des Prüfstands {code}.",
    "pdf.rate.tried": "Von den {n} Prüfungen dieses Laufs sind {tried} an mindestens einem eingebauten Fehler erprobt.",
    "pdf.rate.less": "Wo weniger Einblick besteht, wird weniger gefunden:",
    "pdf.rate.all": "alle Stellen",
    "pdf.rate.browser": "nur die Browser",
    "pdf.rate.outside": "kein Blick in die Server",
    "pdf.rate.no-keys": "alles außer den Schlüsseln",
    "pdf.rate.value": "{hits} von {of} ({share})",
    "pdf.rate.alt": "Balken: Anteil gefundener Fehler je nach Einblick, mit dem Bereich, in dem der wahre Anteil mit "
    "95 % Sicherheit liegt. {parts}.",
    "pdf.rate.none": "Zu dieser Fassung des Prüfstands liegen keine Messungen an eingebauten Fehlern vor.",
    # open points
    "pdf.open": "Offene Punkte",
    "pdf.open.none": "Aus diesem Lauf ist nichts offen.",
    "pdf.open.fail": "Nicht eingehalten",
    "pdf.open.weak": "Schwäche",
    "pdf.open.inconclusive": "Ohne Ergebnis",
    "pdf.open.story": "Ablauf",
    # glossary
    "pdf.glossary": "Wörter und was sie heißen",
    # the seal
    "pdf.seal": "Wie man nachprüft, dass nichts geändert wurde",
    "pdf.seal.lead": "Dieser Bericht gehört zu einem Ordner mit allen Aufzeichnungen. Wurde der Lauf versiegelt, "
    "liegt darin eine unterschriebene Liste, die von jeder Datei eine Prüfsumme nennt, auch von diesem Bericht. "
    "Ändert jemand auch nur ein Zeichen, so passt die Liste nicht mehr.",
    "pdf.seal.1": "Den öffentlichen Schlüssel der prüfenden Stelle von ihr selbst holen, nicht aus dem Paket.",
    "pdf.seal.2": "Mit dem Prüfstand, oder ohne ihn allein mit Python 3 und der Datei verify_seal.py aus dem "
    "Quelltext des Prüfstands:",
    "pdf.seal.3": "Die Antwort „Das Siegel hält“ heißt: Jede Datei ist, was sie beim Versiegeln war. Sonst nennt das "
    "Programm jede Datei, die geändert, entfernt oder hinzugefügt wurde.",
    "pdf.seal.4": "Das Urteil selbst lässt sich aus den Aufzeichnungen ohne Netz wiederholen:",
    "pdf.seal.records": "Prüfsumme (SHA-256) der Datei evidence/records.jsonl, aus der dieser Bericht entstand:",
    "pdf.seal.self": "Dass ein Lauf versiegelt ist, kann der Bericht selbst nicht sagen: Das Siegel entsteht nach ihm.",
    "pdf.sign": "Zur Kenntnis genommen",
    "pdf.sign.place": "Ort, Datum",
    "pdf.sign.name": "Name, Amt",
    "pdf.sign.hand": "Unterschrift",
    "pdf.missing_letters": "Ein leeres Kästchen (□) steht für ein Schriftzeichen, das die Schrift dieses Dokuments "
    "nicht hat; report.html zeigt es.",
    "vantage.lock": "Anzeige des Schlosses",
    "vantage.codes": "Sicherheitscodes beider Seiten",
    "vantage.fingerprints": "Probe mit fremdem Fingerabdruck",
}
