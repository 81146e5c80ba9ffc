"""The core of the bench: model, parsers, vantage points, targets, run, judging and storing."""
