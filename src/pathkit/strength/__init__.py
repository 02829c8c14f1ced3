"""How strong the checks are: mutants, `pathkit verify` and its table."""
