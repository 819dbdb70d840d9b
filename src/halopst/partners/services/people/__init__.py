"""The register: who is a mitra, their files, the blacklist."""
