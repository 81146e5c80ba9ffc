"""What the checks of the frame cipher must say, word for word; see ``sentences.py``."""

CIPHER_SENTENCES: dict[tuple[str, str], tuple[str, str]] = {
    ("", "E04"): (
        "500 encrypted frames in 10 streams: no byte at their head is clear.",
        "500 verschlüsselte Frames in 10 Strömen: kein Byte am Anfang ist unverschlüsselt.",
    ),
    ("", "E07"): (
        (
            "Of the 500 frames in 10 streams that the media server held no short one is in the clear; the encoders "
            "made none so short; of 2000 frames of silence that were slipped in none was played."
        ),
        (
            "Von den 500 Frames in 10 Strömen, die der Medienserver hielt, ist kein kurzer unverschlüsselt; so kurze "
            "erzeugten die Encoder nie; von 2000 untergeschobenen Frames mit Stille wurde keiner abgespielt."
        ),
    ),
    ("clear-silence", "E07"): (
        (
            "The media server held 6 of 60 audio frames of the citizen in the clear that are shorter than 16 bytes and"
            " not on the target's list (mostly f8fffe, silence; call winterbach-1); so it was in 4 more streams."
        ),
        (
            "Der Medienserver hielt 6 von 60 Audio-Frames der Bürgerseite unverschlüsselt, die kürzer als 16 Bytes "
            "sind und nicht auf der Liste des Ziels stehen (meist f8fffe: Stille; Gespräch winterbach-1); so auch in 4"
            " weiteren Strömen."
        ),
    ),
    ("clear-silence, slipped in only", "E07"): (
        (
            "The citizen's page played 990 of 1000 frames of silence in the clear that were slipped in and are not on "
            "the target's list (call winterbach-7); so did 1 more page."
        ),
        (
            "Die Seite der Bürgerseite gab 990 von 1000 untergeschobenen Frames mit unverschlüsselter Stille zum "
            "Abspielen weiter, die nicht auf der Liste des Ziels steht (Gespräch winterbach-7); so auch 1 weitere "
            "Seite."
        ),
    ),
    ("", "C01"): (
        "500 frames in 10 streams: each begins with the one header that RFC 9605 has for its KID and counter.",
        (
            "500 Frames in 10 Strömen: Jeder beginnt mit dem einen Kopf, den RFC 9605 für seine KID und seinen "
            "Zählerstand vorsieht."
        ),
    ),
    ("", "C03"): (
        "14 keys opened the frames: each is one sender's.",
        "14 Schlüssel öffneten die Frames: Jeder gehört einem Sender.",
    ),
    ("", "C05"): (
        ("1670 frames: each carries an authentication tag of 16 bytes, which held when it was opened."),
        "1670 Frames: Jeder trägt einen Prüfwert von 16 Bytes, der beim Öffnen stimmte.",
    ),
    ("", "C08"): (
        (
            "None of 3500 blocks of 16 bytes of ciphertext in 10 streams came twice, although 105 places in picture "
            "and sound did."
        ),
        (
            "Keiner von 3500 Blöcken zu 16 Bytes Chiffrat in 10 Strömen kam zweimal vor, obwohl sich in Bild und Ton "
            "105 Stellen wiederholten."
        ),
    ),
    ("", "C09"): (
        "500 frames (0.1 MB): no two share 16 bytes of keystream, not at another offset either.",
        "500 Frames (0,1 MB): Keine zwei teilen 16 Bytes Schlüsselstrom, auch nicht verschoben.",
    ),
    ("", "C10"): (
        "1670 frames: AES_256_GCM_SHA512_128 (0005).",
        "1670 Frames: AES_256_GCM_SHA512_128 (0005).",
    ),
    ("wide-clear-header", "E01"): (
        (
            "The media server held 40 of 40 video frames of the citizen with 16 or more bytes of the encoder's in "
            "them (call winterbach-1); clear frames were seen in 4 more streams."
        ),
        (
            "Der Medienserver hielt 40 von 40 Video-Frames der Bürgerseite mit 16 oder mehr Bytes des Encoders darin "
            "(Gespräch winterbach-1); Klartext fand sich auch in 4 weiteren Strömen."
        ),
    ),
    ("wide-clear-header", "E04"): (
        (
            "40 of 40 encrypted frames show up to 103 clear bytes at their head, where the target declares 0: the "
            "citizen's video in call winterbach-1."
        ),
        (
            "Bei 40 von 40 verschlüsselten Frames sind am Anfang bis zu 103 Bytes unverschlüsselt, das Ziel gibt 0 "
            "an: Video der Bürgerseite im Gespräch winterbach-1."
        ),
    ),
    ("wide-clear-header", "K11"): (
        (
            "The page of the citizen showed the call as encrypted while 80 frames reached the media server in the "
            "clear (call winterbach-1); so did 3 more pages."
        ),
        (
            "Die Anzeige der Bürgerseite meldete Verschlüsselung, während 80 Frames unverschlüsselt den Medienserver "
            "erreichten (Gespräch winterbach-1); so auch 3 weitere Anzeigen."
        ),
    ),
    ("clear-key-frames", "K11"): (
        (
            "The page of the citizen showed the call as encrypted while 2 frames reached the media server in the clear "
            "(call winterbach-1); so did 3 more pages."
        ),
        (
            "Die Anzeige der Bürgerseite meldete Verschlüsselung, während 2 Frames unverschlüsselt den Medienserver "
            "erreichten (Gespräch winterbach-1); so auch 3 weitere Anzeigen."
        ),
    ),
    ("clear-key-frames", "E01"): (
        (
            "The media server held 1 of 40 video frames of the citizen exactly as the encoder made them (call "
            "winterbach-1); clear frames were seen in 4 more streams."
        ),
        (
            "Der Medienserver hielt 1 von 40 Video-Frames der Bürgerseite genau so, wie der Encoder sie erzeugt hatte "
            "(Gespräch winterbach-1); Klartext fand sich auch in 4 weiteren Strömen."
        ),
    ),
    ("clear-key-frames", "E02"): (
        (
            "A decoder without a key recognised at the media server the picture of the citizen (1 of 40 pictures) in "
            "call winterbach-1; so it did in 3 more streams."
        ),
        (
            "Ein Decoder ohne Schlüssel erkannte am Medienserver das Bild der Bürgerseite (1 von 40 Bildern) im "
            "Gespräch winterbach-1; so auch in 3 weiteren Strömen."
        ),
    ),
    ("shared-nonce", "C02"): (
        (
            "619 times a key encrypted with a counter that it had used before (first in call winterbach-1: KID 7, CTR "
            "0)."
        ),
        (
            "619-mal verschlüsselte ein Schlüssel mit einem Zählerstand, den er schon benutzt hatte (zuerst im "
            "Gespräch winterbach-1: KID 7, CTR 0)."
        ),
    ),
    ("shared-nonce", "C09"): (
        (
            "400 of 500 frames share 16 or more bytes of keystream with another (first the citizen's audio in call "
            "winterbach-1 and the citizen's video in call winterbach-1): the difference of the ciphertexts is the "
            "difference of what was encrypted."
        ),
        (
            "400 von 500 Frames teilen 16 oder mehr Bytes Schlüsselstrom mit einem anderen (zuerst Audio der "
            "Bürgerseite im Gespräch winterbach-1 und Video der Bürgerseite im Gespräch winterbach-1): Der "
            "Unterschied der Chiffrate ist der Unterschied dessen, was verschlüsselt wurde."
        ),
    ),
    ("one-key-both-ways", "C03"): (
        (
            "4 of 10 keys encrypted for more than one sender (first in call winterbach-1: frames of the citizen and "
            "the clerk)."
        ),
        (
            "Von 10 Schlüsseln verschlüsselten 4 für mehr als einen Sender (zuerst im Gespräch winterbach-1: Frames "
            "der Bürgerseite und der Amtsseite)."
        ),
    ),
    ("fixed-iv", "C02"): (
        (
            "1650 times a key encrypted with a nonce that it had used before: the counter in the frames' header does "
            "not go into it (first in call winterbach-1: KID 7)."
        ),
        (
            "1650-mal verschlüsselte ein Schlüssel mit einem Anfangswert, den er schon benutzt hatte: Der Zähler im "
            "Kopf der Frames geht nicht in ihn ein (zuerst im Gespräch winterbach-1: KID 7)."
        ),
    ),
    ("fixed-iv", "C08"): (
        ("10 of 180 blocks of 16 bytes of ciphertext had been there before: the citizen's audio in call winterbach-1."),
        (
            "10 von 180 Blöcken zu 16 Bytes im Chiffrat waren schon einmal da: Audio der Bürgerseite im Gespräch "
            "winterbach-1."
        ),
    ),
    ("fixed-iv", "C09"): (
        (
            "500 of 500 frames share 16 or more bytes of keystream with another (first the citizen's audio in call "
            "winterbach-1 and the citizen's video in call winterbach-1, connection 2): the difference of the "
            "ciphertexts is the difference of what was encrypted."
        ),
        (
            "500 von 500 Frames teilen 16 oder mehr Bytes Schlüsselstrom mit einem anderen (zuerst Audio der "
            "Bürgerseite im Gespräch winterbach-1 und Video der Bürgerseite im Gespräch winterbach-1, Verbindung 2): "
            "Der Unterschied der Chiffrate ist der Unterschied dessen, was verschlüsselt wurde."
        ),
    ),
    ("no-tag", "C05"): (
        "1670 frames carry no authentication tag (first the citizen's audio in call winterbach-1).",
        "1670 Frames tragen keinen Prüfwert (zuerst Audio der Bürgerseite im Gespräch winterbach-1).",
    ),
    ("short-tag", "C05"): (
        ("1670 frames carry an authentication tag of only 4 bytes (first the citizen's audio in call winterbach-1)."),
        ("1670 Frames tragen einen Prüfwert von nur 4 Bytes (zuerst Audio der Bürgerseite im Gespräch winterbach-1)."),
    ),
    ("block-mode", "C08"): (
        ("15 of 240 blocks of 16 bytes of ciphertext had been there before: the citizen's audio in call winterbach-1."),
        (
            "15 von 240 Blöcken zu 16 Bytes im Chiffrat waren schon einmal da: Audio der Bürgerseite im Gespräch "
            "winterbach-1."
        ),
    ),
    ("long-header", "C01"): (
        (
            "500 of 500 frames do not begin with the shortest header for their numbers (first the citizen's audio in "
            "call winterbach-1: KID 7 and CTR 0 as 7f0000000000000000)."
        ),
        (
            "500 von 500 Frames beginnen nicht mit dem kürzesten Kopf für ihre Zahlen (zuerst Audio der Bürgerseite "
            "im Gespräch winterbach-1: KID 7 und CTR 0 als 7f0000000000000000)."
        ),
    ),
    ("own-suite", "C10"): (
        (
            "1670 frames are encrypted with keys for the suite f000, which no registry knows (first the citizen's "
            "audio in call winterbach-1)."
        ),
        (
            "1670 Frames sind mit Schlüsseln für das Verfahren f000 verschlüsselt, das in keinem Register steht "
            "(zuerst Audio der Bürgerseite im Gespräch winterbach-1)."
        ),
    ),
    ("short-tag, 10 bytes in counter mode", "C05"): (
        ("1670 frames carry an authentication tag of only 10 bytes (first the citizen's audio in call winterbach-1)."),
        ("1670 Frames tragen einen Prüfwert von nur 10 Bytes (zuerst Audio der Bürgerseite im Gespräch winterbach-1)."),
    ),
    ("short-tag, 10 bytes in counter mode", "C10"): (
        (
            "1670 frames are encrypted with AES_128_CTR_HMAC_SHA256_80 (0001), in counter mode with a tag that is cut "
            "short (first the citizen's audio in call winterbach-1)."
        ),
        (
            "1670 Frames sind mit AES_128_CTR_HMAC_SHA256_80 (0001) verschlüsselt, im Zählermodus mit gekürztem "
            "Prüfwert (zuerst Audio der Bürgerseite im Gespräch winterbach-1)."
        ),
    ),
    ("counter-reset", "C09"): (
        (
            "188 of 500 frames share 16 or more bytes of keystream with another (first the citizen's audio in call "
            "winterbach-1 and the citizen's audio in call winterbach-1, connection 2): the difference of the "
            "ciphertexts is the difference of what was encrypted."
        ),
        (
            "188 von 500 Frames teilen 16 oder mehr Bytes Schlüsselstrom mit einem anderen (zuerst Audio der "
            "Bürgerseite im Gespräch winterbach-1 und Audio der Bürgerseite im Gespräch winterbach-1, Verbindung 2): "
            "Der Unterschied der Chiffrate ist der Unterschied dessen, was verschlüsselt wurde."
        ),
    ),
}
