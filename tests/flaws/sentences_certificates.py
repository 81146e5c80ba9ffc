"""What T04 must say of certificates, word for word: English, German."""

CERTIFICATE_SENTENCES: dict[tuple[str, str], tuple[str, str]] = {
    ("", "T04"): (
        (
            "4 connections: each was announced with the certificate that the media server says it has, and it met"
            " that of the page. With a fingerprint of another none came to stand: pages refused 4 connections, "
            "the media server 4."
        ),
        (
            "4 Verbindungen: Angekündigt war jeweils das Zertifikat, das der Medienserver nach eigener Auskunft "
            "hat, und er begegnete dem des Browsers. Mit fremdem Fingerabdruck kam keine zustande: 4 Verbindungen"
            " wiesen die Browser ab, 4 der Medienserver."
        ),
    ),
    ("fingerprint-swapped", "T04"): (
        (
            "The citizen's page was told the certificate 2C:CA:F7:C9… for its sending connection, but the media "
            "server has 0C:10:CA:42…: somebody is in between (and 7 more faults)."
        ),
        (
            "Dem Browser der Bürgerseite wurde für seine Sendeverbindung das Zertifikat 2C:CA:F7:C9… genannt, der"
            " Medienserver hat aber 0C:10:CA:42…: Jemand steht dazwischen (und 7 weitere Verstöße)."
        ),
    ),
    ("own-certificate-on-one-way", "T04"): (
        (
            "The receiving connection of the clerk stands, but the media server has never met its certificate "
            "(57:05:95:73…)."
        ),
        (
            "Die Empfangsverbindung der Amtsseite steht, doch deren Zertifikat (57:05:95:73…) ist der "
            "Medienserver nie begegnet."
        ),
    ),
    ("fingerprint-not-checked", "T04"): (
        ("The citizen's page took another certificate than it was told: 1 sending connection stood, with 140 packets."),
        (
            "Der Browser der Bürgerseite nahm ein anderes Zertifikat an, als ihm genannt war: 1 Sendeverbindung "
            "stand, 140 Pakete gingen darüber."
        ),
    ),
    ("fingerprint-not-checked by the server", "T04"): (
        (
            "The media server took another certificate for the page of the citizen than it was told: 1 sending "
            "connection stood, with 118 packets (and 1 more fault)."
        ),
        (
            "Der Medienserver nahm für den Browser der Bürgerseite ein anderes Zertifikat an, als ihm genannt "
            "war: 1 Sendeverbindung stand, 118 Pakete gingen darüber (und 1 weiterer Verstoß)."
        ),
    ),
    ("other certificate than announced", "T04"): (
        (
            "The sending connection of the clerk stands with the certificate 2C:CA:F7:C9…, while 0C:10:CA:42… was"
            " announced."
        ),
        ("Die Sendeverbindung der Amtsseite steht mit dem Zertifikat 2C:CA:F7:C9…, angekündigt war 0C:10:CA:42…."),
    ),
}
