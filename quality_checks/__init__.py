"""The catalogue of quality figures: one file a figure, each a pure function of the evidence and of the bands."""
