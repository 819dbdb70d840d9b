"""The PostgreSQL server that comes with the package; why and how: docs/adr/0001-embedded-postgresql.md."""

from halopst.config.embedded.cluster import Cluster, database_url
from halopst.config.embedded.server import enter, serving

__all__ = ["Cluster", "database_url", "enter", "serving"]
