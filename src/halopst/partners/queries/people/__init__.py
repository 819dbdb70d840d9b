"""The register: mitra, their imports, how their work went, and where it is kept."""
