"""How many pages of digital PDFs are parsed in a second, on one core.

    python -m tests.bench.parsing_speed [FOLDER]

Without a folder it renders fictitious reports. Times are CPU time of this process: reading the
file, the layout, the structure and the text with its places, without embedding. The first file is
read once before, and the dictionary (0.1 to 0.2 s) is loaded.
"""

import gc
import sys
import tempfile
import time
from pathlib import Path

from ingest.pdf.hyphens import is_known
from ingest.pdf.reading import read_pdf
from ingest.settings import IngestSettings
from tests.corpus.content import mission_report
from tests.corpus.html import LAYOUTS
from tests.corpus.pdf import by_reportlab, by_weasyprint


def rendered(folder: Path) -> list[Path]:
    """Reports in one and two columns, by two programs."""
    for seed, layout in enumerate(LAYOUTS):
        by_weasyprint(mission_report(seed, sections=8), layout, folder / f"{layout.name}.pdf")
    for columns in (1, 2):
        report = mission_report(50 + columns, sections=8)
        by_reportlab(report, folder / f"reportlab-{columns}.pdf", columns=columns)
    return sorted(folder.glob("*.pdf"))


def main() -> None:
    """Prints pages a second for each file and for all."""
    given = [Path(name) for name in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as folder:
        files = sorted(given[0].glob("*.pdf")) if given else rendered(Path(folder))
        settings = IngestSettings()
        read_pdf(files[0], settings)
        is_known("dictionnaire")
        gc.collect()
        gc.freeze()  # what rendering left in memory isn't the reader's
        pages, seconds = 0, 0.0
        for file in files:
            start = time.process_time()
            _, layout = read_pdf(file, settings)
            spent = time.process_time() - start
            pages, seconds = pages + len(layout.pages), seconds + spent
            print(f"{file.name:32} {len(layout.pages):4} pages {len(layout.pages) / spent:7.0f}/s")
        print(f"{'all':32} {pages:4} pages {pages / seconds:7.0f}/s")


if __name__ == "__main__":
    main()
