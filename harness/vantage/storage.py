"""What a page keeps in the browser: the names of cookies, storage entries and databases, never their values."""

from playwright.sync_api import Error, Page

from harness.model.observations import StorageSeen

_NAMES = """async () => ({
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  databases: indexedDB.databases ? (await indexedDB.databases()).map((each) => each.name) : [],
})"""


def storage_seen(page: Page, label: str, *, consent: bool, party: str = "") -> StorageSeen | None:
    """What is kept now for the page's origin, cookies that scripts cannot read included; ``None`` where it cannot be
    looked at."""
    try:
        names = page.evaluate(_NAMES)
        cookies = [cookie.get("name", "") for cookie in page.context.cookies()]
    except Error:
        return None

    def column(key: str) -> tuple[str, ...]:
        return tuple(sorted(str(name) for name in names.get(key, [])))

    return StorageSeen(
        party=party,
        page=label,
        consent=consent,
        cookies=tuple(sorted(set(cookies))),
        local=column("local"),
        session=column("session"),
        databases=column("databases"),
    )
