"""JupyterLab on a learner's folder: started, and opened at the right cell."""
