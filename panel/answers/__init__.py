"""Templates of answers: the list, and the page on which one is written."""
