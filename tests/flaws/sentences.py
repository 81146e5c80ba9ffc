"""What checks must say of each flaw, word for word: (flaw, check) -> (English, German). No flaw: ""."""

SENTENCES: dict[tuple[str, str], tuple[str, str]] = {
    ("", "E01"): (
        (
            "None of the 500 frames in 10 streams (0.1 MB, 2 calls) that the media server held contains 16 bytes in a "
            "row that an encoder made."
        ),
        (
            "Keiner der 500 Frames in 10 Strömen (0,1 MB, 2 Gespräche), die der Medienserver hielt, enthält 16 "
            "zusammenhängende Bytes, die ein Encoder erzeugt hat."
        ),
    ),
    ("", "E02"): (
        (
            "A decoder without a key recognised at the media server none of 160 pictures and no speech (highest "
            "similarity 0.04) in 2 calls; with the participants' keys the same streams became picture and speech."
        ),
        (
            "Ein Decoder ohne Schlüssel erkannte am Medienserver keines von 160 Bildern und keine Sprache (höchste "
            "Ähnlichkeit 0,04) in 2 Gesprächen; mit den Schlüsseln der Teilnehmenden wurden dieselben Ströme zu Bild "
            "und Sprache."
        ),
    ),
    ("", "E03"): (
        (
            "In 10 streams, 2 of them after reconnecting, of 2 calls the very first frame at the media server was "
            "already encrypted."
        ),
        (
            "In 10 Strömen, 2 davon nach dem Wiederverbinden, aus 2 Gesprächen war schon der erste Frame am "
            "Medienserver verschlüsselt."
        ),
    ),
    ("", "E12"): (
        (
            "In 10 streams the numbers of frames encoded, encrypted and held by the media server (500) agree, out and "
            "back."
        ),
        (
            "In 10 Strömen stimmen die Zahlen der erzeugten, verschlüsselten und am Medienserver gehaltenen Frames "
            "(500) überein, hin und zurück."
        ),
    ),
    ("", "C02"): (
        "1670 frames under 14 keys: no key used a counter twice.",
        "1670 Frames unter 14 Schlüsseln: Kein Schlüssel benutzte einen Zählerstand zweimal.",
    ),
    ("", "E11"): (
        (
            "None of 200 frames sent directly and, after the change to the media server, none of 300 there in 6 "
            "streams was in the clear; the other side opened 200 of the direct ones."
        ),
        (
            "Keiner von 200 direkt gesendeten Frames und, nach dem Wechsel zum Medienserver, keiner von 300 dort in 6 "
            "Strömen war unverschlüsselt; 200 der direkten öffnete das Gegenüber."
        ),
    ),
    ("peer-path-plain", "E11"): (
        (
            "On the direct path 60 of 60 audio frames of the citizen went out in the clear (call kernen-2); so it "
            "was in 3 more streams."
        ),
        (
            "Auf dem direkten Weg gingen 60 von 60 Audio-Frames der Bürgerseite unverschlüsselt hinaus (Gespräch "
            "kernen-2); so auch in 3 weiteren Strömen."
        ),
    ),
    ("peer-path-plain, after the change", "E11"): (
        (
            "After the change from the direct path the media server held 60 of 60 audio frames of the citizen in the "
            "clear (call kernen-2); so it was in 5 more streams."
        ),
        (
            "Nach dem Wechsel vom direkten Weg hielt der Medienserver 60 von 60 Audio-Frames der Bürgerseite "
            "unverschlüsselt (Gespräch kernen-2); so auch in 5 weiteren Strömen."
        ),
    ),
    ("", "K04"): (
        "4 media keys in 2 calls: none of them served two calls.",
        "4 Medienschlüssel in 2 Gesprächen: Keiner diente zwei Gesprächen.",
    ),
    ("", "K07"): (
        "None of 4 keys of 2 calls was found at 8 places (15.0 MB) in 5 encodings.",
        "Keiner von 4 Schlüsseln aus 2 Gesprächen fand sich an 8 Orten (15,0 MB) in 5 Schreibweisen.",
    ),
    ("", "K08"): (
        "2 invitation links: none of them carried a secret, even with # rewritten to %23.",
        "2 Einladungslinks: keiner trug ein Geheimnis, auch nach dem Umschreiben von # zu %23.",
    ),
    ("", "K12"): (
        (
            "In 3 calls with the worker killed, the script blocked and the key withheld no clear frame reached the "
            "media server."
        ),
        (
            "In 3 Gesprächen mit beendetem Worker, blockiertem Skript und vorenthaltenem Schlüssel erreichte kein "
            "unverschlüsselter Frame den Medienserver."
        ),
    ),
    ("", "T01"): (
        (
            "8 session descriptions with 16 media sections: each has a fingerprint of SHA-256 or stronger and none "
            "carries a key."
        ),
        (
            "8 Sitzungsbeschreibungen mit 16 Medienabschnitten: Jeder trägt einen Fingerabdruck mit SHA-256 oder "
            "stärker und keiner einen Schlüssel."
        ),
    ),
    ("", "T02"): (
        "4 transports: DTLS 1.2 (TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256), with forward secrecy.",
        "4 Transporte: DTLS 1.2 (TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256), mit Forward Secrecy.",
    ),
    ("", "T03"): (
        "4 transports: AEAD_AES_128_GCM.",
        "4 Transporte: AEAD_AES_128_GCM.",
    ),
    ("plain-media", "E01"): (
        (
            "The media server held 60 of 60 audio frames of the citizen exactly as the encoder made them (call "
            "winterbach-1); clear frames were seen in 9 more streams."
        ),
        (
            "Der Medienserver hielt 60 von 60 Audio-Frames der Bürgerseite genau so, wie der Encoder sie erzeugt hatte "
            "(Gespräch winterbach-1); Klartext fand sich auch in 9 weiteren Strömen."
        ),
    ),
    ("plain-media", "E02"): (
        (
            "A decoder without a key recognised at the media server the speech of the citizen (similarity 0.93) in "
            "call winterbach-1; so it did in 7 more streams."
        ),
        (
            "Ein Decoder ohne Schlüssel erkannte am Medienserver die Sprache der Bürgerseite (Ähnlichkeit 0,93) im "
            "Gespräch winterbach-1; so auch in 7 weiteren Strömen."
        ),
    ),
    ("plain-media", "E03"): (
        "No frame of this run was encrypted, so nothing begins before a sealed part; E01 judges that.",
        (
            "Kein Frame dieses Laufs war verschlüsselt, so gibt es keinen Anfang vor einem verschlüsselten Teil; das "
            "beurteilt E01."
        ),
    ),
    ("plain-media", "E12"): (
        "0 of 500 frames that the media server held passed the application's transform.",
        "0 von 500 Frames, die der Medienserver hielt, gingen durch die Umwandlung der Anwendung.",
    ),
    ("plain-media", "C02"): (
        "No frame of this run was encrypted, so there is no counter to repeat; E01 judges that.",
        (
            "Kein Frame dieses Laufs war verschlüsselt, so gibt es keinen Zähler, der sich wiederholen könnte; das "
            "beurteilt E01."
        ),
    ),
    ("plain-media", "K12"): (
        "No frame of this run was encrypted, so there is no encryption that could fail; E01 judges that.",
        (
            "Kein Frame dieses Laufs war verschlüsselt, so gibt es keine Verschlüsselung, die ausfallen könnte; das "
            "beurteilt E01."
        ),
    ),
    ("plain-audio", "E01"): (
        (
            "The media server held 60 of 60 audio frames of the citizen exactly as the encoder made them (call "
            "winterbach-1); clear frames were seen in 4 more streams."
        ),
        (
            "Der Medienserver hielt 60 von 60 Audio-Frames der Bürgerseite genau so, wie der Encoder sie erzeugt hatte "
            "(Gespräch winterbach-1); Klartext fand sich auch in 4 weiteren Strömen."
        ),
    ),
    ("plain-audio", "E02"): (
        (
            "A decoder without a key recognised at the media server the speech of the citizen (similarity 0.93) in "
            "call winterbach-1; so it did in 3 more streams."
        ),
        (
            "Ein Decoder ohne Schlüssel erkannte am Medienserver die Sprache der Bürgerseite (Ähnlichkeit 0,93) im "
            "Gespräch winterbach-1; so auch in 3 weiteren Strömen."
        ),
    ),
    ("plain-audio, no transform", "E01"): (
        (
            "The media server held 60 of 60 audio frames of the citizen exactly as the encoder made them (call "
            "winterbach-1); clear frames were seen in 4 more streams."
        ),
        (
            "Der Medienserver hielt 60 von 60 Audio-Frames der Bürgerseite genau so, wie der Encoder sie erzeugt hatte "
            "(Gespräch winterbach-1); Klartext fand sich auch in 4 weiteren Strömen."
        ),
    ),
    ("plain-audio, no transform", "E02"): (
        (
            "A decoder without a key recognised at the media server the speech of the citizen (similarity 0.93) in "
            "call winterbach-1; so it did in 3 more streams."
        ),
        (
            "Ein Decoder ohne Schlüssel erkannte am Medienserver die Sprache der Bürgerseite (Ähnlichkeit 0,93) im "
            "Gespräch winterbach-1; so auch in 3 weiteren Strömen."
        ),
    ),
    ("late-transform", "E03"): (
        (
            "The first 12 audio frames of the citizen reached the media server in the clear (call winterbach-1); so it "
            "was with 9 more streams."
        ),
        (
            "Die ersten 12 Audio-Frames der Bürgerseite kamen unverschlüsselt beim Medienserver an (Gespräch "
            "winterbach-1); so auch bei 9 weiteren Strömen."
        ),
    ),
    ("forward-without-key", "E03"): (
        (
            "The first 9 audio frames of the citizen reached the media server in the clear (call winterbach-1); so it "
            "was with 9 more streams."
        ),
        (
            "Die ersten 9 Audio-Frames der Bürgerseite kamen unverschlüsselt beim Medienserver an (Gespräch "
            "winterbach-1); so auch bei 9 weiteren Strömen."
        ),
    ),
    ("forward-without-key", "K12"): (
        (
            "Although its key was withheld the citizen's page went on sending: 60 clear audio frames reached the "
            "server (call winterbach-4); so it was with 3 more streams."
        ),
        (
            "Trotz vorenthaltenen Schlüssels sendete der Browser der Bürgerseite weiter: 60 unverschlüsselte "
            "Audio-Frames erreichten den Medienserver (Gespräch winterbach-4); so auch in 3 weiteren Strömen."
        ),
    ),
    ("key-in-query", "K07"): (
        "4 keys were where servers can read: in the addresses of web requests (base64url) and in the logs (base64url).",
        (
            "4 Schlüssel standen dort, wo Server mitlesen können: in den Adressen der Webanfragen (base64url) und in "
            "den Protokollen (base64url)."
        ),
    ),
    ("key-in-query", "K08"): (
        "A secret in an address travelled to the server: found in the addresses of web requests (base64url).",
        "Ein Geheimnis in einer Adresse ging an den Server: gefunden in den Adressen der Webanfragen (base64url).",
    ),
    ("key-in-signalling", "K07"): (
        "4 keys were where servers can read: in the signalling (base64url).",
        "4 Schlüssel standen dort, wo Server mitlesen können: in der Signalisierung (base64url).",
    ),
    ("key-in-log", "K07"): (
        "4 keys were where servers can read: in the web requests (hex) and in the logs (hex).",
        "4 Schlüssel standen dort, wo Server mitlesen können: in den Webanfragen (hex) und in den Protokollen (hex).",
    ),
    ("key-in-mail", "K07"): (
        "4 keys were where servers can read: in the web requests (base64) and in the mails (base64).",
        "4 Schlüssel standen dort, wo Server mitlesen können: in den Webanfragen (base64) und in den E-Mails (base64).",
    ),
    ("static-key", "K04"): (
        "2 of 2 media keys served more than one call (winterbach-1 and kernen-1).",
        "Von 2 Medienschlüsseln dienten 2 mehr als einem Gespräch (winterbach-1 und kernen-1).",
    ),
    ("counter-reset", "C02"): (
        "100 times a key encrypted with a counter that it had used before (first in call winterbach-1: KID 7, CTR 0).",
        (
            "100-mal verschlüsselte ein Schlüssel mit einem Zählerstand, den er schon benutzt hatte (zuerst im "
            "Gespräch winterbach-1: KID 7, CTR 0)."
        ),
    ),
    ("fails-open", "K12"): (
        (
            "After its encryption worker was killed the citizen's page went on sending: 23 clear audio frames reached "
            "the server (call winterbach-2); so it was with 1 more stream."
        ),
        (
            "Nach dem Ende des Verschlüsselungs-Workers sendete der Browser der Bürgerseite weiter: 23 "
            "unverschlüsselte Audio-Frames erreichten den Medienserver (Gespräch winterbach-2); so auch in 1 weiteren "
            "Strom."
        ),
    ),
    ("tap-silent", "E01"): (
        "Not judged: the tap at the media server delivered nothing, call winterbach-1; and 9 more gaps.",
        (
            "Nicht beurteilt: der Abgriff am Medienserver hat nichts geliefert, Gespräch winterbach-1; und 9 weitere "
            "Lücken."
        ),
    ),
    ("tap-silent", "K12"): (
        "Not judged: the tap at the media server delivered nothing, call winterbach-1; and 12 more gaps.",
        (
            "Nicht beurteilt: der Abgriff am Medienserver hat nichts geliefert, Gespräch winterbach-1; und 12 weitere "
            "Lücken."
        ),
    ),
    ("sdes", "T01"): (
        (
            "The own session description of the citizen in call winterbach-1 carries an SRTP key in the clear "
            "(a=crypto) (and 7 more faults)."
        ),
        (
            "Die eigene Sitzungsbeschreibung der Bürgerseite im Gespräch winterbach-1 trägt einen SRTP-Schlüssel im "
            "Klartext (a=crypto) (und 7 weitere Verstöße)."
        ),
    ),
    ("old-dtls", "T02"): (
        (
            "The transport of the citizen used DTLS 1.0 (TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256), older than DTLS 1.2 "
            "(call winterbach-1); so did 3 more transports."
        ),
        (
            "Der Transport der Bürgerseite nutzte DTLS 1.0 (TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256), älter als DTLS "
            "1.2 (Gespräch winterbach-1); so auch 3 weitere Transporte."
        ),
    ),
    ("weak-srtp", "T03"): (
        (
            "The transport of the citizen used the SRTP profile AES_CM_128_HMAC_SHA1_32, which is not allowed (call "
            "winterbach-1)."
        ),
        (
            "Der Transport der Bürgerseite nutzte das SRTP-Profil AES_CM_128_HMAC_SHA1_32, das nicht zugelassen ist "
            "(Gespräch winterbach-1)."
        ),
    ),
}
