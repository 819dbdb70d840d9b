"""What leads to a person is masked, or not answered."""
