"""What a path demands of its lessons, and what makes a lesson broken: `pathkit lint`."""
