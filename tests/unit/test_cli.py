"""The shell without the other rooms: parsing, languages, failures, exit codes, start-up."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models import Answer, CheckResult, Citation, Claim, Notice, Statement, Verdict
from ui.cli import asking, run
from ui.cli.application import app, build
from ui.cli.language import preferred_language
from ui.cli.text import on_one_line, printable
from ui.messages import Messages
from vectorstore.errors import EscaleError, UnknownReport
from vectorstore.models import Scope

COMMANDS = sorted(str(command.name) for command in app.registered_commands)
HEAVY = (
    "pydantic_settings",
    "torch",
    "chromadb",
    "llama_index",
    "gradio",
    "sqlalchemy",
    "sentence_transformers",
    "numpy",
)

CITATION = Citation(
    report_id="oslo-2024",
    version="0" * 64,
    passage_id="oslo-2024:000:0001",
    quote="Le port sera\nélectrifié.",
    start=10,
    end=34,
    page=3,
    section="Québec apprend › Port",
)
ANSWER = Answer(
    question="Que fera le port ?",
    language="fr",
    abstained=False,
    statements=(Statement("Le port sera électrifié.", (CITATION,)),),
    nearest=(),
    sufficiency=0.9,
    writer="extractive",
    searched=("Oslo 2024",),
    quote_languages=("fr",),
)
ABSTENTION = replace(
    ANSWER, question="Qui ?", abstained=True, statements=(), nearest=(CITATION,), sufficiency=0.1
)


Use = Callable[["FakeAssistant | BaseException"], list[Path]]


@pytest.fixture(autouse=True)
def _french(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "ESCALE_DATA", "ESCALE_CONFIG"):
        monkeypatch.delenv(variable, raising=False)


class FakeAssistant:
    """Stands for the assistant where only the shell is tested; remembers what it was asked."""

    def __init__(self, answer: Answer = ANSWER, check: CheckResult | None = None) -> None:
        self.answer = answer
        self.result = check or CheckResult("fr", ())
        self.asked: list[tuple[str, Scope | None]] = []
        reports = [
            SimpleNamespace(id="oslo-2024", title="Mission à [Oslo]"),
            SimpleNamespace(id="b", title="B"),
        ]
        self.index = SimpleNamespace(store=SimpleNamespace(reports=lambda: reports))

    def ask(self, question: str, *, scope: Scope | None = None) -> Answer:
        self.asked.append((question, scope))
        return self.answer

    def check(self, text: str, *, scope: Scope | None = None) -> CheckResult:
        self.asked.append((text, scope))
        return self.result


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Use:
    """Put a fake assistant, or an error, in the place of the real one."""
    opened: list[Path] = []

    def put(fake: FakeAssistant | BaseException) -> list[Path]:
        @contextmanager
        def opener(shell: object) -> Iterator[FakeAssistant]:
            opened.append(shell.data)
            if isinstance(fake, BaseException):
                raise fake
            yield fake

        monkeypatch.setattr(asking, "reached_assistant", opener)
        return opened

    return put


class TestLanguage:
    @pytest.mark.parametrize(
        ("arguments", "environment", "language"),
        [
            ([], {}, "fr"),
            ([], {"LANG": "C.UTF-8"}, "fr"),
            ([], {"LANG": "en_CA.UTF-8"}, "en"),
            ([], {"LANG": "de_DE.UTF-8"}, "fr"),
            ([], {"LANG": "en_US.UTF-8", "LC_ALL": "fr_CA.UTF-8"}, "fr"),
            ([], {"LANG": "fr_CA.UTF-8", "LANGUAGE": "en:fr"}, "en"),
            (["--lang", "en", "list"], {"LANG": "fr_CA.UTF-8"}, "en"),
            (["list", "--lang=fr"], {"LANG": "en_CA.UTF-8"}, "fr"),
            (["ask", "--", "--lang=en"], {}, "fr"),
            (["list", "--lang"], {}, "fr"),
            (["list", "--lang", "de"], {"LANG": "en_CA.UTF-8"}, "en"),
        ],
    )
    def test_preferred(
        self, arguments: list[str], environment: dict[str, str], language: str
    ) -> None:
        assert preferred_language(arguments, environment) == language


class TestHelp:
    @pytest.mark.parametrize("language", ["fr", "en"])
    @pytest.mark.parametrize("command", ["", *COMMANDS])
    def test_every_help_text_is_a_message(
        self, language: str, command: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run([*command.split(), "--help", "--lang", language]) == 0
        shown = capsys.readouterr().out
        assert "help-" not in shown
        assert "metavar-" not in shown
        assert ("Afficher cette aide" in shown) == (language == "fr")

    def test_the_shell_has_the_commands_of_the_contract(self) -> None:
        expected = {"serve", "add", "remove", "list", "show", "search", "ask", "check"}
        assert expected | {"reindex", "doctor"} <= set(COMMANDS)

    def test_shared_options_stand_in_every_command(self) -> None:
        group = build(Messages("fr"))
        for command in group.commands.values():
            names = {name for parameter in command.params for name in parameter.opts}
            assert {"--data", "--json", "--lang", "--config", "--debug"} <= names

    def test_nothing_heavy_is_imported(self) -> None:
        program = (
            "import sys; from ui.cli import run; run(['--help']); run(['ask', '--help']);"
            f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        assert done.stderr.strip() == "[]"

    def test_without_a_command_help_is_shown_as_wrong_use(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run([]) == 2
        assert "doctor" in capsys.readouterr().out

    def test_version(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["--version"]) == 0
        assert capsys.readouterr().out.startswith("escale ")


class TestWrongUse:
    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            (["serch", "port"], "Vouliez-vous dire « search » ?"),
            (["zzz"], "La commande « zzz » n’existe pas."),
            (["list", "--nope"], "L’option « --nope » n’existe pas."),
            (["ask"], "Il manque « QUESTION »."),
            (["search", "port", "-k", "many"], "La valeur de « -k » est incorrecte"),
            (["search", "port", "-k", "0"], "La valeur de « -k » est incorrecte"),
            (["search", "port", "--pillar", "no"], "La valeur de « --pillar » est incorrecte"),
            (["list", "--data"], "L’option « --data » est mal employée"),
            (["ask", "two", "questions"], "Les arguments sont mal placés ou trop nombreux"),
            (["list", "--lang", "de"], "La valeur de « --lang » est incorrecte"),
            (["list", "--config", "no-such.toml"], "Le fichier no-such.toml n’existe pas"),
            (["check", "no-such-file.txt"], "Le fichier no-such-file.txt n’existe pas"),
            (["add", "no-such-file.txt"], "Le fichier no-such-file.txt n’existe pas"),
            (["add", "."], "est un dossier"),
        ],
    )
    def test_is_told_in_french_and_exits_2(
        self, arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(arguments) == 2
        shown = capsys.readouterr()
        assert expected in on_one_line(shown.err).replace("\u00a0", " ")
        assert "Traceback" not in shown.err
        assert not shown.out


class TestFailures:
    def test_an_error_of_ours_is_told_in_the_users_language(
        self, use: Use, capsys: pytest.CaptureFixture[str]
    ) -> None:
        use(UnknownReport(report_id="x"))
        assert run(["ask", "Qui ?"]) == 1
        assert "Aucun rapport ne porte l’identifiant" in capsys.readouterr().err
        assert run(["ask", "Qui ?", "--lang", "en"]) == 1
        assert "There is no report “x”" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("error", "expected"),
        [
            (RuntimeError("a secret detail"), "problème inattendu (RuntimeError)"),
            (OSError(28, "No space left on device"), "Il ne reste plus d’espace"),
            (PermissionError(13, "Permission denied", "/x/y"), "/x/y : Permission denied."),
        ],
    )
    def test_no_traceback_reaches_the_user(
        self,
        error: Exception,
        expected: str,
        use: Use,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        use(error)
        assert run(["ask", "Qui ?"]) == 1
        shown = capsys.readouterr()
        assert expected in shown.err.replace("\u00a0", " ")
        assert "Traceback" not in shown.err
        assert "a secret detail" not in shown.err
        assert not shown.out

    def test_debug_shows_the_traceback(self, use: Use, capsys: pytest.CaptureFixture[str]) -> None:
        use(RuntimeError("the detail"))
        assert run(["--debug", "ask", "Qui ?"]) == 1
        shown = capsys.readouterr().err
        assert "the detail" in shown
        assert "Traceback" in shown

    def test_an_interruption_exits_130(self, use: Use, capsys: pytest.CaptureFixture[str]) -> None:
        use(KeyboardInterrupt())
        assert run(["ask", "Qui ?"]) == 130
        assert capsys.readouterr().err.strip() == "Interrompu."

    def test_a_reader_that_leaves_is_no_failure_to_talk_about(self) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        process = subprocess.run(
            [sys.executable, "-m", "ui.cli", "--help"],
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        os.close(writer)
        assert process.stderr == ""
        assert process.returncode == 1


class TestAsking:
    def test_the_answer_with_its_citation(
        self, use: Use, capsys: pytest.CaptureFixture[str]
    ) -> None:
        use(FakeAssistant())
        assert run(["ask", "Que fera le port ?"]) == 0
        shown = capsys.readouterr().out.replace("\u00a0", " ")
        assert shown.splitlines()[0] == "Le port sera électrifié. [1]"
        assert (
            "[1] « Le port sera électrifié. » — Mission à [Oslo], Québec apprend › Port, p. 3"
            in shown
        )

    def test_a_narrowed_scope_is_told(self, use: Use, capsys: pytest.CaptureFixture[str]) -> None:
        use(FakeAssistant(replace(ANSWER, scope=Scope.of(years=[2024]))))
        assert run(["ask", "Que fera le port en 2024 ?"]) == 0
        assert "Cherché dans\u00a0: Oslo 2024." in capsys.readouterr().out

    def test_a_models_answer_says_who_wrote_and_what_is_unverified(
        self, use: Use, capsys: pytest.CaptureFixture[str]
    ) -> None:
        loose = Statement("Le port est grand.", (), verified=False)
        statements = (*ANSWER.statements, loose)
        use(
            FakeAssistant(replace(ANSWER, statements=statements, writer="m-7b", verified_share=0.5))
        )
        assert run(["ask", "Que fera le port ?"]) == 0
        shown = capsys.readouterr().out
        assert "Le port est grand. (non vérifié)" in shown
        assert "m-7b" in shown

    @pytest.mark.parametrize("notice", Notice)
    def test_a_model_that_fails_is_told(
        self, notice: Notice, use: Use, capsys: pytest.CaptureFixture[str]
    ) -> None:
        use(FakeAssistant(replace(ANSWER, notice=notice)))
        assert run(["ask", "Que fera le port ?"]) == 0
        assert "modèle de langue" in capsys.readouterr().out

    def test_an_abstention_exits_3_and_is_marked(
        self, use: Use, capsys: pytest.CaptureFixture[str]
    ) -> None:
        use(FakeAssistant(ABSTENTION))
        assert run(["ask", "Qui ?"]) == 3
        shown = capsys.readouterr().out.replace("\u00a0", " ")
        assert "Les rapports ne répondent pas à cette question." in shown
        assert "Cherché dans : Oslo 2024." in shown
        assert "sans que ce soit une réponse" in shown

    @pytest.mark.parametrize("arguments", [["--json", "ask", "Qui ?"], ["ask", "Qui ?", "--json"]])
    def test_json_is_one_document_equal_to_the_answer(
        self, arguments: list[str], use: Use, capsys: pytest.CaptureFixture[str]
    ) -> None:
        from pydantic import TypeAdapter

        use(FakeAssistant(ABSTENTION))
        assert run(arguments) == 3
        document = capsys.readouterr().out
        assert TypeAdapter(Answer).validate_json(document) == ABSTENTION
        assert json.loads(document)["nearest"][0]["quote"] == CITATION.quote

    @pytest.mark.parametrize(
        ("arguments", "folder"),
        [
            (["ask", "Qui ?"], "data"),
            (["--data", "a", "ask", "Qui ?"], "a"),
            (["ask", "Qui ?", "--data", "b"], "b"),
            (["--data", "a", "ask", "--data", "b", "Qui ?"], "b"),
        ],
    )
    def test_data_before_and_after(self, arguments: list[str], folder: str, use: Use) -> None:
        opened = use(FakeAssistant())
        assert run(arguments) == 0
        assert opened == [Path(folder)]

    def test_data_from_the_environment(self, use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
        opened = use(FakeAssistant())
        monkeypatch.setenv("ESCALE_DATA", "from-environment")
        run(["ask", "Qui ?"])
        run(["--data", "from-flag", "ask", "Qui ?"])
        assert opened == [Path("from-environment"), Path("from-flag")]

    def test_filters_become_a_scope(self, use: Use) -> None:
        fake = FakeAssistant()
        use(fake)
        filters = "--report oslo-2024 --report b --year 2024 --destination Oslo --pillar apprend"
        assert run(["ask", "Qui ?", *filters.split()]) == 0
        scope = Scope.of(
            reports=["oslo-2024", "b"], years=[2024], destinations=["Oslo"], pillars=["apprend"]
        )
        assert fake.asked == [("Qui ?", scope)]

    def test_an_unknown_report_is_refused(
        self, use: Use, capsys: pytest.CaptureFixture[str]
    ) -> None:
        use(FakeAssistant())
        assert run(["ask", "Qui ?", "--report", "rome-1900"]) == 1
        assert "rome-1900" in capsys.readouterr().err

    def test_the_terminal_is_safe_from_a_report(
        self, use: Use, capsys: pytest.CaptureFixture[str]
    ) -> None:
        hostile = Statement("rouge \x1b[31m[bold]gras[/bold] \x07\u202eenvers", (CITATION,))
        answer = Answer("Q", "fr", False, (hostile,), (), 1.0, "extractive")
        use(FakeAssistant(answer))
        assert run(["ask", "Q"]) == 0
        shown = capsys.readouterr().out
        assert "[bold]gras[/bold]" in shown
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)


class TestChecking:
    TEXT = "Bonjour. Le port sera électrifié. Il coûte 5 G$."

    def result(self, *verdicts: Verdict | None) -> CheckResult:
        return CheckResult(
            "fr",
            tuple(
                Claim("Le port", 0, 7, verdict is not None, verdict, 0.9, "Parce que.", (CITATION,))
                for verdict in verdicts
            ),
        )

    @pytest.mark.parametrize(
        ("verdicts", "code"),
        [
            ((), 0),
            ((Verdict.SUPPORTED, Verdict.NOT_FOUND, None), 0),
            ((Verdict.SUPPORTED, Verdict.CONTRADICTED), 4),
        ],
    )
    def test_exit_code_and_summary(
        self,
        verdicts: tuple[Verdict | None, ...],
        code: int,
        use: Use,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        use(FakeAssistant(check=self.result(*verdicts)))
        assert run(["check", self.TEXT]) == code
        summary = capsys.readouterr().out.splitlines()[-1].replace("\u00a0", " ")
        for name, verdict in (
            ("Confirmées", Verdict.SUPPORTED),
            ("contredites", Verdict.CONTRADICTED),
            ("introuvables", Verdict.NOT_FOUND),
            ("non vérifiables", None),
        ):
            assert f"{name} : {verdicts.count(verdict)}" in summary

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_a_file_is_read_in_its_encoding(self, encoding: str, tmp_path: Path, use: Use) -> None:
        text = "L’été dernier, le port a été électrifié à Québec, dit-on.\nC’est sûr."
        draft = tmp_path / "discours.txt"
        draft.write_bytes(text.encode(encoding))
        fake = FakeAssistant()
        use(fake)
        assert run(["check", str(draft)]) == 0
        assert fake.asked[0][0] == text

    def test_a_file_that_no_reader_knows_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        draft = tmp_path / "data.txt"
        draft.write_bytes(bytes(range(256)) * 4)
        assert run(["check", str(draft)]) == 1
        assert "data.txt" in capsys.readouterr().err

    def test_the_text_itself(self, use: Use) -> None:
        fake = FakeAssistant()
        use(fake)
        long_text = self.TEXT * 300
        assert run(["check", self.TEXT]) == 0
        assert run(["check", long_text]) == 0
        assert [asked for asked, _ in fake.asked] == [self.TEXT, long_text]


@given(st.text())
def test_printable_text_holds_no_control_character(text: str) -> None:
    shown = printable(text)
    assert all(character in "\n\t" or character >= " " for character in shown)
    assert "\x7f" not in shown
    shown.encode("utf-8")
    assert printable(shown) == shown


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_ordinary_text_is_printed_as_it_is(text: str) -> None:
    shown = printable(text)
    assert [c for c in text if c in shown] == list(shown) or shown == text


def test_every_error_class_is_an_escale_error_with_exit_1(
    use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    use(EscaleError())
    assert run(["ask", "Qui ?"]) == 1
    assert "Escale a rencontré un problème." in capsys.readouterr().err
