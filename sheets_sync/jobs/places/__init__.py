"""What stands above offices: a province's or nation's figures, gathered from its offices and from other installations."""
