"""Release A against release B: what changed in the checks, and in figures by more than chance."""
