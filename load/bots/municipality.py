"""A municipality made for bots: one service, a clerk for each call at once, and one who is kept for real browsers."""

import argparse
from pathlib import Path

TENANT = "lasthausen"
DESKS = "amt{:04}"  # the clerks by number, the first call's is 1
PROBE = DESKS.format(0)  # the clerk who is kept

_FILE = """\
id = "{id}"
name = {{ de = "Gemeinde {name}", en = "Municipality of {name}" }}
hall = {{ de = "Rathaus {name}", en = "{name} town hall" }}
address = ["Botweg 1", "00000 {name}"]
phone = "0221 4710 900"
mail = "termine@{id}.example"
timezone = "Europe/Berlin"
slot_minutes = 60
{clerks}
[[services]]
id = "kita"
name = {{ de = "Kindergartenanmeldung", en = "Kindergarten registration" }}
minutes = 60
video = true

[hours]
monday = [{{ opens = 08:00:00, closes = 12:00:00 }}]
"""


def write_municipality(folder: Path, calls: int, tenant: str = TENANT) -> Path:
    """Its file, with so many clerks and ``PROBE``, into a folder of a town hall's tenants; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    people = "".join(
        f'\n[[clerks]]\nuser = "{user}"\ndisplay_name = "Amt {user[3:]}"\n'
        for user in (PROBE, *(user_of(number) for number in range(calls)))
    )
    (folder / f"{tenant}.toml").write_text(_FILE.format(id=tenant, name=tenant.title(), clerks=people), "utf-8")
    return folder


def user_of(number: int) -> str:
    """The clerk of a call: ``amt0001`` of the first, which has the number 0."""
    return DESKS.format(number + 1)


def main() -> None:
    """``python -m load.bots.municipality FOLDER``: for a town hall that bots are to come to."""
    parser = argparse.ArgumentParser(
        prog="python -m load.bots.municipality", description="Write a municipality for bots."
    )
    parser.add_argument("folder", type=Path, help="the town hall's folder of tenants")
    parser.add_argument("--calls", type=int, default=20, help="calls at once, each by another clerk (default: 20)")
    options = parser.parse_args()
    print(write_municipality(options.folder, options.calls) / f"{TENANT}.toml")


if __name__ == "__main__":
    main()
