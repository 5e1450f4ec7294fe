"""Charts as SVG: Vega-Lite places scales, axes and marks; what it draws is reduced to bare shapes and classes."""
