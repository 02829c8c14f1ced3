"""Tell right answers from wrong ones, and say why.

`run` calls the learner's code and yields plain data; `judge` reads that data and never
calls it. In a notebook they follow one another; in grading they can stand in different
processes.
"""
