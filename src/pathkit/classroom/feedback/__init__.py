"""What students and instructors are shown of the results."""
