"""What is off in a wrong answer that no misconception foresaw, told only as far as it is known.

`suspects` are right answers with one thing changed; `relations` hold between what came back and
what was expected. Nothing of the learner's is called.
"""
