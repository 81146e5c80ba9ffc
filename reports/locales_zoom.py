"""Texts of charts that zoom, of links to a place of a page, and of the filter of checks."""

ZOOM_GERMAN = {
    "zoom.chart": "Stelle im Verlauf",
    "zoom.hint": "Ziehen vergrößert, Antippen merkt eine Stelle. Tasten: + − 0 und Pfeile.",
    "zoom.in": "vergrößern",
    "zoom.out": "verkleinern",
    "zoom.left": "nach links",
    "zoom.right": "nach rechts",
    "zoom.whole": "alles zeigen",
    "zoom.copy": "Link kopieren",
    "zoom.copied": "Link kopiert.",
    "zoom.address": "Der Link steht in der Adresszeile.",
    "quality.second": "zu Sekunde {n}",
    "checks.filter": "Welche Prüfungen zu sehen sind",
}

ZOOM_ENGLISH = {
    "zoom.chart": "Place in the chart",
    "zoom.hint": "Drag to zoom, tap to mark a place. Keys: + − 0 and arrows.",
    "zoom.in": "zoom in",
    "zoom.out": "zoom out",
    "zoom.left": "to the left",
    "zoom.right": "to the right",
    "zoom.whole": "show all",
    "zoom.copy": "copy link",
    "zoom.copied": "Link copied.",
    "zoom.address": "The link is in the address bar.",
    "quality.second": "to second {n}",
    "checks.filter": "Which checks are shown",
}
