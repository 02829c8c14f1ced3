"""The machine that a lesson builds, drawn: what is in it, where it lies, as SVG, text and words."""
