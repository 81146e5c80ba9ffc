"""Measuring a deployment under load: calls that stand, a probe among them, and what the server used meanwhile."""
