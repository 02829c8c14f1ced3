"""Each answer run in a sandbox, judged outside, and what comes of it in points."""
