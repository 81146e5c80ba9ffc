"""What checks must say of the flaws beside picture, sound and keys, word for word: (flaw, check) -> (en, de)."""

BESIDE_SENTENCES: dict[tuple[str, str], tuple[str, str]] = {
    ("", "E05"): (
        (
            "In 7 streams none of the 330 frames at the media server was in the clear, among them 1 shared screen and"
            " 1 unmuted track."
        ),
        (
            "In 7 Strömen war keiner der 330 Frames am Medienserver unverschlüsselt, darunter 1 geteilter Bildschirm "
            "und 1 wieder eingeschaltete Spur."
        ),
    ),
    ("", "E08"): (
        (
            "None of 4 texts of form, chat, file and captions was found at 7 places (7.0 MB), and no picture was "
            "uploaded; every text arrived at the other side."
        ),
        (
            "Keiner von 4 Texten aus Formular, Chat, Datei und Untertiteln fand sich an 7 Orten (7,0 MB), und kein "
            "Bild wurde hochgeladen; bei der anderen Seite kamen alle Texte an."
        ),
    ),
    ("", "E09"): (
        (
            "Only those whom the pages display as present held keys of the call: the citizen, the clerk and the "
            "guest; none was found beside the server's recordings."
        ),
        (
            "Schlüssel des Gesprächs lagen nur bei denen, die die Seiten als anwesend anzeigen: bei der Bürgerseite, "
            "der Amtsseite und der Gastseite; neben den Aufnahmen des Servers fand sich keiner."
        ),
    ),
    ("", "K09"): (
        (
            "At 3 moments exactly the people whom every page displays as present received media from the media server"
            " (10 subscriptions)."
        ),
        (
            "Zu 3 Zeitpunkten empfingen am Medienserver genau die Menschen Bild und Ton, die alle Seiten als anwesend"
            " anzeigen (10 Empfangswege)."
        ),
    ),
    ("", "P01"): (
        "None of 2 personal details was found in the media server's rooms, logs, metrics and web addresses (4.0 MB).",
        (
            "Keine von 2 Angaben zur Person fand sich in Räumen des Medienservers, Protokollen, Betriebskennzahlen "
            "und Webadressen (4,0 MB)."
        ),
    ),
    ("", "P02"): (
        "None of 10 secrets, texts and keys was found in the database.",
        "Keines von 10 Geheimnissen, Texten und Schlüsseln fand sich in der Datenbank.",
    ),
    ("", "P03"): (
        "After the retention time of 30 days none of 4 finds was left (database).",
        "Nach Ablauf der Frist von 30 Tagen war keine von 4 Fundstellen mehr da (Datenbank).",
    ),
    ("", "P04"): (
        "On 2 pages only what is necessary was kept in the browser before consent (1 entry).",
        "Auf 2 Seiten wurde vor der Einwilligung nur Notwendiges im Browser gespeichert (1 Eintrag).",
    ),
    ("", "P05"): (
        "From 2 pages only 2 hosts of the data-processing contract were contacted, 1 of them by STUN or TURN.",
        (
            "Von 2 Seiten aus wurden nur 2 Server der vereinbarten Auftragsverarbeitung angesprochen, davon 1 über "
            "STUN oder TURN."
        ),
    ),
    ("", "P06"): (
        (
            "The varying part of the invitations offers up to 162 bits; 4 tries with invented, early, late and "
            "cancelled ones did not lead into the call, and in its time the clerk admitted the invited person."
        ),
        (
            "Der veränderliche Teil der Einladungen bietet bis zu 162 Bit; 4 Versuche mit erfundenen, zu frühen, "
            "abgelaufenen und abgesagten Einladungen führten nicht ins Gespräch, und zur rechten Zeit ließ das Amt "
            "die eingeladene Person ein."
        ),
    ),
    ("", "P07"): (
        (
            "All 3 tries to reach what is another's were refused, across municipalities and roles and without signing"
            " in; the rightful person's succeeded each time."
        ),
        (
            "Alle 3 Versuche, auf Fremdes zuzugreifen, wurden abgewiesen: über Gemeinden und Rollen hinweg und ohne "
            "Anmeldung; der berechtigten Person gelang jeder."
        ),
    ),
    ("", "P08"): (
        "On 1 page 1 request for camera, microphone or screen came only after consent.",
        "Auf 1 Seite kam 1 Anfrage nach Kamera, Mikrofon oder Bildschirm erst nach der Einwilligung.",
    ),
    ("", "P09"): (
        (
            "2 pages protect themselves by Content-Security-Policy, Referrer-Policy, Permissions-Policy and guarded "
            "cookies (reached without TLS, so not asked for HSTS and Secure)."
        ),
        (
            "2 Seiten schützen sich mit Content-Security-Policy, Referrer-Policy, Permissions-Policy und gesicherten "
            "Cookies (ohne TLS aufgerufen, daher weder HSTS noch Secure verlangt)."
        ),
    ),
    ("", "A01"): (
        (
            "axe-core found no violation of WCAG 2.1 A and AA on 1 page, and the whole way could be gone by keyboard "
            "alone (4 steps)."
        ),
        (
            "axe-core fand auf 1 Seite keinen Verstoß gegen WCAG 2.1 A und AA, und mit der Tastatur allein war der "
            "ganze Weg zu gehen (4 Schritte)."
        ),
    ),
    ("", "A02"): (
        (
            "2 pictures and the shared screen had at least 320 × 240 pixels; the pictures arrived at no less than "
            "24.0 a second, and the sound was at most 30 ms off the picture."
        ),
        (
            "2 Bilder und der geteilte Bildschirm hatten mindestens 320 × 240 Bildpunkte; die Bilder kamen mit "
            "mindestens 24,0 in der Sekunde an, und der Ton wich höchstens 30 ms vom Bild ab."
        ),
    ),
    ("", "A03"): (
        (
            "2 lines of chat and captions, written by keyboard, arrived at the other side and were announced to "
            "screen readers."
        ),
        (
            "2 Zeilen aus Chat und Untertiteln, mit der Tastatur geschrieben, kamen bei der anderen Seite an und "
            "wurden für Vorleseprogramme angekündigt."
        ),
    ),
    ("plain-media", "E05"): (
        (
            "No frame of this run was encrypted, so there is no encryption that could leave a track out; E01 judges "
            "that."
        ),
        (
            "Kein Frame dieses Laufs war verschlüsselt, so gibt es keine Verschlüsselung, die eine Spur auslassen "
            "könnte; das beurteilt E01."
        ),
    ),
    ("plain-screen", "E05"): (
        (
            "After screen sharing began the media server held 30 of 30 screen frames of the clerk in the clear (call "
            "winterbach-5)."
        ),
        (
            "Nach dem Beginn der Bildschirmfreigabe hielt der Medienserver 30 von 30 Bildschirm-Frames der Amtsseite "
            "unverschlüsselt (Gespräch winterbach-5)."
        ),
    ),
    ("clear-after-unmute", "E05"): (
        "After unmuting the media server held 30 of 31 audio frames of the citizen in the clear (call winterbach-5).",
        (
            "Nach dem Aufheben der Stummschaltung hielt der Medienserver 30 von 31 Audio-Frames der Bürgerseite "
            "unverschlüsselt (Gespräch winterbach-5)."
        ),
    ),
    ("plain-form", "E08"): (
        "Text of the form was readable to servers: in the web requests and in the servers' memory.",
        "Text des Formulars war für Server lesbar: in den Webanfragen und im Arbeitsspeicher der Server.",
    ),
    ("plain-document", "E08"): (
        "Text of the shared file was readable to servers: in the web requests.",
        "Text der geteilten Datei war für Server lesbar: in den Webanfragen.",
    ),
    ("thumbnail-upload", "E08"): (
        "3 pictures of the citizen were uploaded to a server and recognised there.",
        "3 Bilder der Bürgerseite wurden auf einen Server hochgeladen und dort erkannt.",
    ),
    ("recorder-has-key", "E09"): (
        "1 key of the call lay beside the server's recordings: whoever has the recording can open it.",
        "Neben den Aufnahmen des Servers lag 1 Schlüssel des Gesprächs: Wer die Aufnahme hat, kann sie öffnen.",
    ),
    ("recorder-has-key", "K07"): (
        "1 key was where servers can read: in the server's recordings (hex).",
        "1 Schlüssel stand dort, wo Server mitlesen können: in den Aufnahmen des Servers (hex).",
    ),
    ("ghost-subscriber", "K09"): (
        (
            "The media of the citizen went from the media server also to somebody whom no page displays (call "
            "winterbach-5, moment 1)."
        ),
        (
            "Bild und Ton der Bürgerseite empfing am Medienserver auch jemand, den keine Seite anzeigt (Gespräch "
            "winterbach-5, Zeitpunkt 1)."
        ),
    ),
    ("name-in-room", "P01"): (
        (
            "1 personal detail (name or address) was where the service does not need it: in the media server's rooms "
            "and in the logs."
        ),
        (
            "1 Angabe zur Person (Name oder Anschrift) stand dort, wo der Dienst sie nicht braucht: in den Räumen des"
            " Medienservers und in den Protokollen."
        ),
    ),
    ("plain-token", "P02"): (
        "In the database was in the clear: 1 secret (invitation, password or session).",
        "In der Datenbank stand im Klartext: 1 Geheimnis (Einladung, Passwort oder Sitzung).",
    ),
    ("kept-forever", "P03"): (
        "After the retention time of 30 days personal details were still there: database (4 times).",
        "Nach Ablauf der Frist von 30 Tagen waren Angaben zur Person noch vorhanden: Datenbank (4-mal).",
    ),
    ("analytics-cookie", "P04"): (
        "Before any consent the browser was made to keep what is not necessary: “_track” (page “invitation”).",
        "Vor jeder Einwilligung wurde im Browser gespeichert, was nicht notwendig ist: „_track“ (Seite „Einladung“).",
    ),
    ("foreign-font", "P05"): (
        "A host was contacted outside the data-processing contract: “fonts.example.net” by HTTP (page “invitation”).",
        (
            "Ein Server wurde angesprochen, der nicht zur vereinbarten Auftragsverarbeitung gehört: "
            "„fonts.example.net“ über HTTP (Seite „Einladung“)."
        ),
    ),
    ("foreign-stun", "P05"): (
        "A host was contacted outside the data-processing contract: “stun.example.net” by STUN (page “call”).",
        (
            "Ein Server wurde angesprochen, der nicht zur vereinbarten Auftragsverarbeitung gehört: "
            "„stun.example.net“ über STUN (Seite „Gespräch“)."
        ),
    ),
    ("short-token", "P06"): (
        "The varying part of an invitation offers at most 19 bits (128 are needed).",
        "Der veränderliche Teil einer Einladung bietet höchstens 19 Bit (nötig sind 128).",
    ),
    ("link-forever", "P06"): (
        "An invitation after the appointment led into the call.",
        "Eine Einladung nach dem Termin führte ins Gespräch.",
    ),
    ("cross-tenant", "P07"): (
        "A clerk of Kernen was not refused at “open an appointment of Winterbach” (status 200).",
        "Eine Amtsperson aus Kernen wurde nicht abgewiesen bei „einen Termin von Winterbach öffnen“ (Status 200).",
    ),
    ("camera-at-load", "P08"): (
        "The page “invitation” asked before consent for: camera and microphone.",
        "Die Seite „Einladung“ fragte vor der Einwilligung nach: Kamera und Mikrofon.",
    ),
    ("no-csp", "P09"): (
        "The page “invitation” has no Content-Security-Policy; and 1 more fault.",
        "Die Seite „Einladung“ hat keine Content-Security-Policy; dazu 1 weiterer Mangel.",
    ),
    ("unlabelled-button", "A01"): (
        "The page “invitation” breaks the rule button-name: 1 element (“#bildschirm”).",
        "Die Seite „Einladung“ verstößt gegen die Regel button-name: 1 Element („#bildschirm“).",
    ),
    ("low-contrast", "A01"): (
        "The page “invitation” breaks the rule color-contrast: 1 element (“#bildschirm”).",
        "Die Seite „Einladung“ verstößt gegen die Regel color-contrast: 1 Element („#bildschirm“).",
    ),
    ("slow-frames", "A02"): (
        (
            "The picture of the clerk reached the citizen with only 9.8 pictures a second (20 are needed, the camera "
            "delivered 25.0, call winterbach-6)."
        ),
        (
            "Das Bild der Amtsseite kam bei der Bürgerseite mit nur 9,8 Bildern in der Sekunde an (nötig sind 20, die"
            " Kamera lieferte 25,0, Gespräch winterbach-6)."
        ),
    ),
    ("lip-sync-off", "A02"): (
        (
            "The sound of the clerk reached the citizen 210 ms before the picture (100 ms are allowed, call "
            "winterbach-6)."
        ),
        (
            "Der Ton der Amtsseite kam bei der Bürgerseite 210 ms vor dem Bild an (erlaubt sind 100 ms, Gespräch "
            "winterbach-6)."
        ),
    ),
    ("late-audio", "A02"): (
        (
            "The sound of the clerk reached the citizen 426 ms after the picture (100 ms are allowed, call "
            "winterbach-6)."
        ),
        (
            "Der Ton der Amtsseite kam bei der Bürgerseite 426 ms nach dem Bild an (erlaubt sind 100 ms, Gespräch "
            "winterbach-6)."
        ),
    ),
    ("blurred-share", "A02"): (
        (
            "The shared screen of the clerk reached the citizen with only 160 × 90 pixels (320 × 240 are needed, call"
            " winterbach-6)."
        ),
        (
            "Der geteilte Bildschirm der Amtsseite kam bei der Bürgerseite mit nur 160 × 90 Bildpunkten an (nötig "
            "sind 320 × 240, Gespräch winterbach-6)."
        ),
    ),
    ("silent-chat", "A03"): (
        "The chat of the citizen was not announced to screen readers at the clerk (call winterbach-5).",
        (
            "Der Chat der Bürgerseite wurde bei der Amtsseite nicht für Vorleseprogramme angekündigt (Gespräch "
            "winterbach-5)."
        ),
    ),
    ("tap-silent", "E05"): (
        "Not judged: the tap at the media server delivered nothing, call winterbach-5; and 10 more gaps.",
        (
            "Nicht beurteilt: der Abgriff am Medienserver hat nichts geliefert, Gespräch winterbach-5; und 10 weitere"
            " Lücken."
        ),
    ),
}
