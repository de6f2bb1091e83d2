"""Versions, the bin, purges and descriptions, on the real SQLite and Chroma."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.builders import content, source_of
from vectorstore.description import Description, MetadataField
from vectorstore.errors import UnknownPassage, UnknownReport, UnknownVersion
from vectorstore.index import Index
from vectorstore.likeness import LookAlikeKind
from vectorstore.models import ReportMetadata, ReportState, Span, VersionContent
from vectorstore.settings import VectorstoreSettings
from vectorstore.store import Store

FIRST = content({"Oslo": ["Le budget du déneigement est de 40 M$."]}, title="Oslo, première")
SECOND = content({"Oslo": ["Le budget du déneigement passe à 55 M$."]}, title="Oslo, seconde")
LIMA = content({"Lima": ["Douze succursales de bibliothèque."]}, title="Lima", city="Lima")


@pytest.fixture
def store(data_dir: Path, tiny_settings: VectorstoreSettings, tmp_path: Path) -> Iterator[Store]:
    with Store.open(data_dir, tiny_settings) as opened:
        for report_id, made in (("oslo", FIRST), ("oslo", SECOND), ("lima", LIMA)):
            publish(opened, report_id, made, tmp_path)
        yield opened


def publish(store: Store, report_id: str, made: VersionContent, folder: Path) -> None:
    store.publish(report_id, made, source=source_of(made, folder), added_by="anne")


def found(store: Store, query: str = "budget du déneigement") -> str:
    return " ".join(hit.passage.text for hit in Index(store).search(query, k=10))


class TestVersions:
    def test_superseded_ones_are_kept_and_never_answer(self, store: Store) -> None:
        second, first = store.versions("oslo")
        assert (first.version, second.version) == (FIRST.version, SECOND.version)
        assert (first.is_current, second.is_current) == (False, True)
        assert first.added_by == "anne"
        assert first.metadata.title == "Oslo, première"
        assert "40 M$" not in found(store)
        assert "40 M$" in store.version_text(FIRST.version)
        assert store.verbatim(FIRST.version, Span(0, 4)) == "Oslo"
        assert store.source_path(FIRST.version).read_bytes() == FIRST.text.encode()
        assert store.check() == []

    def test_an_older_one_comes_back_without_embedding(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        passages = store.passages("oslo")
        monkeypatch.setattr("vectorstore.store.embed", None)
        report = store.restore("oslo", FIRST.version)
        assert (report.version, report.title) == (FIRST.version, "Oslo, première")
        assert "40 M$" in found(store)
        assert "55 M$" not in found(store)
        assert store.check() == []
        store.restore("oslo", SECOND.version)
        assert store.passages("oslo") == passages
        assert store.restore("oslo", SECOND.version).version == SECOND.version
        assert store.check() == []

    def test_unknown_ones(self, store: Store) -> None:
        with pytest.raises(UnknownVersion):
            store.restore("oslo", LIMA.version)
        for call in (store.versions, store.restore, store.remove, store.purge):
            with pytest.raises(UnknownReport):
                call("rome")  # type: ignore[operator]

    def test_a_file_read_anew_keeps_when_and_by_whom_it_was_added(
        self, store: Store, tmp_path: Path
    ) -> None:
        [before] = store.versions("lima")
        again = replace(
            content({"Lima": ["Douze", "succursales de bibliothèque."]}),
            version=LIMA.version,
            reader_revision=7,
        )
        store.publish("lima", again, source=source_of(LIMA, tmp_path), added_by="bob")
        [after] = store.versions("lima")
        assert (after.added_at, after.added_by) == (before.added_at, "anne")
        assert (after.reader_revision, after.passage_count) == (7, 2)
        assert store.check() == []


class TestBin:
    def test_a_removed_report_is_out_of_sight_and_comes_back_whole(self, store: Store) -> None:
        report, passages = store.report("oslo"), store.passages("oslo")
        store.remove("oslo")
        assert [other.id for other in store.reports()] == ["lima"]
        assert "M$" not in found(store)
        for call in (lambda: store.report("oslo"), lambda: store.passages("oslo")):
            with pytest.raises(UnknownReport):
                call()
        for version in (FIRST.version, SECOND.version):
            assert store.verbatim(version, Span(0, 4)) is None
            with pytest.raises(UnknownPassage):
                store.version_text(version)
        with pytest.raises(UnknownPassage):
            store.passage(passages[0].id)
        [removed] = store.removed_reports()
        assert (removed.state, removed.id) == (ReportState.REMOVED, "oslo")
        assert removed.removed_at is not None
        assert [version.is_current for version in store.versions("oslo")] == [True, False]
        assert store.check() == []
        store.remove("oslo")
        assert store.restore("oslo") == report
        assert store.passages("oslo") == passages
        assert "55 M$" in found(store)
        assert store.removed_reports() == []
        assert store.check() == []

    def test_a_version_of_a_removed_report_brings_it_back(self, store: Store) -> None:
        store.remove("oslo")
        assert store.restore("oslo", FIRST.version).version == FIRST.version
        assert "40 M$" in found(store)
        assert store.check() == []

    def test_what_is_there_too_long_is_purged_at_the_next_start(
        self, data_dir: Path, tiny_settings: VectorstoreSettings, tmp_path: Path
    ) -> None:
        with Store.open(data_dir, tiny_settings) as opened:
            for report_id, made in (("oslo", FIRST), ("lima", LIMA)):
                publish(opened, report_id, made, tmp_path)
                opened.remove(report_id)
            assert opened.purge_expired() == []
            long_ago = datetime.now(UTC) - timedelta(days=30, minutes=1)
            with opened.writing() as connection:
                connection.execute(
                    text("UPDATE reports SET removed_at = :moment WHERE id = 'oslo'"),
                    {"moment": long_ago.replace(tzinfo=None).isoformat(sep=" ")},
                )
        with Store.open(data_dir, tiny_settings) as opened:
            assert [report.id for report in opened.removed_reports()] == ["lima"]
            assert not opened.source_path(FIRST.version).exists()


class TestDescription:
    def test_edited_fields_survive_other_versions(self, store: Store) -> None:
        edited = replace(store.report("oslo").metadata, title="Titre choisi", language="en")
        fields = frozenset({MetadataField.TITLE})
        report = store.describe("oslo", Description(edited, fields))
        assert (report.title, report.edited) == ("Titre choisi", ("title",))
        restored = store.restore("oslo", FIRST.version)
        assert (restored.title, restored.metadata.language) == ("Titre choisi", "fr")
        assert store.check() == []

    def test_titles_and_places_are_searched_as_edited(self, store: Store) -> None:
        with store.reading() as connection:
            headings = "SELECT group_concat(headings) FROM passages_fts"
            assert "zanzibar" not in connection.execute(text(headings)).scalar_one()
        store.describe("oslo", Description(ReportMetadata(title="Zanzibar")))
        with store.reading() as connection:
            assert "zanzibar" in connection.execute(text(headings)).scalar_one()

    def test_a_report_in_the_bin_is_not_described(self, store: Store) -> None:
        store.remove("oslo")
        with pytest.raises(UnknownReport):
            store.describe("oslo", Description(ReportMetadata(title="x")))


class TestPurge:
    SECRET = "Zyxwvut"

    @pytest.mark.parametrize("is_removed", [False, True])
    def test_no_byte_of_the_text_is_left(
        self, store: Store, tmp_path: Path, data_dir: Path, is_removed: bool
    ) -> None:
        # Enough text for several pages of every tree, before and after the secret.
        long = [f"Le projet {n} du port {n * 7919} coûte {n} M$ à la ville." * 3 for n in range(80)]
        secret = content({self.SECRET: [*long, f"Le nom secret est {self.SECRET} partout.", *long]})
        publish(store, "secret", secret, tmp_path)
        changed = content({self.SECRET: [*long, f"Un autre {self.SECRET} ici."]})
        publish(store, "secret", changed, tmp_path)
        publish(store, "oslo", FIRST, tmp_path)
        assert left(data_dir, self.SECRET)
        if is_removed:
            store.remove("secret")
        store.purge("secret")
        assert left(data_dir, self.SECRET) == []
        assert left(data_dir, secret.version) == []
        assert left(data_dir, "secret:") == []
        for made in (secret, changed):
            assert not store.source_path(made.version).exists()
        with pytest.raises(UnknownReport):
            store.versions("secret")
        assert "40 M$" in found(store)
        assert store.check() == []

    def test_a_file_that_another_report_has_too_stays(self, store: Store, tmp_path: Path) -> None:
        publish(store, "twin", LIMA, tmp_path)
        store.purge("twin")
        assert store.source_path(LIMA.version).exists()
        assert "succursales" in found(store, "succursales")
        assert store.check() == []

    def test_a_killed_purge_is_finished_by_the_next_start(
        self,
        data_dir: Path,
        tiny_settings: VectorstoreSettings,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def killed(_: object) -> None:
            raise KeyboardInterrupt

        secret = content({"Oslo": [f"Le nom secret est {self.SECRET}."]})
        with Store.open(data_dir, tiny_settings) as opened:
            publish(opened, "secret", secret, tmp_path)
            publish(opened, "oslo", FIRST, tmp_path)
            monkeypatch.setattr("vectorstore.purging.Purge.finish", killed)
            with pytest.raises(KeyboardInterrupt):
                opened.purge("secret")
            monkeypatch.undo()
        assert left(data_dir, self.SECRET)
        with Store.open(data_dir, tiny_settings) as opened:
            assert left(data_dir, self.SECRET) == []
            assert [report.id for report in opened.reports()] == ["oslo"]
            assert opened.check() == []


def left(folder: Path, secret: str) -> list[Path]:
    """The files of a folder whose bytes, or name, hold a text, in whatever case and encoding."""
    wanted = {
        form.encode(encoding)
        for form in (secret, secret.lower(), secret.upper())
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    }
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [
        path
        for path in files
        if secret in path.name or any(form in path.read_bytes() for form in wanted)
    ]


class TestLookAlikes:
    def test_the_same_bytes_are_found_in_library_bin_and_history(
        self, store: Store, tmp_path: Path
    ) -> None:
        [old] = store.same_bytes(FIRST.version)
        assert (old.report.id, old.is_superseded) == ("oslo", True)
        store.remove("lima")
        [removed] = store.same_bytes(LIMA.version)
        assert (removed.report.state, removed.is_superseded) == (ReportState.REMOVED, False)
        publish(store, "lima-2", LIMA, tmp_path)
        assert [found.report.id for found in store.same_bytes(LIMA.version)] == ["lima-2", "lima"]

    def test_the_same_and_nearly_the_same_text(self, store: Store, tmp_path: Path) -> None:
        words = [f"mot{n}" for n in range(600)]
        long = content({"Titre": [" ".join(words)]})
        publish(store, "long", long, tmp_path)
        laid_out = " \n".join(["TITRE", *words[:300]]) + " —\t" + "\u00a0".join(words[300:])
        [same] = store.same_text(laid_out)
        assert (same.report.id, same.kind, same.likeness) == ("long", LookAlikeKind.SAME_TEXT, 1.0)
        for changed, expected in ((2, ["long"]), (5, ["long"]), (30, [])):
            altered = [
                f"autre{n}" if n < changed * 20 and n % 20 == 0 else w for n, w in enumerate(words)
            ]
            near = store.same_text(" ".join(["Titre", *altered]))
            assert [item.report.id for item in near] == expected, changed
            assert all(item.kind is LookAlikeKind.NEAR_TEXT for item in near)
            assert all(0.95 <= item.likeness < 1 for item in near)
        store.remove("long")
        assert store.same_text(laid_out) == []

    def test_the_same_mission(self, store: Store) -> None:
        wanted = FIRST.metadata
        assert [item.report.id for item in store.same_mission(wanted)] == ["oslo"]
        assert store.same_mission(replace(wanted, year=2019)) == []

    def test_versions_of_an_older_folder_get_their_signature(
        self, data_dir: Path, tiny_settings: VectorstoreSettings, tmp_path: Path
    ) -> None:
        with Store.open(data_dir, tiny_settings) as opened:
            publish(opened, "oslo", FIRST, tmp_path)
        with closing(sqlite3.connect(data_dir / "catalogue.sqlite")) as connection, connection:
            connection.execute("UPDATE versions SET signature = NULL, text_digest = NULL")
        with Store.open(data_dir, tiny_settings) as opened:
            [same] = opened.same_text(FIRST.text.upper())
            assert same.kind is LookAlikeKind.SAME_TEXT


def test_an_older_folder_is_migrated_with_all_it_holds(
    data_dir: Path, tiny_settings: VectorstoreSettings, tmp_path: Path
) -> None:
    """What an Escale before the library wrote: the same folder without the new columns."""
    with Store.open(data_dir, tiny_settings) as opened:
        publish(opened, "oslo", FIRST, tmp_path)
        passages = opened.passages("oslo")
    with closing(sqlite3.connect(data_dir / "catalogue.sqlite")) as connection, connection:
        connection.execute("DROP INDEX ix_versions_text_digest")
        for table in ("purges", "jobs", "uploads", "synced_files"):
            connection.execute(f"DROP TABLE {table}")
        for table, columns in {
            "reports": ("removed_at", "removed_version_id", "edited"),
            "versions": (
                "added_by",
                "reading",
                "reader_revision",
                "read_metadata",
                "text_digest",
                "signature",
            ),
        }.items():
            for column in columns:
                connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.execute("UPDATE alembic_version SET version_num = '0002'")
    with Store.open(data_dir, tiny_settings) as opened:
        assert opened.passages("oslo") == passages
        assert opened.report("oslo").metadata == FIRST.metadata
        opened.remove("oslo")
        assert opened.restore("oslo").metadata == FIRST.metadata
        assert opened.check() == []


def test_versions_stay_in_order_when_the_clock_is_set_back(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Past(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime(2001, 1, 1, tzinfo=tz)

    monkeypatch.setattr("vectorstore.history.datetime", Past)
    monkeypatch.setattr("vectorstore.upkeep.datetime", Past)
    changed = content({"Oslo": ["Le budget du déneigement passe à 77 M$."]})
    publish(store, "oslo", changed, tmp_path)
    versions = store.versions("oslo")
    assert versions[0].version == changed.version
    assert versions[0].is_current
    assert [version.added_at for version in versions] == sorted(
        (version.added_at for version in versions), reverse=True
    )
    store.remove("oslo")
    monkeypatch.undo()
    assert store.purge_expired() == []
    assert store.restore("oslo").version == changed.version
