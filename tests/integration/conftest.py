"""Fixtures of the integration tests."""

import pytest

from tests.tiny_model import write_tiny_model
from vectorstore.settings import VectorstoreSettings


@pytest.fixture(scope="session")
def tiny_settings(tmp_path_factory: pytest.TempPathFactory) -> VectorstoreSettings:
    """Settings with a tiny model, for tests that aren't about what is found."""
    folder = write_tiny_model(tmp_path_factory.mktemp("tiny") / "tiny-model")
    return VectorstoreSettings(embedding_model=str(folder))
