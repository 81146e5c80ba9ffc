"""The words of the bench as types: outcomes, observations, evidence, checks, verdicts, errors, events. Pure."""
