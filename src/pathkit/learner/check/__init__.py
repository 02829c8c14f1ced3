"""`pathkit check`: the answers of a saved notebook, judged outside of Jupyter."""
