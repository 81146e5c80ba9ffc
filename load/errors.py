"""The errors of the load's own files: each is one sentence that says what is wrong and how to mend it."""

from harness.model.errors import BenchError


class LoadError(BenchError):
    """A municipality, a list of prices or of objectives, or a figure of a model makes no sense."""
