"""What is planted in calls made by code, which check it fails, and how that check says so."""

from typing import Any

WHO = "the clerk's picture at the citizen, call quality-1"
HEARD = "the clerk's sound at the citizen, call quality-1"
# What is planted, and the check that it fails: the sentence's beginning in English, and a part of the German one.
PLANTED: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "Q01",
        {"delay": 512.0, "sound": 512.0},
        f"The delay from camera to screen was bad: at worst 512 ms in the 10 seconds from second 3 on ({WHO})",
        "Die Verzögerung von Kamera zu Bildschirm war schlecht: im schlechtesten Fall 512 ms in den 10 Sekunden",
    ),
    (
        "Q02",
        {"sound": 450.0},
        f"The delay from mouth to ear was bad: at worst 450 ms in the 10 seconds from second 3 on ({HEARD})",
        "Die Verzögerung von Mund zu Ohr war schlecht",
    ),
    (
        "Q03",
        {"round_trip": 420.0},
        "The round trip to the media server was bad: at worst 420 ms",
        "Die Umlaufzeit bis zum Medienserver war schlecht: im schlechtesten Fall 420 ms",
    ),
    (
        "Q04",
        {"jitter": 61.0},
        "The jitter was bad: at worst 61 ms",
        "Jitter) war schlecht: im schlechtesten Fall 61 ms",
    ),
    (
        "Q05",
        {"loss": 0.05},
        "The packet loss was bad: at worst 5 % in the 10 seconds from second 3 on (sound received by the citizen",
        "im schlechtesten Fall 5 % in den 10 Sekunden ab Sekunde 3 (empfangen: Ton bei der Bürgerseite",
    ),
    (
        "Q05",
        {"up_loss": 0.1},
        "The packet loss was bad: at worst 10 % in the 10 seconds from second 3 on (sound sent by the citizen",
        "(gesendet: Ton der Bürgerseite",
    ),
    (
        "Q06",
        {"buffer": 240.0},
        "The time in the receiver's buffer was bad: at worst 240 ms",
        "Die Wartezeit im Puffer des Empfängers war schlecht",
    ),
    (
        "Q07",
        {"concealed": 0.08, "silent": 0.3},
        "The share of speech that was made up was bad: at worst 8 %",
        "Der Anteil der ersetzten Sprache war schlecht: im schlechtesten Fall 8 %",
    ),
    (
        "Q08",
        {"freezes": ((25.0, 26.0),)},
        (
            f"The share of time with a frozen picture was bad: at worst 10 % in the 10 seconds from second 23 "
            f"on ({WHO}), "
            "over the whole call 2.8 % (1 freeze, the longest 1.0 s)"
        ),
        (
            "ab Sekunde 23 (Bild der Amtsseite bei der Bürgerseite, Gespräch quality-1), im ganzen Gespräch 2,8 % "
            "(1 Standbild, das längste 1,0 s)"
        ),
    ),
    (
        "Q08",
        {"freezes": ((12.0, 15.0), (25.0, 25.3)), "repeats": True},
        "The share of time with a frozen picture was bad: at worst 20 % in the 10 seconds from second 13 on",
        "(2 Standbilder, das längste 3,0 s)",
    ),
    (
        "Q09",
        {"fps": 15.0},
        (
            f"The frame rate was bad: at worst 15.0 pictures a second in the 10 seconds from second 3 on "
            f"({WHO}), over the "
            "whole call 15.0 pictures a second (the camera gave 30.0: good is 90 % of them, at most 30)"
        ),
        "im ganzen Gespräch 15,0 Bilder in der Sekunde (die Kamera gab 30,0: gut sind 90 % davon, höchstens 30)",
    ),
    (
        "Q10",
        {"size": (160, 120)},
        "The size of the picture was bad: at worst 120 lines",
        "(das kleinste Bild hatte 160 × 120)",
    ),
    (
        "Q11",
        {"fps": 10.0},
        (
            "The share of pictures left out or repeated was bad: at worst 66 % in the 10 seconds from second 3 on "
            "(left out: the clerk's picture at the citizen"
        ),
        "(ausgelassen: Bild der Amtsseite bei der Bürgerseite",
    ),
    (
        "Q12",
        {"sound": 280.0},
        (
            "The offset between sound and picture was bad: at worst 200 ms in the 10 seconds from second 3 on "
            "(the clerk's picture and sound at the citizen, call quality-1), over the whole call 200 ms (the "
            "sound is later than the picture)"
        ),
        "(der Ton kommt nach dem Bild)",
    ),
    (
        "Q12",
        {"delay": 290.0},
        "The offset between sound and picture was bad: at worst 200 ms",
        "(der Ton kommt vor dem Bild)",
    ),
    (
        "Q13",
        {"loss": 0.06},
        "The E-model's R was bad: at worst 55.6",
        "Der Wert R des E-Modells war schlecht: im schlechtesten Fall 55,6",
    ),
    (
        "Q14",
        {"speech": 2.9},
        (
            f"The score of speech against the original was bad: at worst 2.90 of 5 in the 5 seconds from second 5 on "
            f"({HEARD})"
        ),
        "Die Sprachgüte im Vergleich zum Original war schlecht: im schlechtesten Fall 2,90 von 5",
    ),
    (
        "Q15",
        {"vmaf": 61.0},
        "The score of the picture against the original was bad: at worst 61.0",
        "Die Bildgüte im Vergleich zum Original war schlecht: im schlechtesten Fall 61,0",
    ),
    (
        "Q15",
        {"vmaf": None, "ssim": 0.71},
        "The score of the picture against the original was bad: at worst 0.710",
        "im schlechtesten Fall 0,710",
    ),
    (
        "Q16",
        {"characters": 0.125},
        (
            "The share of the shared document's characters read wrongly was bad: at worst 12 % in the 10 seconds from "
            "second 10 on (the clerk's shared screen at the citizen"
        ),
        "Der Anteil falsch gelesener Zeichen des geteilten Dokuments war schlecht: im schlechtesten Fall 12 %",
    ),
    (
        "Q17",
        {"join": 7.5},
        (
            "The time from joining to the first picture was bad: at worst 7.5 s (the citizen, call quality-1). "
            "Good is at most 3.0 s, acceptable at most 6.0 s."
        ),
        "Die Zeit vom Beitritt bis zum ersten Bild war schlecht: im schlechtesten Fall 7,5 s (bei der Bürgerseite",
    ),
    (
        "Q18",
        {"after_key_change": 2.5},
        (
            "The time from a change of keys to the next picture was bad: at worst 2.5 s (the citizen, call quality-1). "
            "Good is at most 2.0 s."
        ),
        "Die Zeit vom Schlüsselwechsel bis zum nächsten Bild war schlecht",
    ),
]
