"""The town hall's own errors; each text is one sentence that may be shown to the operator."""


class TownhallError(Exception):
    """The town hall cannot do what was asked; the text says what is wrong and how to mend it."""


class SettingsError(TownhallError):
    """The configuration is missing, unreadable or names something that does not exist."""


class DatabaseClosed(TownhallError):
    """Something was asked of the database while the service stops."""


class MailError(TownhallError):
    """The mail server did not take a mail: ``reason`` is the class of the trouble; ``permanent``: do not retry."""

    def __init__(self, text: str, *, reason: str = "other", permanent: bool = False) -> None:
        super().__init__(text)
        self.reason = reason
        self.permanent = permanent


class MediaServerError(TownhallError):
    """Janus cannot be reached, did not answer in time, or closed the connection."""


class JanusRefusal(MediaServerError):
    """Janus answered a request with an error; ``code`` is the number from Janus' own list."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"Janus refused the request with code {code}: {reason}")
        self.code = code
