"""Texts of what there is to see and hear of a call on the page on quality."""

SIGHTS_GERMAN = {
    "kind.camera-film": "Film der Kamera",
    "kind.pair-compared": "verglichenes Bilderpaar",
    "kind.pictures-kept": "aufgehobene Bilder",
    "kind.sound-kept": "aufgehobener Ton",
    "vantage.album": "Bilder und Ton zum Ansehen",
    "sight.look.window": "Der schlechteste Augenblick im Bild (Abschnitt von Sekunde {begin} bis {end})",
    "sight.look.compared": "Das Bilderpaar mit dem größten Unterschied, verglichen nach der gemessenen Zeit (Sekunde "
    "{begin} bis {end})",
    "sight.listen.window": "Der schlechteste Abschnitt im Ton (Sekunde {begin} bis {end})",
    "sight.listen.alone": "Die Stimme allein, verglichen nach der gemessenen Zeit (Sekunde {begin} bis {end}; die "
    "Verzögerung ist herausgenommen)",
    "sight.good": "Nichts war schlechter als gut; dies kam dem am nächsten.",
    "sight.done": "Was dabei mit dem Gespräch gemacht wurde: {what}",
    "sight.nothing_done": "Mit dem Gespräch wurde dabei nichts gemacht.",
    "sight.given": "Gezeigt: Kamera, {who}",
    "sight.seen": "Gesehen: Bildschirm, {who}",
    "sight.strip": "Der Streifen am oberen Rand des gesehenen Bildes ist seine Nummer, die das Prüfprogramm liest.",
    "sight.citizen": "Bürgerseite",
    "sight.clerk": "Amtsseite",
    "sight.guest": "Gastseite",
    "sight.second": "Sekunde {n}",
    "sight.number": "Bild {n}",
    "sight.age": "{n} s alt",
    "sight.stood": "stand {n} s lang still",
    "sight.no_number": "Nummer im Streifen nicht lesbar",
    "sight.same": "dasselbe Bild, nur Helligkeit",
    "sight.page": "Ausschnitt der geteilten Seite, nur Helligkeit",
    "sight.said": "Gesagt: Mikrofon, {who}",
    "sight.heard": "Gehört: Lautsprecher, {who}",
    "sight.khz": "{n} kHz",
    "sight.silent": "Am längsten war unten von Sekunde {begin} bis {end} nichts zu hören.",
    "sight.never_silent": "Unten ist kein Loch.",
    "sight.spectrograms": "Zwei Spektrogramme von Sekunde {begin} bis {end}: oben, was das Mikrofon gab ({sender}), "
    "unten, was davon zu hören war ({hearer}). {quiet} {done}",
    "sight.scale": "Von unten nach oben die Tonhöhe (60 Hz bis 8 kHz, Mel), von dunkel nach hell die Lautstärke (-84 "
    "bis -20 dB): dunkel ist still. Nummerierte Balken und gestrichelte Linien: was mit dem Gespräch gemacht wurde. "
    "Umrandet: der beurteilte Abschnitt. Die kurzen Schrägen alle halbe Sekunde sind die Tonmarken der Messung.",
    "sight.none": "Von diesem Augenblick liegt nichts in den Beweisen: Es wurde nichts aufgehoben.",
    "sight.none_because": "Von diesem Augenblick liegt nichts in den Beweisen: {why}",
    "sight.lost": "Das Aufgehobene fehlt in den Beweisen, wurde verändert oder ist kein Bild.",
    "sight.no_film": "Welches Bild die Kamera gab, ist nicht bekannt.",
    "sight.large": "Es ist zu groß für diese Seite; es liegt in den Beweisen.",
}


SIGHTS_ENGLISH = {
    "kind.camera-film": "film of the camera",
    "kind.pair-compared": "pair of pictures compared",
    "kind.pictures-kept": "pictures kept",
    "kind.sound-kept": "sound kept",
    "vantage.album": "pictures and sound to look at",
    "sight.look.window": "The worst moment of the picture (window from second {begin} to {end})",
    "sight.look.compared": "The pair of pictures that differs most, compared behind the measured time (second "
    "{begin} to {end})",
    "sight.listen.window": "The worst window of the sound (second {begin} to {end})",
    "sight.listen.alone": "The voice alone, compared behind the measured time (second {begin} to {end}; the delay is "
    "taken out)",
    "sight.good": "Nothing was worse than good; this came nearest to it.",
    "sight.done": "What was done to the call then: {what}",
    "sight.nothing_done": "Nothing was done to the call then.",
    "sight.given": "Shown: camera, {who}",
    "sight.seen": "Seen: screen, {who}",
    "sight.strip": "The strip along the upper edge of the picture seen is its number, which the bench reads.",
    "sight.citizen": "citizen",
    "sight.clerk": "clerk",
    "sight.guest": "guest",
    "sight.second": "second {n}",
    "sight.number": "picture {n}",
    "sight.age": "{n} s old",
    "sight.stood": "had stood for {n} s",
    "sight.no_number": "number in the strip not readable",
    "sight.same": "the same picture, brightness alone",
    "sight.page": "part of the shared page, brightness alone",
    "sight.said": "Said: microphone, {who}",
    "sight.heard": "Heard: loudspeaker, {who}",
    "sight.khz": "{n} kHz",
    "sight.silent": "For longest nothing was heard below from second {begin} to {end}.",
    "sight.never_silent": "There is no gap below.",
    "sight.spectrograms": "Two spectrograms from second {begin} to {end}: above what the microphone gave ({sender}), "
    "below what was heard of it ({hearer}). {quiet} {done}",
    "sight.scale": "From below up the pitch (60 Hz to 8 kHz, mel), from dark to light the loudness (-84 to -20 dB): "
    "dark is silent. Numbered bars and dashed lines: what was done to the call. Outlined: the window that was "
    "judged. The short slants every half second are the marks of the measurement.",
    "sight.none": "The evidence holds nothing of this moment: nothing was kept.",
    "sight.none_because": "The evidence holds nothing of this moment: {why}",
    "sight.lost": "What was kept is missing from the evidence, was changed or is no picture.",
    "sight.no_film": "Which picture the camera gave is not known.",
    "sight.large": "It is too large for this page; it lies in the evidence.",
}
