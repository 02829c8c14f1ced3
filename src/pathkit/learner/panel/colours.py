"""The colours of panel and map, safe for colour-blind eyes; signs and words say the same."""

DONE, BEGUN = "#00734f", "#b3450c"  # on a light ground
DONE_ON_DARK, BEGUN_ON_DARK = "#3ecf9f", "#ff9a62"
# Where nothing says whether the ground is light or dark, as in outputs that aren't trusted.
DONE_ANYWHERE, BEGUN_ANYWHERE = "#00916b", "#d05a14"
