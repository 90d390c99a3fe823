"""What was read, kept in one file beside the results, so that nothing is read twice."""
