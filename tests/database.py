"""Gives the tests their own embedded PostgreSQL, before Django reads its settings.

The cluster under var/test stays between runs, so it starts in a moment; its data is worth nothing, so it
never waits for the disk. The last of several runs (and xdist workers) stops it.
"""

import os
from pathlib import Path

import pytest

from halopst.config.embedded import Cluster, enter
from halopst.config.failures import CommandFailed

ROOT = Path(__file__).resolve().parent.parent
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}

# Settings are read while pytest-django configures itself, so the address must be there on import.
_cluster = Cluster(ROOT / "var" / "test", THROWAWAY)
os.environ["HALOPST_VAR"] = str(_cluster.var)
os.environ["DATABASE_URL"] = _cluster.url


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    try:
        lease = enter(_cluster)
    except CommandFailed as refusal:
        raise pytest.UsageError(str(refusal)) from refusal
    config.add_cleanup(lease.leave)
