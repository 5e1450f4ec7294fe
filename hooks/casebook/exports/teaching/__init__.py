"""What a class is given to keep: handouts and readers on paper, books, packages for learning platforms."""
