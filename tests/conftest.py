"""Fixtures that all tests share."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

if "PYTEST_XDIST_WORKER" in os.environ:
    # Two processes with threads for all cores each wait for one another most of the time.
    os.environ.setdefault("OMP_NUM_THREADS", "1")

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="session", autouse=True)
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the embedded model for the whole run, written by the first test to need it."""
    named = os.environ.get("ESCALE_VECTORSTORE_MODELS_FOLDER")
    folder = Path(named) if named else tmp_path_factory.mktemp("models")
    os.environ["ESCALE_VECTORSTORE_MODELS_FOLDER"] = str(folder)
    return folder


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder that doesn't exist yet."""
    return tmp_path / "data"
