"""Work after it was done, contracts that can end, and who could go on."""
