"""The pilot of two months: what citizens say, what was used, and the report on which the council decides."""
