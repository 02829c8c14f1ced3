"""What a notebook shows of the path: progress and the map."""
