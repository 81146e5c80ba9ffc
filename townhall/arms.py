"""Arms made here: a shield with a municipality's initials, until somebody puts the real ones into ``static``."""

from html import escape

from townhall.colours import contrast
from townhall.tenants import Tenant


def placeholder(tenant: Tenant) -> str:
    """Return the arms as SVG, 44 by 52: initials in the main colour, or in what can be read on the second one."""
    field, ink = tenant.colours.second, tenant.colours.main
    if contrast(field, ink) < 3:  # large text; WCAG 2.1, success criterion 1.4.3
        ink = max(("#ffffff", "#1b2430"), key=lambda colour: contrast(field, colour))
    letters = initials(tenant)
    size = {1: 26, 2: 20}.get(len(letters), 14)
    main = tenant.colours.main
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 52" width="44" height="52"><title>Platzhalter</title>'
        f'<g stroke="{main}" stroke-width="2.5"><path d="M2 2h40v26c0 12-9 18-20 22C11 46 2 40 2 28z" fill="{field}"/>'
        '<path d="M3 12h38"/></g><text x="22" y="35" text-anchor="middle" font-family="Georgia, serif" '
        f'font-weight="700" font-size="{size}" fill="{ink}">{escape(letters)}</text></svg>\n'
    )


def initials(tenant: Tenant) -> str:
    """Return the chosen initials, else the first letter of the place's name (after „Gemeinde“ or the like)."""
    places = [word for word in tenant.name.de.split() if word[0].isupper()]
    return (tenant.initials or (places[1:] or places or ["?"])[0][0]).upper()
