"""The command line: the one place that knows checks, reports and the run, and puts them together."""
