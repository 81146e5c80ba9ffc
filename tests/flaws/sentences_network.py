"""What checks must say of the ways between browsers and servers, word for word: English, German."""

NETWORK_SENTENCES: dict[tuple[str, str], tuple[str, str]] = {
    ("", "E06"): (
        (
            "With Opus and VP9 236 frames reached the media server, all encrypted; with H264, PCMU and VP8 "
            "nothing was sent."
        ),
        (
            "Mit Opus und VP9 kamen 236 Frames nur verschlüsselt am Medienserver an; mit H264, PCMU und VP8 wurde"
            " nichts gesendet."
        ),
    ),
    ("", "E10"): (
        (
            "8320 packets of 2 calls: each was STUN, TURN, DTLS or (S)RTP, and none of 8000 with picture or sound"
            " carried readably what the media server held (3980 of its 4000 recorded packets came by)."
        ),
        (
            "8320 Pakete aus 2 Gesprächen: jedes war STUN, TURN, DTLS oder (S)RTP, und keines von 8000 mit Bild "
            "oder Ton trug lesbar, was der Medienserver hielt (3980 seiner 4000 aufgenommenen Pakete kamen "
            "vorbei)."
        ),
    ),
    ("", "T05"): (
        ("8 DTLS certificates of 4 stays of 2 browsers in calls one after the other: none was shown in two of them."),
        (
            "8 DTLS-Zertifikate aus 4 Teilnahmen von 2 Browsern an aufeinander folgenden Gesprächen: Keines kam "
            "in zweien vor."
        ),
    ),
    ("", "T06"): (
        (
            "TLS 1.2 and 1.3 with forward secrecy and AEAD in all 3 cipher suites, older versions refused: the "
            "web pages, the signalling (WebSocket) and the relay (TURNS)."
        ),
        (
            "TLS 1.2 und 1.3 mit Forward Secrecy und AEAD in allen 3 Verfahren, ältere Versionen abgelehnt: die "
            "Webseiten, die Signalisierung (WebSocket) und der Vermittlungsserver (TURNS)."
        ),
    ),
    ("", "T07"): (
        ("Without UDP the call stood for 2 people by TURN/TCP."),
        ("Ohne UDP kam das Gespräch für 2 Personen über TURN/TCP zustande."),
    ),
    ("", "T08"): (
        (
            "Credentials for the relay (TURN) were others in each of 4 stays in a call, they are good for 10 "
            "minutes at most; it took fresh ones, and refused old and forged ones in 4 of 4 tries."
        ),
        (
            "Zugangsdaten zum Vermittlungsserver (TURN) waren in 4 Teilnahmen jedes Mal andere, sie gelten "
            "höchstens 10 Minuten; frische nahm er an, alte und falsche wies er in 4 von 4 Versuchen ab."
        ),
    ),
    ("static-turn-secret", "T08"): (
        (
            "The relay (TURN) took credentials that had been given out 25 hours before; credentials for the relay"
            " are good for 7305 days (one is allowed at most); different people were given the same credentials "
            "for the relay."
        ),
        (
            "Der Vermittlungsserver (TURN) nahm Zugangsdaten an, die vor 25 Stunden ausgegeben wurden; "
            "Zugangsdaten zum Vermittlungsserver gelten 7305 Tage lang (höchstens einer ist erlaubt); "
            "verschiedene Personen bekamen dieselben Zugangsdaten zum Vermittlungsserver."
        ),
    ),
    ("open-relay", "T08"): (
        ("The relay (TURN) took a wrong password by TCP and UDP."),
        ("Der Vermittlungsserver (TURN) nahm über TCP und UDP ein falsches Passwort an."),
    ),
    ("reused-certificate", "T05"): (
        (
            "The browser of the citizen showed the same DTLS certificate in two calls (AB:CD:EF…), by which the "
            "server knows the person again."
        ),
        (
            "Der Browser der Bürgerseite zeigte in zwei Gesprächen dasselbe DTLS-Zertifikat (AB:CD:EF…): An ihm "
            "erkennt der Server die Person wieder."
        ),
    ),
    ("plain-forward", "E10"): (
        (
            "1200 of 5200 RTP packets were not protected by SRTP: they carried readably what the media server "
            "held, to 127.0.0.1:40004 and 127.0.0.1:40006 (call winterbach-1) (and 1 more fault)."
        ),
        (
            "1200 von 5200 RTP-Paketen waren nicht durch SRTP geschützt: Sie trugen, was der Medienserver hielt, "
            "lesbar an 127.0.0.1:40004 und 127.0.0.1:40006 (Gespräch winterbach-1) (und 1 weiterer Verstoß)."
        ),
    ),
    ("plain-forward", "K09"): (
        ("The media of the citizen was forwarded by the media server to 2 more places (call winterbach-5, moment 1)."),
        (
            "Bild und Ton der Bürgerseite leitete der Medienserver zu 2 weiteren Stellen weiter (Gespräch "
            "winterbach-5, Zeitpunkt 1)."
        ),
    ),
    ("plain-rtcp", "E10"): (
        ("3 RTCP packets were not protected by SRTCP (call kernen-1)."),
        ("3 RTCP-Pakete waren nicht durch SRTCP geschützt (Gespräch kernen-1)."),
    ),
    ("foreign-protocol", "E10"): (
        ("7 of 4160 packets are neither STUN, TURN, DTLS nor SRTP (call kernen-1)."),
        ("7 von 4160 Paketen sind weder STUN, TURN, DTLS noch SRTP (Gespräch kernen-1)."),
    ),
    ("old-tls", "T06"): (
        (
            "The web pages take TLS 1.0 and TLS 1.1; the web pages take 1 cipher suite without forward secrecy "
            "(TLS_RSA_WITH_AES_128_CBC_SHA)."
        ),
        (
            "Die Webseiten nehmen TLS 1.0 und TLS 1.1 an; die Webseiten nehmen 1 Verfahren ohne Forward Secrecy "
            "an (TLS_RSA_WITH_AES_128_CBC_SHA)."
        ),
    ),
    ("no-aead", "T06"): (
        (
            "TLS 1.2 and 1.3 with forward secrecy, but 1 suite encrypts without AEAD "
            "(TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA): the web pages, the signalling (WebSocket) and the relay "
            "(TURNS)."
        ),
        (
            "TLS 1.2 und 1.3 mit Forward Secrecy, doch 1 Verfahren verschlüsselt ohne AEAD "
            "(TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA): die Webseiten, die Signalisierung (WebSocket) und der "
            "Vermittlungsserver (TURNS)."
        ),
    ),
    ("no-relay", "T07"): (
        (
            "Without UDP the call did not stand in the browser of the citizen and the clerk: all that was offered"
            " was host/tcp."
        ),
        (
            "Ohne UDP kam das Gespräch im Browser der Bürgerseite und der Amtsseite nicht zustande: angeboten "
            "waren nur host/tcp."
        ),
    ),
    ("codec-bypass", "E06"): (
        (
            "In a call with VP8 alone the media server held 118 of 118 frames of the citizen as the encoder had "
            "made them."
        ),
        (
            "In einem Gespräch allein mit VP8 hielt der Medienserver 118 von 118 Frames der Bürgerseite, wie der "
            "Encoder sie erzeugt hatte."
        ),
    ),
}
