"""A module's first files and its entry in the curriculum: `pathkit new`."""
