"""What leaves the house: when a report may be made, on which figures it is sealed, who gets it."""
