"""Pages as files: the head, the policy and the look that all of them share."""
