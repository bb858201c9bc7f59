"""A PostgreSQL server for the tests that need one, started once and only when the first one asks."""

import importlib.util
from collections.abc import Iterator

import pytest
from postgres_cluster import Cluster, programs, running


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A server; skips where none is installed."""
    if programs() is None or importlib.util.find_spec("psycopg") is None:
        pytest.skip("needs PostgreSQL's server (postgresql of the distribution) and psycopg")
    with running() as server:
        yield server
