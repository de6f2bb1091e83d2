"""The sets, and the reports they are asked over."""

import os
from pathlib import Path

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent

SETS = HERE / "sets"
PORT_CLAIR = SETS / "port-clair.jsonl"
PORT_CLAIR_2 = SETS / "port-clair-2.jsonl"
QUEBEC = SETS / "quebec.jsonl"

FICTITIOUS = HERE / "reports"
SAMPLES = REPOSITORY / "ingest" / "samples"
REAL = SAMPLES / "mission-new-york-aivp-2025.txt"


def shared_data() -> Path:
    """Where the data lie that the repository doesn't hold."""
    return Path(os.environ.get("ESCALE_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))
