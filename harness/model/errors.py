"""The bench's own errors. Each carries one sentence that says what is wrong and how to mend it."""


class BenchError(Exception):
    """The bench could not do its work; the text is shown to the user as it is, without a traceback."""


class TargetError(BenchError):
    """The deployment under test could not be started, reached or driven."""


class ProvisionError(BenchError):
    """A tool or a right that the bench needs is missing on this machine."""


class NetworkError(BenchError):
    """Hosts or links of the bench's own network could not be made, changed or described."""


class RunStoreError(BenchError):
    """A run folder is missing, damaged or of another format."""


class SealError(BenchError):
    """A run cannot be sealed, or a seal cannot be looked at: no key, a name that no bundle may hold, too much of it."""


class WireError(ValueError):
    """Bytes are not what a parser in ``harness.wire`` was told to expect; nothing else is ever raised there."""
