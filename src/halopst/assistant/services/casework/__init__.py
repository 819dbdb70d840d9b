"""What AIDA does for an officer with a request: proposes a reply, makes the answer public."""
