"""What checks must say of a malicious server: (flaw, check) -> (English, German). No flaw: ""."""

ATTACK_SENTENCES: dict[tuple[str, str], tuple[str, str]] = {
    ("", "C04"): (
        (
            "None of 12000 frames that the server had changed at 3840 bit positions of header, ciphertext and "
            "tag was opened; 600 real frames of the same seconds were."
        ),
        (
            "Keiner von 12000 Frames, die der Server an 3840 Bitstellen von Kopf, Inhalt und Prüfsumme "
            "verändert hatte, wurde geöffnet; 600 echte Frames derselben Sekunden wurden es."
        ),
    ),
    ("", "C06"): (
        ("None of 4000 frames that the server repeated was opened again; 600 new frames of the same seconds were."),
        (
            "Keiner von 4000 Frames, die der Server wiederholte, wurde noch einmal geöffnet; 600 neue Frames "
            "derselben Sekunden wurden es."
        ),
    ),
    ("", "C07"): (
        (
            "Of 8000 frames in the clear or under an unknown key id none was shown, and no key was tried on "
            "any; 1200 real frames of the same seconds were opened."
        ),
        (
            "Von 8000 Frames, die unverschlüsselt waren oder eine fremde Schlüsselnummer trugen, wurde keiner "
            "gezeigt und an keinem ein Schlüssel versucht; 1200 echte Frames derselben Sekunden wurden "
            "geöffnet."
        ),
    ),
    ("", "K05"): (
        (
            "In 20 key agreements both pages showed the same safety code; in 20 with a stranger in between they "
            "never did."
        ),
        (
            "In 20 Schlüsselaushandlungen zeigten beide Seiten denselben Sicherheitscode; in 20 mit einem "
            "Fremden dazwischen nie."
        ),
    ),
    ("", "K10"): (
        (
            "In 2 calls 4 pages were told that there is no encryption: none sent anything in the clear; 200 "
            "encrypted frames reached the media server."
        ),
        (
            "In 2 Gesprächen wurde 4 Seiten erklärt, es gebe keine Verschlüsselung: Keine sendete etwas "
            "unverschlüsselt; 200 verschlüsselte Frames erreichten den Medienserver."
        ),
    ),
    ("tag-not-checked", "C04"): (
        (
            "The citizen's page opened 700 of 1000 audio frames with changed ciphertext (call winterbach-7); so "
            "it was in 11 more trials."
        ),
        (
            "Die Seite der Bürgerseite öffnete 700 von 1000 Audio-Frames mit verändertem Inhalt (Gespräch "
            "winterbach-7); so auch bei 11 weiteren Proben."
        ),
    ),
    ("header-not-authenticated", "C04"): (
        (
            "The citizen's page opened 150 of 1000 audio frames with a changed header (call winterbach-7); so "
            "it was in 3 more trials."
        ),
        (
            "Die Seite der Bürgerseite öffnete 150 von 1000 Audio-Frames mit verändertem Kopf (Gespräch "
            "winterbach-7); so auch bei 3 weiteren Proben."
        ),
    ),
    ("replay-accepted", "C06"): (
        (
            "The citizen's page opened 990 of 1000 audio frames again that the server repeated (call "
            "winterbach-7); so it was with 3 more streams: what is old can be shown as new."
        ),
        (
            "Die Seite der Bürgerseite öffnete 990 von 1000 Audio-Frames noch einmal, die der Server "
            "wiederholte (Gespräch winterbach-7); so auch bei 3 weiteren Strömen: Altes kann als Neues gezeigt "
            "werden."
        ),
    ),
    ("plain-accepted", "C07"): (
        (
            "The citizen's page played 1000 of 1000 audio frames in the clear that were slipped in (call "
            "winterbach-7); so it was in 11 more trials."
        ),
        (
            "Die Seite der Bürgerseite gab 1000 von 1000 untergeschobenen Frames zum Abspielen weiter "
            "(unverschlüsselte Audio-Frames, Gespräch winterbach-7); so auch bei 11 weiteren Proben."
        ),
    ),
    ("try-all-keys", "C07"): (
        (
            "The citizen's page played 12 of 1000 audio frames under an unknown key id that were slipped in "
            "(call winterbach-7); so it was in 3 more trials."
        ),
        (
            "Die Seite der Bürgerseite gab 12 von 1000 untergeschobenen Frames zum Abspielen weiter "
            "(Audio-Frames unter fremder Schlüsselnummer, Gespräch winterbach-7); so auch bei 3 weiteren "
            "Proben."
        ),
    ),
    ("constant-code", "K05"): (
        (
            "In 20 of 20 key agreements with a stranger in between both pages showed the same safety code: "
            "whoever compares it notices nothing."
        ),
        (
            "Bei 20 von 20 Schlüsselaushandlungen mit einem Fremden dazwischen zeigten beide Seiten denselben "
            "Sicherheitscode: Wer ihn vergleicht, merkt nichts."
        ),
    ),
    ("accepts-downgrade", "E01"): (
        (
            "The media server held 60 of 60 audio frames of the citizen exactly as the encoder made them (call "
            "winterbach-8); clear frames were seen in 3 more streams."
        ),
        (
            "Der Medienserver hielt 60 von 60 Audio-Frames der Bürgerseite genau so, wie der Encoder sie "
            "erzeugt hatte (Gespräch winterbach-8); Klartext fand sich auch in 3 weiteren Strömen."
        ),
    ),
    ("accepts-downgrade", "K10"): (
        (
            "When the server said that encryption was off, the citizen's page sent in the clear: 60 audio "
            "frames reached the media server so (call winterbach-8); so it was with 7 more streams."
        ),
        (
            "Als der Server die Verschlüsselung für abgeschaltet erklärte, sendete die Seite der Bürgerseite "
            "unverschlüsselt: 60 Audio-Frames erreichten so den Medienserver (Gespräch winterbach-8); so auch "
            "in 7 weiteren Strömen."
        ),
    ),
    ("try-all-keys, in vain", "C07"): (
        "The citizen's page tried a key 1000 times on audio frames that belong to none (call winterbach-7).",
        (
            "Die Seite der Bürgerseite versuchte 1000-mal einen Schlüssel an Audio-Frames, die zu keinem "
            "gehören (Gespräch winterbach-7)."
        ),
    ),
    ("no-tag", "C04"): (
        (
            "The citizen's page opened 800 of 1000 audio frames with changed ciphertext (call winterbach-7); so "
            "it was in 11 more trials."
        ),
        (
            "Die Seite der Bürgerseite öffnete 800 von 1000 Audio-Frames mit verändertem Inhalt (Gespräch "
            "winterbach-7); so auch bei 11 weiteren Proben."
        ),
    ),
}
