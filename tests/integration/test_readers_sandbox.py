"""Bad files end in a refusal that names them, never in a crash, a hang or a traceback."""

import os
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from ingest.errors import (
    DamagedFile,
    EncryptedFile,
    FileRefused,
    NoText,
    OcrMissing,
    ReadingCancelled,
    ReadingTooSlow,
    TooLargeUnpacked,
)
from ingest.exchange import Reading, dump, load
from ingest.media_type import MediaType, detect_media_type
from ingest.sandbox import read_file
from ingest.settings import IngestSettings
from tests.bench.fuzz_readers import fuzz
from tests.corpus.content import mission_report
from tests.corpus.pdf import by_reportlab

SETTINGS = IngestSettings()


@pytest.fixture(scope="module")
def report_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "rapport.pdf"
    by_reportlab(mission_report(1), path)
    return path


def test_a_file_is_read_with_progress(report_pdf: Path) -> None:
    steps: list[tuple[int, int]] = []
    reading = read_file(report_pdf, MediaType.PDF, SETTINGS, progress=lambda *s: steps.append(s))
    assert reading.layout is not None
    count = len(reading.layout.pages)
    assert steps == [(done, count) for done in range(1, count + 1)]
    assert reading.document.pages[-1].page == count


def test_what_was_read_comes_back_from_json(report_pdf: Path) -> None:
    reading = read_file(report_pdf, MediaType.PDF, SETTINGS)
    again = load(dump(reading))
    assert again == reading
    assert load(dump(Reading(reading.document))).layout is None
    with pytest.raises(ValueError, match="not a reading"):
        load("{}")


@pytest.mark.parametrize(
    "name",
    ["été à Québec.pdf", "l'« axe ».pdf", "two\nlines.pdf", "a" * 250 + ".pdf", "$(reboot).pdf"],
)
def test_any_name_will_do(report_pdf: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(report_pdf.read_bytes())
    assert read_file(path, MediaType.PDF, SETTINGS).document.blocks


def _encrypted(path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(100, 700, "Confidentiel")
    canvas.save()


def _blank(path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    canvas.showPage()
    canvas.save()


def _stream_bomb(path: Path) -> None:
    """A page whose content unpacks to two gigabytes of text operators."""
    chunk = b"BT /F1 12 Tf (x) Tj ET\n" * 50_000
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(chunk) for _ in range(2000)) + packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream",
    ]
    body = b"%PDF-1.4\n"
    for number, content in enumerate(objects, 1):
        body += b"%d 0 obj" % number + content + b"endobj\n"
    path.write_bytes(body + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF")


def _giant_image(path: Path) -> None:
    from PIL import Image

    Image.new("1", (30_000, 30_000)).save(path, "PNG")


def _image_named_pdf(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(500))


@pytest.mark.parametrize(
    ("make", "errors"),
    [
        (_encrypted, (EncryptedFile,)),
        (_blank, (NoText,)),
        (_image_named_pdf, (DamagedFile, OcrMissing)),
        (_giant_image, (TooLargeUnpacked,)),
        pytest.param(
            _stream_bomb,
            (TooLargeUnpacked, ReadingTooSlow, NoText, DamagedFile),
            marks=pytest.mark.slow,
        ),
    ],
)
def test_bad_files_are_refused(
    tmp_path: Path, make: object, errors: tuple[type[FileRefused], ...]
) -> None:
    path = tmp_path / "mauvais.pdf"
    make(path)  # type: ignore[operator]
    settings = SETTINGS.model_copy(update={"reading_seconds_per_page": 20})
    start = time.monotonic()
    with pytest.raises(errors) as caught:
        read_file(path, detect_media_type(path), settings)
    assert "mauvais.pdf" in str(caught.value)
    assert time.monotonic() - start < 60


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 0.9])
def test_truncated_files_are_refused_or_read_in_part(
    report_pdf: Path, tmp_path: Path, share: float
) -> None:
    path = tmp_path / "tronqué.pdf"
    data = report_pdf.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    with pytest.raises((DamagedFile, NoText)):
        read_file(path, MediaType.PDF, SETTINGS)


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    by_reportlab(mission_report(3, sections=200), path)
    pages: list[int] = []
    with pytest.raises(ReadingCancelled):
        read_file(
            path,
            MediaType.PDF,
            SETTINGS,
            progress=lambda done, _: pages.append(done),
            cancelled=lambda: len(pages) >= 2,
        )


def test_a_reading_that_stands_still_is_ended(tmp_path: Path) -> None:
    """A pipe that nobody writes to stands for a file that a reader never comes to the end of."""
    path = tmp_path / "pipe.md"
    os.mkfifo(path)
    settings = SETTINGS.model_copy(update={"reading_seconds_per_page": 5})
    start = time.monotonic()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.sandbox._START", 1.0)
        with pytest.raises(ReadingTooSlow):
            read_file(path, MediaType.MARKDOWN, settings)
    assert time.monotonic() - start < 20


def test_the_reading_process_ends_with_its_parent(tmp_path: Path) -> None:
    path = tmp_path / "pipe.md"
    os.mkfifo(path)
    program = (
        "from pathlib import Path; from ingest.sandbox import read_file; "
        "from ingest.settings import IngestSettings; "
        f"read_file(Path({str(path)!r}), 'text/markdown', IngestSettings())"
    )
    parent = subprocess.Popen([sys.executable, "-c", program])
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    if not children.exists():
        parent.kill()
        pytest.skip("needs /proc")
    deadline = time.monotonic() + 20
    while not children.read_text().split() and time.monotonic() < deadline:
        time.sleep(0.1)
    child = int(children.read_text().split()[0])
    time.sleep(1)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not Path(f"/proc/{child}").exists()


@pytest.mark.slow
def test_two_hundred_damaged_files(tmp_path: Path) -> None:
    outcome = fuzz(200, seed=20, folder=tmp_path)
    assert outcome.faults == []
    assert sum(outcome.ends.values()) == 200
    assert outcome.ends["read"] > 20
