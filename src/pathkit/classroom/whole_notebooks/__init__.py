"""`pathkit grade --full`: each notebook run as a whole, from top to bottom. It earns no points.

`rebuilt` puts a student's answers and added cells into the notebook that was handed out, `project`
makes what a sandbox holds for it, `inside` runs it there, `job` starts that and reads what comes
out, `everybody` does it for a class.
"""
