import shutil
import tempfile
from pathlib import Path

import pytest


def _folder():
    """Not pytest's tmp_path: every other pytest on the machine closes that one to the server's account."""
    path = Path(tempfile.mkdtemp(prefix="halopst-test-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


folder = pytest.fixture(_folder)
module_folder = pytest.fixture(_folder, scope="module")
