"""The charts of a capacity run as SVG: the curve with its objectives and knee, demand against capacity, the plan."""
