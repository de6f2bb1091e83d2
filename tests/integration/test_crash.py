"""Adding a report survives being killed: it is there whole or not at all, and is healed."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest import Library
from vectorstore.store import Store

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

# The real command with the real model; tests/crash kills more often, and all that writes.
KILLS = 8
REPORT = Path(__file__).parents[2] / "ingest" / "samples" / "mission-new-york-aivp-2025.txt"


def adding(data: Path) -> subprocess.Popen[bytes]:
    """`escale add`, in a process group of its own so that its workers die with it."""
    command = [sys.executable, "-m", "ui.cli", "--data", str(data), "add", str(REPORT)]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def test_killed_at_random_moments(tmp_path: Path) -> None:
    begin = time.monotonic()
    assert adding(tmp_path / "whole").wait() == 0
    duration = time.monotonic() - begin
    with Store.open(tmp_path / "whole") as store:
        expected = [passage.text for passage in store.passages(store.reports()[0].id)]

    data = tmp_path / "data"
    moments = random.Random(20).choices(range(1000), k=KILLS)
    outcomes = set()
    for moment in moments:
        process = adding(data)
        try:
            # Half of the kills fall into the last tenth, where everything is written.
            share = moment / 1000 if moment % 2 else 0.9 + moment / 10_000
            process.wait(timeout=share * duration)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        with Store.open(data) as store:
            reports = store.reports()
            outcomes.add(len(reports))
            assert len(reports) <= 1
            for report in reports:
                assert [passage.text for passage in store.passages(report.id)] == expected
            assert store.check() == []
            if reports:
                store.purge(reports[0].id)
    assert outcomes <= {0, 1}
    with Library.open(data) as library:
        assert library.add(REPORT).status == "added"
        assert [passage.text for passage in library.passages(library.reports()[0].id)] == expected
    with Store.open(data) as store:
        assert store.check() == []
