"""The learner's side: a folder of one's own, opened in JupyterLab."""
