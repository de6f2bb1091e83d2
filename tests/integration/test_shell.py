"""The shell with the real model and the bundled report.

Most commands run in this process, where the model stays loaded; what is about processes (the
folder's lock, settings, serving, exit codes) runs in a process of its own.
"""

import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from assistant.models import Answer, CheckResult
from ingest import AddResult
from ui.cli import run
from vectorstore.models import Hit, Report
from vectorstore.store import Store

pytestmark = pytest.mark.slow

SAMPLES = Path(__file__).parents[2] / "ingest" / "samples"
SAMPLE = next(path for path in sorted(SAMPLES.iterdir()) if path.suffix == ".txt")
SHORE_POWER = re.compile(r"électrification des terminaux", re.I)


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    returncode: int
    stdout: str
    stderr: str


def process(*arguments: str | Path, environment: dict[str, str] | None = None) -> Done:
    """Run the shell in a process of its own, in French."""
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
        env={**os.environ, "LANG": "fr_CA.UTF-8", **(environment or {})},
    )
    return Done(done.returncode, done.stdout, done.stderr)


def escale(*arguments: str | Path) -> Done:
    """Run the shell in this process, in French."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run([*map(str, arguments), "--lang", "fr"])
    return Done(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with the bundled report; tests that use it don't change it."""
    folder = tmp_path_factory.mktemp("shell") / "data"
    with Store.open(folder):
        added = escale("--data", folder, "add", SAMPLE, "--json")
        assert added.returncode == 0, added.stderr
        [result] = TypeAdapter(list[AddResult]).validate_json(added.stdout)
        assert result.status == "added"
        yield folder


@pytest.fixture(scope="module")
def report(data: Path) -> Report:
    listed = escale("--data", data, "list", "--json")
    assert listed.returncode == 0, listed.stderr
    [report] = TypeAdapter(list[Report]).validate_json(listed.stdout)
    return report


def whole_text(data: Path, version: str) -> str:
    with Store.open(data) as store:
        return store.version_text(version)


class TestContracts:
    @pytest.mark.parametrize(
        "question",
        [
            "Qu'est-ce que Québec a appris sur l'alimentation à quai ?",
            "what did Québec learn about shore power?",
        ],
    )
    def test_ask_answers_with_quotes_of_the_source(self, question: str, data: Path) -> None:
        asked = escale("--data", data, "ask", question, "--json")
        assert asked.returncode == 0, asked.stderr
        answer = TypeAdapter(Answer).validate_json(asked.stdout)
        citations = [citation for item in answer.statements for citation in item.citations]
        assert any(SHORE_POWER.search(citation.quote) for citation in citations)
        for citation in citations:
            text = whole_text(data, citation.version)
            assert text[citation.start : citation.end] == citation.quote

    def test_ask_abstains_with_exit_code_3(self, data: Path) -> None:
        question = "Quelle est la recette de la poutine aux fruits de mer ?"
        asked = escale("--data", data, "--json", "ask", question)
        assert asked.returncode == 3, asked.stderr
        answer = TypeAdapter(Answer).validate_json(asked.stdout)
        assert answer.abstained
        assert not answer.statements

    def test_search_finds_passages_within_the_scope(self, data: Path, report: Report) -> None:
        found = escale("--data", data, "search", "navires à quai", "-k", "3", "--json")
        assert found.returncode == 0, found.stderr
        hits = TypeAdapter(list[Hit]).validate_json(found.stdout)
        assert len(hits) == 3
        assert {hit.report.id for hit in hits} == {report.id}
        elsewhere = escale("--data", data, "search", "quai", "--year", "1901", "--json")
        assert json.loads(elsewhere.stdout) == []

    def test_check_tells_contradictions_by_its_exit_code(self, data: Path, tmp_path: Path) -> None:
        draft = tmp_path / "discours.txt"
        draft.write_text("Bonjour à tous. La mission a eu lieu à New York.", encoding="utf-8")
        checked = escale("--data", data, "check", draft, "--json")
        result = TypeAdapter(CheckResult).validate_json(checked.stdout)
        text = draft.read_text(encoding="utf-8")
        assert all(text[claim.start : claim.end] == claim.text for claim in result.claims)
        contradicted = any(claim.verdict == "contradicted" for claim in result.claims)
        assert checked.returncode == (4 if contradicted else 0), checked.stderr

    def test_questions_come_from_standard_input_too(
        self, data: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        question = "Qu'a appris Québec sur l'alimentation à quai ?"
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(question.encode())))
        asked = escale("--data", data, "ask", "-", "--json")
        assert asked.returncode == 0, asked.stderr
        assert json.loads(asked.stdout)["question"] == question

    def test_the_exit_code_is_the_processs(self, data_dir: Path) -> None:
        asked = process("--data", data_dir, "ask", "Qui a participé à la mission ?", "--json")
        assert asked.returncode == 3, asked.stderr
        assert TypeAdapter(Answer).validate_json(asked.stdout).abstained


class TestHumanOutput:
    def test_the_answer_lists_its_citations(self, data: Path, report: Report) -> None:
        asked = escale("--data", data, "ask", "Qu'a appris Québec sur l'alimentation à quai ?")
        assert asked.returncode == 0, asked.stderr
        assert re.search(r"^\[1\] «\u00a0.+\u00a0» — ", asked.stdout, re.M)
        assert report.title in asked.stdout

    def test_show_tells_what_is_known_and_the_outline(self, data: Path, report: Report) -> None:
        shown = escale("--data", data, "show", report.id, "--passages")
        assert shown.returncode == 0, shown.stderr
        assert report.title in shown.stdout
        assert "Québec apprend" in shown.stdout
        assert f"{report.id}:" in shown.stdout

    def test_doctor_finds_a_whole_folder_whole(self, data: Path) -> None:
        examined = escale("--data", data, "doctor", "--json")
        findings = json.loads(examined.stdout)
        levels = {finding["check"]: finding["level"] for finding in findings}
        for check in ("python", "sqlite", "chroma", "settings", "data-folder", "model", "index"):
            assert levels[check] == "ok", findings
        assert {finding["check"] for finding in findings} >= {"disk", "ocr", "port"}


class TestLibrary:
    def test_add_show_replace_and_remove(self, tmp_path: Path) -> None:
        folder, file = tmp_path / "data", tmp_path / "Oslo.txt"
        file.write_text(
            "Mission à Oslo\n\nQuébec apprend\n\nLe port d'Oslo a branché douze navires à quai "
            "en 2024, et la délégation en a visité trois.\n",
            encoding="utf-8",
        )
        details = ["--title", "Mission à Oslo", "--destination", "Oslo, Norvège", "--year", "2024"]
        added = escale("--data", folder, "add", file, *details)
        assert added.returncode == 0, added.stderr
        assert "ajouté" in added.stdout
        listed = escale("--data", folder, "list")
        assert "Oslo, Norvège" in listed.stdout
        assert "2024" in listed.stdout

        again = escale("--data", folder, "add", file, "--json")
        [result] = json.loads(again.stdout)
        assert result["status"] in {"unchanged", "duplicate"}

        removed = escale("--data", folder, "remove", result["report_id"], "--json")
        assert removed.returncode == 0, removed.stderr
        assert [report["id"] for report in json.loads(removed.stdout)] == [result["report_id"]]
        assert json.loads(escale("--data", folder, "list", "--json").stdout) == []

    def test_a_folder_is_added_file_by_file_and_the_bad_ones_are_told(self, tmp_path: Path) -> None:
        reports = tmp_path / "rapports"
        (reports / ".cache").mkdir(parents=True)
        (reports / ".cache" / "ignored.txt").write_text("x", encoding="utf-8")
        (reports / "vide.txt").write_bytes(b"")
        (reports / "bruit.bin").write_bytes(bytes(range(256)) * 8)
        good = "Mission à Bergen\n\nLa délégation a visité le port de Bergen en mai 2023.\n"
        (reports / "bergen.txt").write_text(good, encoding="utf-8")
        added = escale("--data", tmp_path / "data", "add", reports, "--recursive", "--json")
        statuses = [result["status"] for result in json.loads(added.stdout)]
        assert statuses == ["added", "refused", "refused"]
        assert added.returncode == 1
        assert "Traceback" not in added.stderr

    def test_the_wrong_report_id(self, data: Path) -> None:
        for command in ("show", "remove"):
            done = escale("--data", data, command, "atlantide-1492")
            assert done.returncode == 1
            assert "atlantide-1492" in done.stderr
            assert "Traceback" not in done.stderr


class TestBadInput:
    @pytest.mark.parametrize(
        ("question", "expected"),
        [(" ", "La question est vide"), ("port " * 2000, "La question compte 10\u00a0000")],
    )
    def test_questions(self, question: str, expected: str, data: Path) -> None:
        asked = escale("--data", data, "ask", question, "--json")
        assert asked.returncode == 1
        assert expected in asked.stderr
        assert not asked.stdout

    def test_a_data_folder_in_use_is_refused_by_name(self, data: Path) -> None:
        done = process("--data", data, "list")
        assert done.returncode == 1
        assert str(os.getpid()) in done.stderr
        assert "est utilisé par" in done.stderr

    def test_a_wrong_setting(self, tmp_path: Path) -> None:
        config = tmp_path / "escale.toml"
        config.write_text("[vectorstore]\nembeding_model = 'x'\n", encoding="utf-8")
        done = process("--data", tmp_path / "data", "list", "--config", config)
        assert done.returncode == 1
        assert "embeding_model" in done.stderr
        done = process(
            "--data",
            tmp_path / "data",
            "list",
            environment={"ESCALE_VECTORSTORE_DENSE_WEIGHT": "much"},
        )
        assert done.returncode == 1
        assert "dense_weight" in done.stderr

    def test_a_data_folder_that_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("not a folder", encoding="utf-8")
        done = escale("--data", tmp_path / "data", "list")
        assert done.returncode == 1
        assert "inutilisable" in done.stderr


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def server(tmp_path: Path, free_port: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`escale serve` on a fresh data folder, once it answers; and its address."""
    url = f"http://127.0.0.1:{free_port}"
    options = ["serve", "--port", str(free_port)]
    process = subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "--data", tmp_path / "data", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "LANG": "fr_CA.UTF-8"},
        # Whoever runs the tests in the background may have it ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    try:
        until = time.monotonic() + 180
        while time.monotonic() < until and process.poll() is None:
            try:
                with urllib.request.urlopen(f"{url}/healthz", timeout=5) as response:
                    assert response.status == 200
                    break
            except OSError:
                time.sleep(0.3)
        yield process, url
    finally:
        process.kill()
        process.communicate()


class TestServing:
    def test_the_first_start_serves_the_sample_and_ends_cleanly(
        self, server: tuple[subprocess.Popen[str], str], tmp_path: Path
    ) -> None:
        served, url = server
        with urllib.request.urlopen(url, timeout=30) as page:
            assert "Escale" in page.read().decode("utf-8")
        taken = process("--data", tmp_path / "other", "serve", "--port", url.rpartition(":")[2])
        assert taken.returncode == 1
        assert "Traceback" not in taken.stderr
        assert url.rpartition(":")[2] in taken.stderr

        served.send_signal(signal.SIGINT)
        _, err = served.communicate(timeout=60)
        assert served.returncode == 130
        assert "Traceback" not in err
        listed = process("--data", tmp_path / "data", "list", "--json")
        assert len(json.loads(listed.stdout)) == 1
