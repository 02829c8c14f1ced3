"""What is handed out: notebooks, a page, a date, and nothing that gives an answer away."""
