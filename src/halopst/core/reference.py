"""Reference data every installation needs: each domain registers how its own is loaded.

A loader is idempotent: it adds what is missing and never overwrites what an office has edited.
"""

from collections.abc import Callable

Loader = Callable[[], None]

_loaders: dict[str, Loader] = {}


def reference_data(name: str) -> Callable[[Loader], Loader]:
    """Register a loader under `name`; loaders run in the order of the domain map (see INSTALLED_APPS)."""

    def register(loader: Loader) -> Loader:
        _loaders[name] = loader
        return loader

    return register


def load_all(announce: Callable[[str], None]) -> None:
    for name, loader in _loaders.items():
        announce(name)
        loader()
