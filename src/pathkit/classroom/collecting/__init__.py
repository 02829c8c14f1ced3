"""From what an LMS hands back to answers: whose, which, and when."""
