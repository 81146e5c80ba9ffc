"""The flaw matrix: every flaw played against the checks, the evidence judged again with less of it, and clean runs."""
