"""From a call that was lived through to the evidence of it: every vantage point, written down once."""
