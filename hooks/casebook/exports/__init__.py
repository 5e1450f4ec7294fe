"""The same pages for other programs."""
