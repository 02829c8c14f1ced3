"""How strong the checks are: `pathkit verify`, its table, and answers kept to hold them."""
