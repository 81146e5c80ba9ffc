"""The glossary of report.pdf: words of the trade, each with a sentence, in German and English."""

_TERMS = {
    "aead": (
        ("AEAD, AES-GCM", "Verschlüsselung, die zugleich jede Veränderung bemerkt; AES-GCM ist die verbreitetste."),
        ("AEAD, AES-GCM", "Encryption that also notices every change; AES-GCM is the most common one."),
    ),
    "bit": (
        ("Bit", "Maß dafür, wie schwer etwas zu erraten ist: Jedes Bit mehr verdoppelt die Zahl der Versuche."),
        ("Bit", "Measure of how hard something is to guess: each bit more doubles the number of tries."),
    ),
    "cipher": (
        ("Chiffrat", "Was die Verschlüsselung aus lesbaren Daten macht."),
        ("Ciphertext", "What encryption makes of readable data."),
    ),
    "codec": (
        ("Codec", "Verfahren, das Bild oder Ton für die Übertragung verkleinert, etwa VP8, AV1 oder Opus."),
        ("Codec", "Method that makes picture or sound smaller for transmission, such as VP8, AV1 or Opus."),
    ),
    "counter": (
        ("Zählerstand", "Nummer eines Frames; unter demselben Schlüssel darf sie sich nie wiederholen."),
        ("Counter", "Number of a frame in the encryption; it must never repeat under one key."),
    ),
    "csp": (
        ("CSP, HSTS, Kopfzeilen", "Anweisungen des Servers an den Browser, was eine Seite darf und was nicht."),
        ("CSP, HSTS, headers", "Instructions of a server to the browser: what a page may do and what not."),
    ),
    "decoder": (
        ("Encoder, Decoder", "Programmteile, die Bild oder Ton für die Übertragung packen und wieder auspacken."),
        ("Encoder, decoder", "Parts of a program that pack picture or sound for transmission and unpack them again."),
    ),
    "dtls": (
        ("DTLS", "Handelt zwischen Browser und Server die Schlüssel für die Leitung aus (nicht die der Beteiligten)."),
        ("DTLS", "Agrees the keys of the line between browser and server (not those of the people in the call)."),
    ),
    "e2ee": (
        ("Ende zu Ende", "Verschlüsselt vom Gerät der einen bis zum Gerät der anderen Person, für Server unlesbar."),
        ("End to end", "Encrypted from one person's device to the other's; no server in between can read."),
    ),
    "fingerprint": (
        ("Fingerabdruck, Zertifikat", "Ausweis eines Rechners und die kurze Zahl, an der man ihn wiedererkennt."),
        ("Fingerprint, certificate", "A computer's identity card, and the short number by which it is recognised."),
    ),
    "forward": (
        ("Forward Secrecy", "Wer später einen Schlüssel erbeutet, kann frühere Gespräche trotzdem nicht lesen."),
        ("Forward secrecy", "Whoever steals a key later still cannot read earlier calls."),
    ),
    "fragment": (
        ("Fragment", "Der Teil eines Links hinter dem Zeichen #; Browser schicken ihn an keinen Server."),
        ("Fragment", "The part of a link behind the sign #; browsers send it to no server."),
    ),
    "frame": (
        ("Frame", "Ein einzelnes Bild oder ein kurzes Stück Ton, so wie es übertragen wird."),
        ("Frame", "A single picture or a short piece of sound, as it is transmitted."),
    ),
    "hash": (
        ("Prüfsumme (SHA-256), Prüfwert", "Kurze Zahl aus dem Inhalt; ändert er sich, so auch sie."),
        ("Checksum (SHA-256), tag", "Short number made from content; if one character changes, so does it."),
    ),
    "keystream": (
        ("Schlüsselstrom", "Die Folge, mit der Daten verschlüsselt werden; zweimal benutzt, verrät sie den Inhalt."),
        ("Key stream", "The sequence that data are encrypted with; used twice, it gives the content away."),
    ),
    "kid": (
        ("KID, Schlüsselkennung", "Nummer, die sagt, mit welchem Schlüssel ein Frame verschlüsselt ist."),
        ("KID, key id", "Number that says with which key a frame is encrypted."),
    ),
    "marker": (
        ("Testbild, Testton", "Bild und Ton mit einem Kennzeichen, das der Prüfstand überall wiedererkennt."),
        ("Test picture, test sound", "Picture and sound with a mark that the bench recognises wherever they appear."),
    ),
    "pool": (
        ("Medienserver", "Nimmt Bild und Ton entgegen und reicht sie an die anderen Beteiligten weiter."),
        ("Media server", "Takes picture and sound and hands them on to the others in the call."),
    ),
    "record": (
        ("Aufzeichnung", "Eine gespeicherte Beobachtung des Prüfstands, mit Nummer und Prüfsumme."),
        ("Record", "A stored observation of the bench, with number and checksum."),
    ),
    "relay": (
        ("STUN, TURN", "Server, die helfen, eine Verbindung zu finden (STUN) oder sie weiterreichen (TURN)."),
        ("STUN, TURN", "Servers that help to find a connection (STUN) or hand it on (TURN)."),
    ),
    "sdp": (
        ("SDP, Sitzungsbeschreibung", "Text, mit dem zwei Seiten absprechen, wie sie Bild und Ton übertragen."),
        ("SDP, session description", "Text by which two sides agree how they transmit picture and sound."),
    ),
    "sframe": (
        ("SFrame (RFC 9605)", "Norm dafür, wie einzelne Frames von Ende zu Ende verschlüsselt werden."),
        ("SFrame (RFC 9605)", "Standard for encrypting single frames end to end."),
    ),
    "signalling": (
        ("Signalisierung, WebSocket", "Nachrichten, mit denen Browser und Server ein Gespräch auf- und abbauen."),
        ("Signalling, WebSocket", "Messages by which browsers and servers set up and end a call."),
    ),
    "srtp": (
        ("RTP, SRTP", "Pakete mit Bild und Ton; SRTP schützt sie auf der Leitung, aber nicht vor dem Server."),
        ("RTP, SRTP", "Packets with picture and sound; SRTP protects them on the line, but not from the server."),
    ),
    "stream": (
        ("Strom, Spur", "Bild oder Ton einer Person als fortlaufende Folge von Frames."),
        ("Stream, track", "Picture or sound of one person as a continuous sequence of frames."),
    ),
    "tls": (
        ("TLS", "Verschlüsselt den Weg zwischen Browser und Webserver (das Schloss in der Adresszeile)."),
        ("TLS", "Encrypts the way between browser and web server (the lock in the address bar)."),
    ),
    "transport": (
        ("Transport", "Eine gesicherte Leitung zwischen einem Browser und dem Medienserver."),
        ("Transport", "A secured line between a browser and the media server."),
    ),
    "udp": (
        ("UDP, TCP", "Zwei Arten, Daten durch das Netz zu schicken; manche Netze sperren UDP."),
        ("UDP, TCP", "Two ways to send data through the network; some networks bar UDP."),
    ),
    "wcag": (
        ("WCAG, axe-core", "Regeln für barrierefreie Webseiten, und ein Programm, das einen Teil davon prüft."),
        ("WCAG, axe-core", "Rules for accessible web pages, and a program that checks part of them."),
    ),
    "worker": (
        ("Worker", "Teil einer Webseite, der neben ihr arbeitet; hier verschlüsselt er."),
        ("Worker", "Part of a web page that works beside it; here it does the encrypting."),
    ),
}  # fmt: skip


def _texts(which: int) -> dict[str, str]:
    words = {f"term.{key}": entry[which][0] for key, entry in _TERMS.items()}
    return words | {f"means.{key}": entry[which][1] for key, entry in _TERMS.items()}


TERMS_GERMAN, TERMS_ENGLISH = _texts(0), _texts(1)
