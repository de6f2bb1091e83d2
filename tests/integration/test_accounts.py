"""Accounts, sessions, audit and usage in a real catalogue."""

import csv
import io
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from vectorstore.accounts import audit, passwords
from vectorstore.accounts.attempts import Attempts, Limits
from vectorstore.accounts.audit import Audit, as_csv
from vectorstore.accounts.errors import (
    InvalidName,
    LastAdmin,
    NameTaken,
    NoPassword,
    PasswordIsName,
    PasswordTooLong,
    PasswordTooShort,
    UnknownUser,
)
from vectorstore.accounts.models import Action, AuditEntry, Identity, Measure, Rating, Role
from vectorstore.accounts.sessions import Sessions
from vectorstore.accounts.usage import Usage
from vectorstore.accounts.users import Users
from vectorstore.database import HEAD
from vectorstore.store import Store

PASSWORD = "quatre mots bien choisis"
OTHER = "un autre mot de passe"


@pytest.fixture
def store(data_dir: Path) -> Iterator[Store]:
    with Store.open(data_dir) as opened:
        yield opened


@pytest.fixture
def users(store: Store, monkeypatch: pytest.MonkeyPatch) -> Users:
    # The real parameters take 50 ms for each hash.
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64))
    passwords._nobody.cache_clear()
    return Users(store)


def sessions(store: Store, idle: float = 60, longest: float = 3600) -> Sessions:
    return Sessions(store, idle=timedelta(seconds=idle), longest=timedelta(seconds=longest))


def actions(store: Store) -> list[tuple[str, str, str, str]]:
    entries = reversed(Audit(store).entries())
    return [(entry.who, entry.action, entry.target, entry.detail) for entry in entries]


class TestUsers:
    def test_an_account_is_found_by_its_name_however_it_is_written(self, users: Users) -> None:
        added = users.add("Émilie.Côté", PASSWORD, Role.STAFF, by="shell:root")
        assert users.find("émilie.côté ") == added
        assert users.verify("E\u0301milie.Co\u0302té", PASSWORD) == added
        assert users.verify("Émilie.Côté", OTHER) is None
        assert users.verify("nobody", PASSWORD) is None

    def test_a_name_is_taken_once(self, users: Users, store: Store) -> None:
        users.add("alice", PASSWORD, Role.READER, by="x")
        with pytest.raises(NameTaken):
            users.add("ALICE", PASSWORD, Role.ADMIN, by="x")
        assert len(actions(store)) == 1

    @pytest.mark.parametrize("name", ["", "a", "shell:root", "a b", "<b>", "x" * 81, "a\nb"])
    def test_names_that_nobody_can_have(self, users: Users, name: str) -> None:
        with pytest.raises(InvalidName):
            users.add(name, PASSWORD, Role.READER, by="x")

    @pytest.mark.parametrize(
        ("password", "error"),
        [
            ("onze-signes", PasswordTooShort),
            ("a" * 12, PasswordIsName),
            ("alice-martin", PasswordIsName),
            ("Alice-Martin2026", PasswordIsName),
            ("x" * 300, PasswordTooLong),
        ],
    )
    def test_passwords_that_are_refused(
        self, users: Users, password: str, error: type[Exception]
    ) -> None:
        with pytest.raises(error):
            users.add("alice-martin", password, Role.READER, by="x")
        assert users.all() == []

    def test_what_is_kept_of_a_password_is_argon2id(self, users: Users, store: Store) -> None:
        users.add("alice", PASSWORD, Role.READER, by="x")
        with store.reading() as connection:
            kept = connection.execute(text("SELECT password_hash FROM users")).scalar_one()
        assert kept.startswith("$argon2id$")
        assert PASSWORD not in kept

    def test_a_hash_of_old_parameters_is_renewed_at_sign_in(
        self, users: Users, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        users.add("alice", PASSWORD, Role.READER, by="x")
        monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=64))
        assert users.verify("alice", PASSWORD)
        with store.reading() as connection:
            kept = connection.execute(text("SELECT password_hash FROM users")).scalar_one()
        assert "t=2" in kept
        assert users.verify("alice", PASSWORD)

    def test_nobody_costs_as_much_as_somebody(
        self, users: Users, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        users.add("alice", PASSWORD, Role.READER, by="x")
        hasher = passwords._hasher
        verified: list[str] = []

        class Counting:
            def verify(self, kept: str, password: str) -> bool:
                verified.append(kept[:28])
                return hasher.verify(kept, password)

            hash = hasher.hash
            check_needs_rehash = hasher.check_needs_rehash

        monkeypatch.setattr(passwords, "_hasher", Counting())
        for name in ("alice", "nobody"):
            users.verify(name, "wrong password")
            users.verify(name, "x" * 10_000)
        assert len(verified) == 4
        assert len(set(verified)) == 1

    def test_the_last_administrator_stays_one(self, users: Users) -> None:
        users.add("ada", PASSWORD, Role.ADMIN, by="x")
        with pytest.raises(LastAdmin):
            users.remove("ada", by="x")
        with pytest.raises(LastAdmin):
            users.set_role("ada", Role.STAFF, by="x")
        users.add("bob", PASSWORD, Role.ADMIN, by="x")
        users.set_role("ada", Role.STAFF, by="bob")
        assert users.find("ada").role is Role.STAFF
        with pytest.raises(LastAdmin):
            users.remove("bob", by="ada")

    def test_only_one_first_administrator(self, users: Users) -> None:
        users.add("ada", PASSWORD, Role.ADMIN, by="setup", only_first=True)
        with pytest.raises(LastAdmin):
            users.add("eve", PASSWORD, Role.ADMIN, by="setup", only_first=True)

    def test_every_change_is_in_the_audit(self, users: Users, store: Store) -> None:
        users.add("ada", PASSWORD, Role.ADMIN, by="shell:root")
        users.add("bob", PASSWORD, Role.READER, by="ada")
        users.set_role("bob", Role.STAFF, by="ada")
        users.set_role("bob", Role.STAFF, by="ada")
        users.set_password("bob", OTHER, by="bob")
        users.remove("bob", by="ada")
        with pytest.raises(UnknownUser):
            users.find("bob")
        assert actions(store) == [
            ("shell:root", "user-added", "ada", "admin"),
            ("ada", "user-added", "bob", "reader"),
            ("ada", "role-changed", "bob", "reader → staff"),
            ("bob", "password-changed", "bob", ""),
            ("ada", "user-removed", "bob", "staff"),
        ]

    def test_a_suspended_account_is_closed_until_it_has_a_password(
        self, store: Store, users: Users
    ) -> None:
        user = users.add("anne", PASSWORD, Role.STAFF, by="chef")
        token = sessions(store).start(user)
        users.suspend("anne", by="chef")
        users.suspend("anne", by="chef")
        assert users.find("anne").is_suspended
        assert users.verify("anne", PASSWORD) is None
        assert sessions(store).user_of(token) is None
        users.set_password("anne", OTHER, by="chef")
        assert users.verify("anne", OTHER) is not None
        done = [action for _, action, _, _ in actions(store)]
        assert done.count(Action.USER_SUSPENDED) == 1

    def test_the_last_administrator_who_can_sign_in_stays_one(self, users: Users) -> None:
        users.add("un", PASSWORD, Role.ADMIN, by="chef")
        users.add("deux", PASSWORD, Role.ADMIN, by="chef")
        users.suspend("un", by="chef")
        for change in (users.suspend, users.remove):
            with pytest.raises(LastAdmin):
                change("deux", by="chef")
        users.remove("un", by="chef")
        assert users.has_admin()


class TestSingleSignOn:
    WHO = Identity("https://sso.example", "42", "Zoé Roy", Role.STAFF)

    def test_a_first_visit_makes_an_account_and_the_next_finds_it(self, users: Users) -> None:
        first = users.signed_on(self.WHO, Role.READER)
        assert first
        assert (first.name, first.role) == ("Zoé.Roy", Role.STAFF)
        again = users.signed_on(Identity("https://sso.example", "42", "Renamed", None), Role.READER)
        assert again == first

    def test_a_name_never_links_to_somebody_else(self, users: Users) -> None:
        users.add("zoé.roy", PASSWORD, Role.ADMIN, by="x")
        visitor = users.signed_on(self.WHO, Role.READER)
        assert visitor
        assert visitor.name == "Zoé.Roy-2"
        assert visitor.role is Role.STAFF
        elsewhere = Identity("https://other.example", "42", "Zoé Roy", None)
        other = users.signed_on(elsewhere, Role.READER)
        assert other
        assert (other.id != visitor.id, other.role) == (True, Role.READER)

    def test_the_role_follows_the_single_sign_on(self, users: Users, store: Store) -> None:
        users.signed_on(self.WHO, None)
        changed = users.signed_on(
            Identity("https://sso.example", "42", "Zoé Roy", Role.READER), None
        )
        assert changed
        assert changed.role is Role.READER
        assert actions(store)[-1] == (
            "https://sso.example", "role-changed", "Zoé.Roy", "staff → reader",
        )  # fmt: skip

    def test_without_a_role_and_a_default_there_is_no_way_in(self, users: Users) -> None:
        nobody = Identity("https://sso.example", "43", "Max", None)
        assert users.signed_on(nobody, None) is None
        assert users.all() == []
        users.signed_on(self.WHO, None)
        gone = Identity("https://sso.example", "42", "Zoé Roy", None)
        assert users.signed_on(gone, None) is None

    def test_such_an_account_has_no_password(self, users: Users) -> None:
        visitor = users.signed_on(self.WHO, None)
        assert visitor
        assert users.verify(visitor.name, "") is None
        with pytest.raises(NoPassword):
            users.set_password(visitor.name, PASSWORD, by="x")

    @pytest.mark.parametrize("name", ["", "<>", "!", "日本", "a" * 500, "  "])
    def test_any_name_becomes_one(self, users: Users, name: str) -> None:
        for subject in ("1", "2"):
            assert users.signed_on(Identity("i", subject, name, None), Role.READER)
        assert len({user.name for user in users.all()}) == 2


class TestSessions:
    def test_a_token_is_known_to_one_browser_only(self, users: Users, store: Store) -> None:
        ada = users.add("ada", PASSWORD, Role.ADMIN, by="x")
        token = sessions(store).start(ada)
        found = sessions(store).user_of(token)
        assert found
        assert found.name == "ada"
        assert found.signed_in_at
        assert sessions(store).user_of(token + "x") is None
        assert sessions(store).user_of("\udc80") is None
        with store.reading() as connection:
            kept = connection.execute(text("SELECT token_digest FROM sessions")).scalar_one()
        assert token not in kept

    def test_signing_out_ends_one_session(self, users: Users, store: Store) -> None:
        ada = users.add("ada", PASSWORD, Role.ADMIN, by="x")
        first, second = sessions(store).start(ada), sessions(store).start(ada)
        sessions(store).end(first)
        assert sessions(store).user_of(first) is None
        assert sessions(store).user_of(second)

    @pytest.mark.parametrize("column", ["seen_at", "created_at"])
    def test_a_session_ends_by_itself(self, users: Users, store: Store, column: str) -> None:
        ada = users.add("ada", PASSWORD, Role.ADMIN, by="x")
        token = sessions(store).start(ada)
        with store.writing() as connection:
            connection.execute(text(f"UPDATE sessions SET {column} = '2020-01-01 00:00:00.000000'"))
        assert sessions(store, idle=10**9 if column == "created_at" else 60).user_of(token) is None
        sessions(store).start(ada)
        with store.reading() as connection:
            assert connection.execute(text("SELECT count(*) FROM sessions")).scalar_one() == 1

    def test_use_keeps_a_session_alive(self, users: Users, store: Store) -> None:
        ada = users.add("ada", PASSWORD, Role.ADMIN, by="x")
        token = sessions(store).start(ada)
        earlier = datetime.now(UTC) - timedelta(minutes=50)
        with store.writing() as connection:
            connection.execute(text("UPDATE sessions SET seen_at = :at"), {"at": str(earlier)[:26]})
        assert sessions(store, idle=3600).user_of(token)
        assert sessions(store, idle=600).user_of(token)

    def test_a_new_password_or_no_account_ends_all(self, users: Users, store: Store) -> None:
        users.add("boss", PASSWORD, Role.ADMIN, by="x")
        ada = users.add("ada", PASSWORD, Role.READER, by="x")
        token = sessions(store).start(ada)
        users.set_password("ada", OTHER, by="ada")
        assert sessions(store).user_of(token) is None
        token = sessions(store).start(ada)
        users.remove("ada", by="boss")
        assert sessions(store).user_of(token) is None

    def test_a_role_counts_from_the_next_request_on(self, users: Users, store: Store) -> None:
        ada = users.add("ada", PASSWORD, Role.READER, by="x")
        token = sessions(store).start(ada)
        users.set_role("ada", Role.STAFF, by="x")
        found = sessions(store).user_of(token)
        assert found
        assert found.role is Role.STAFF


class TestAttempts:
    def fail(self, store: Store, name: str, address: str, times: int) -> None:
        for _ in range(times):
            Audit(store).record("", Action.SIGN_IN_FAILED, name, "password", address)

    def test_a_name_is_closed_for_a_while(self, store: Store) -> None:
        attempts = Attempts(store, Limits(of_name=3, from_address=100))
        self.fail(store, "ada", "10.0.0.1", 2)
        assert not attempts.wait("ada", "10.0.0.9")
        self.fail(store, "ada", "10.0.0.2", 1)
        wait = attempts.wait("Ada", "10.0.0.9")
        assert timedelta(minutes=14) < wait <= timedelta(minutes=15)
        assert not attempts.wait("bob", "10.0.0.9")

    def test_so_is_an_address(self, store: Store) -> None:
        attempts = Attempts(store, Limits(of_name=100, from_address=5))
        for name in "abcde":
            self.fail(store, name, "10.0.0.1", 1)
        assert attempts.wait("f", "10.0.0.1")
        assert not attempts.wait("f", "10.0.0.2")

    def test_success_forgives_the_name_but_not_the_address(self, store: Store) -> None:
        attempts = Attempts(store, Limits(of_name=2, from_address=2))
        self.fail(store, "ada", "10.0.0.1", 2)
        Audit(store).record("ada", Action.SIGNED_IN, "ada", "password", "10.0.0.1")
        assert not attempts.wait("ada", "10.0.0.2")
        assert attempts.wait("ada", "10.0.0.1")

    def test_failures_are_forgotten(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fail(store, "ada", "10.0.0.1", 50)
        monkeypatch.setattr("vectorstore.accounts.attempts.WINDOW", timedelta(0))
        assert not Attempts(store).wait("ada", "10.0.0.1")


class TestAudit:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit SET who = 'eve'",
            "DELETE FROM audit",
            "INSERT OR REPLACE INTO audit SELECT id, at, 'eve', action, target, detail, address"
            " FROM audit",
            "UPDATE OR REPLACE audit SET id = id + 1",
        ],
    )
    def test_it_only_grows(self, store: Store, statement: str) -> None:
        Audit(store).record("ada", Action.REPORT_ADDED, "oslo", "Mission à Oslo")
        before = Audit(store).entries()
        with pytest.raises(DatabaseError, match="only grows"), store.writing() as connection:
            connection.execute(text(statement))
        assert Audit(store).entries() == before

    def test_nor_by_another_program(self, store: Store) -> None:
        Audit(store).record("ada", Action.REPORT_ADDED, "oslo")
        with (
            sqlite3.connect(store.folder.catalogue) as connection,
            pytest.raises(sqlite3.DatabaseError, match="only grows"),
        ):
            connection.execute("DELETE FROM audit")

    def test_pages_and_days(self, store: Store) -> None:
        for number in range(5):
            Audit(store).record("ada", Action.REPORT_ADDED, str(number))
        found = Audit(store)
        first = found.entries(limit=2)
        assert [entry.target for entry in first] == ["4", "3"]
        assert [e.target for e in found.entries(before_id=first[-1].id)] == ["2", "1", "0"]
        assert found.entries(since=datetime.now(UTC) + timedelta(seconds=1)) == []
        assert found.count() == 5

    def test_what_it_holds_is_one_short_line(self, store: Store) -> None:
        Audit(store).record("a\x00b", Action.SIGN_IN_FAILED, "x\r\ny" + "z" * 10_000, "\x1b[31m")
        entry = Audit(store).entries()[0]
        assert (entry.who, entry.detail) == ("a b", "[31m")
        assert entry.target.startswith("x y")
        assert len(entry.target) == 300

    def test_the_shell_user_is_nobodys_account(self, users: Users) -> None:
        with pytest.raises(InvalidName):
            users.add(audit.shell_user(), PASSWORD, Role.READER, by="x")

    @given(st.lists(st.text(), min_size=5, max_size=5))
    def test_no_cell_of_the_csv_is_a_formula(self, cells: list[str]) -> None:
        entry = AuditEntry(1, datetime.now(UTC), *cells)
        read = list(csv.reader(io.StringIO("".join(as_csv([entry])), newline="")))
        assert len(read) == 2
        assert len(read[1]) == 7
        for cell, given_cell in zip(read[1][2:], cells, strict=True):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert cell in (given_cell, "'" + given_cell)


class TestUsage:
    def usage(self, store: Store, *, stores_questions: bool, days: int = 10) -> Usage:
        return Usage(store, stores_questions=stores_questions, kept=timedelta(days=days))

    def raw(self, store: Store) -> bytes:
        with store.reading() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return store.folder.catalogue.read_bytes()

    def test_a_question_is_counted_and_never_written(self, store: Store) -> None:
        usage = self.usage(store, stores_questions=False)
        usage.asked("Une question SECRÈTE", "fr", abstained=True)
        usage.asked("Une question SECRÈTE", "fr", abstained=False)
        usage.rated(Rating.DOWN, "faux", "Une question SECRÈTE")
        usage.checked()
        counts = {count.measure: count.count for count in usage.counts(date(2000, 1, 1))}
        assert counts == {
            Measure.QUESTIONS: 2,
            Measure.ABSTENTIONS: 1,
            Measure.CHECKS: 1,
            Measure.UNHELPFUL: 1,
        }
        assert usage.unanswered() == []
        assert usage.feedback()[0].question is None
        assert usage.feedback()[0].comment == "faux"
        assert "SECRÈTE".encode() not in self.raw(store)

    def test_where_the_setting_says_so_it_is_kept_for_a_while(self, store: Store) -> None:
        usage = self.usage(store, stores_questions=True)
        usage.asked("Première ?", "fr", abstained=True)
        usage.asked("Deuxième ?", "fr", abstained=False)
        usage.rated(Rating.UP, question="Deuxième ?")
        assert [question.text for question in usage.unanswered()] == ["Première ?"]
        assert usage.feedback()[0].question == "Deuxième ?"
        self.usage(store, stores_questions=True, days=0).forget_old_questions()
        assert usage.unanswered() == []
        assert usage.feedback()[0].question is None
        assert usage.feedback()[0].rating is Rating.UP

    def test_questions_go_once_they_are_no_longer_stored(self, store: Store) -> None:
        self.usage(store, stores_questions=True).asked("Hier ?", "fr", abstained=True)
        usage = self.usage(store, stores_questions=False)
        usage.forget_old_questions()
        assert usage.unanswered() == []


def test_an_older_folder_gets_the_tables(data_dir: Path) -> None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine

    from vectorstore.database import MIGRATIONS

    data_dir.mkdir()
    engine = create_engine(f"sqlite:///{data_dir / 'catalogue.sqlite'}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    with Store.open(data_dir) as store:
        assert Users(store).all() == []
        with store.reading() as connection:
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        assert found == HEAD
