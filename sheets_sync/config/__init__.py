"""What the office decides, read from YAML into checked values."""
