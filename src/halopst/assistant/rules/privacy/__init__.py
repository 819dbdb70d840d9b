"""What leads to a person, masked or not answered."""
