"""The town hall's clock: real time plus an offset that a file can set, so that appointments can come early."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from townhall.errors import SettingsError


class Clock:
    """Gives the present time; the offset file (a float: seconds added to real time) is read again on every call."""

    def __init__(self, offset_file: Path | None = None) -> None:
        self._offset_file = offset_file

    def now(self) -> datetime:
        """Return the present time, aware, in UTC; a file that does not exist (yet) means no offset."""
        return datetime.now(UTC) + timedelta(seconds=self._offset())

    def _offset(self) -> float:
        if self._offset_file is None:
            return 0.0
        try:
            return float(self._offset_file.read_text())
        except FileNotFoundError:
            return 0.0
        except (ValueError, OSError) as error:
            raise SettingsError(f"The clock file {self._offset_file} holds no number of seconds.") from error
