"""What checks must say of people coming and going, codes and locks, word for word: (flaw, check) -> (en, de)."""

COMING_SENTENCES: dict[tuple[str, str], tuple[str, str]] = {
    ("", "K01"): (
        (
            "None of 120 frames that had been captured before the guest joined could be opened with their "
            "keys, which open 180 later ones."
        ),
        (
            "Keiner von 120 Frames, die vor dem Kommen der Gastseite aufgezeichnet worden waren, ließ sich "
            "mit ihren Schlüsseln öffnen; 180 spätere öffneten sie."
        ),
    ),
    ("", "K02"): (
        (
            "None of 240 frames that were sent more than 5 s after the guest had left could be opened with "
            "their keys; the last one that they opened came 0.4 s after."
        ),
        (
            "Keiner von 240 Frames, die mehr als 5 s nach dem Weggang der Gastseite gesendet wurden, ließ "
            "sich mit ihren Schlüsseln öffnen; der letzte, den sie öffneten, kam 0,4 s danach."
        ),
    ),
    ("", "K03"): (
        (
            "At 1 joining and 1 leaving all 4 streams of those who stayed changed to a new key: after at "
            "most 0.6 s when somebody joined and 1.1 s when somebody left."
        ),
        (
            "Bei 1-mal Kommen und 1-mal Gehen wechselten alle 4 Ströme der Bleibenden den Schlüssel: nach "
            "höchstens 0,6 s beim Kommen und 1,1 s beim Gehen."
        ),
    ),
    ("", "K06"): (
        (
            "The safety code has 8 symbols out of 10 (27 bits), and everybody had committed before each of 4 "
            "keys was revealed: a server has one guess in 100,000,000 a round."
        ),
        (
            "Der Sicherheitscode hat 8 Zeichen aus 10 (27 Bit), und vor jedem von 4 Schlüsseln hatten sich "
            "alle festgelegt: Ein Server hat je Runde einen Versuch unter 100.000.000."
        ),
    ),
    ("", "K11"): (
        (
            "On 6 pages the lock agreed with the wire: shown for 8.9 s, with no frame in the clear; it "
            "appeared after at most 0.0 s."
        ),
        (
            "Auf 6 Seiten stimmte die Anzeige mit der Leitung überein: 8,9 s lang Verschlüsselung, dabei "
            "kein Frame unverschlüsselt; sie erschien nach höchstens 0,0 s."
        ),
    ),
    ("plain-media", "K11"): (
        (
            "The page of the citizen showed the call as encrypted while 300 frames reached the media server "
            "in the clear (call winterbach-1); so did 5 more pages."
        ),
        (
            "Die Anzeige der Bürgerseite meldete Verschlüsselung, während 300 Frames unverschlüsselt den "
            "Medienserver erreichten (Gespräch winterbach-1); so auch 5 weitere Anzeigen."
        ),
    ),
    ("no-rotation-on-leave", "K02"): (
        (
            "The keys of the guest opened 360 of 360 frames that were sent more than 10 s after they had "
            "left (call winterbach-5)."
        ),
        (
            "Mit den Schlüsseln der Gastseite ließen sich 360 von 360 Frames öffnen, die mehr als 10 s nach "
            "ihrem Weggang gesendet wurden (Gespräch winterbach-5)."
        ),
    ),
    ("no-rotation-on-leave", "K03"): (
        (
            "After the guest had left, 16 audio frames of the citizen came under no new key (call "
            "winterbach-5); so it was in 3 more cases."
        ),
        (
            "Nach dem Weggang der Gastseite kamen 16 Audio-Frames der Bürgerseite unter keinem neuen "
            "Schlüssel (Gespräch winterbach-5); so auch in 3 weiteren Fällen."
        ),
    ),
    ("slow-rotation", "K02"): (
        (
            "The keys of the guest opened 200 of 360 frames that were sent more than 10 s after they had "
            "left (call winterbach-5)."
        ),
        (
            "Mit den Schlüsseln der Gastseite ließen sich 200 von 360 Frames öffnen, die mehr als 10 s nach "
            "ihrem Weggang gesendet wurden (Gespräch winterbach-5)."
        ),
    ),
    ("late keys", "K02"): (
        (
            "The keys of the guest opened 120 of 240 frames that were sent more than 5 s after they had left "
            "(call winterbach-5)."
        ),
        (
            "Mit den Schlüsseln der Gastseite ließen sich 120 von 240 Frames öffnen, die mehr als 5 s nach "
            "ihrem Weggang gesendet wurden (Gespräch winterbach-5)."
        ),
    ),
    ("no-rotation-on-join", "K01"): (
        (
            "The keys of the guest opened 120 of 120 frames that had been captured before they joined (call "
            "winterbach-5)."
        ),
        (
            "Mit den Schlüsseln der Gastseite ließen sich 120 von 120 Frames öffnen, die vor ihrem Kommen "
            "aufgezeichnet worden waren (Gespräch winterbach-5)."
        ),
    ),
    ("no-rotation-on-join", "K03"): (
        (
            "After the guest had joined, 15 audio frames of the citizen came under no new key (call "
            "winterbach-5); so it was in 3 more cases."
        ),
        (
            "Nach dem Kommen der Gastseite kamen 15 Audio-Frames der Bürgerseite unter keinem neuen "
            "Schlüssel (Gespräch winterbach-5); so auch in 3 weiteren Fällen."
        ),
    ),
    ("unchecked-code", "K06"): (
        (
            "The safety code has 3 symbols out of 10 (10 bits), and 4 of 4 keys were revealed before "
            "everybody had committed: forging a matching one costs 1,000 tries at most."
        ),
        (
            "Der Sicherheitscode hat 3 Zeichen aus 10 (10 Bit), und 4 von 4 Schlüsseln wurden offengelegt, "
            "ehe sich alle festgelegt hatten: Einen passenden zu fälschen kostet höchstens 1.000 Versuche."
        ),
    ),
    ("false-lock", "K11"): (
        (
            "The page of the citizen showed the call as encrypted for 29.5 s while it sent nothing encrypted "
            "(call winterbach-2); so did 5 more pages."
        ),
        (
            "Die Anzeige der Bürgerseite meldete 29,5 s lang Verschlüsselung, während von dort nichts "
            "Verschlüsseltes kam (Gespräch winterbach-2); so auch 5 weitere Anzeigen."
        ),
    ),
    ("server-made-key", "K07"): (
        ("4 keys were where servers can read: in the signalling (base64url) and in the servers' memory (raw)."),
        (
            "4 Schlüssel standen dort, wo Server mitlesen können: in der Signalisierung (base64url) und im "
            "Arbeitsspeicher der Server (raw)."
        ),
    ),
    ("weak-key", "K04"): (
        "2 of 2 media keys served more than one call (winterbach-1 and kernen-1).",
        "Von 2 Medienschlüsseln dienten 2 mehr als einem Gespräch (winterbach-1 und kernen-1).",
    ),
    ("weak-key", "K07"): (
        "2 keys were where servers can read: in the signalling (raw).",
        "2 Schlüssel standen dort, wo Server mitlesen können: in der Signalisierung (raw).",
    ),
}
