"""The catalogue of checks on encryption: one file a check, each a pure function of the evidence."""
