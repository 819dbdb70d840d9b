"""Work done and its papers; a contract ended early."""
