"""Tesseract, run as a program: an image in, words with boxes out."""

import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

_ENVIRONMENT: Final = {"OMP_THREAD_LIMIT": "1"}  # measured: 1.6 s a page; 64 s with two threads
_SECONDS = 300
_NUMBER = r"(-?[\d.]+)"
_BOX = re.compile(r"bbox (\d+) (\d+) (\d+) (\d+)")
_BASELINE = re.compile(rf"baseline {_NUMBER} {_NUMBER}")
_SIZE = re.compile(rf"x_size {_NUMBER}")
_CONFIDENCE = re.compile(r"x_wconf (\d+)")
_ROTATE = re.compile(r"^Rotate: (\d+)", re.MULTILINE)
_INSTALL: Final = {
    "linux": "sudo apt install tesseract-ocr tesseract-ocr-fra",
    "darwin": "brew install tesseract tesseract-lang",
    "win32": "winget install UB-Mannheim.TesseractOCR",
}


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A recognised word: its box, its line's baseline and height, in pixels; its confidence."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    baseline: float
    height: float
    confidence: int


def install_command() -> str:
    """The one line that installs Tesseract with French on this system."""
    return _INSTALL.get(sys.platform, _INSTALL["linux"])


@cache
def languages(wanted: str) -> str:
    """Those of the wanted languages ("fra+eng") that are installed; "" without Tesseract."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    listed = subprocess.run(  # noqa: S603
        [program, "--list-langs"], capture_output=True, text=True, timeout=60, check=False
    )
    installed = set(listed.stdout.split())
    return "+".join(each for each in wanted.split("+") if each in installed)


def words(image: Any, dpi: int, wanted: str) -> list[SeenWord]:  # noqa: ANN401  (a Pillow image)
    """The words of an image of a page, in Tesseract's reading order.

    Raises:
        OSError: Tesseract failed.
    """
    hocr = _run(image, "-l", languages(wanted), "--dpi", str(dpi), "--psm", "3", "hocr")
    return list(_parse(hocr))


def quarter_turns(image: Any) -> int:  # noqa: ANN401
    """By how many degrees clockwise the image must be turned to stand upright: 0, 90, 180, 270."""
    try:
        report = _run(image, "--psm", "0", "-l", "osd").decode("utf-8", "replace")
    except OSError:  # too few characters to tell
        return 0
    found = _ROTATE.search(report)
    return int(found[1]) % 360 if found else 0


def _run(image: Any, *options: str) -> bytes:  # noqa: ANN401
    program = shutil.which("tesseract")
    if program is None:
        raise OSError("tesseract is not installed")
    buffer = io.BytesIO()
    image.save(buffer, "PPM")
    try:
        done = subprocess.run(  # noqa: S603
            [program, "stdin", "stdout", *options],
            input=buffer.getvalue(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={**os.environ, **_ENVIRONMENT},
        )
    except subprocess.TimeoutExpired as error:
        raise OSError(f"tesseract took more than {_SECONDS} s") from error
    if done.returncode != 0:
        raise OSError(done.stderr.decode("utf-8", "replace")[-500:])
    return done.stdout


def _parse(hocr: bytes) -> list[SeenWord]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(hocr, parser)
    found: list[SeenWord] = []
    for line in root.iter("{*}span"):
        if line.get("class") not in ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"):
            continue
        title = line.get("title") or ""
        left, _, _, bottom = _box(title)
        slope, offset = _pair(_BASELINE.search(title))
        size = _SIZE.search(title)
        for word in line.iter("{*}span"):
            text = "".join(word.itertext()).strip()
            if word.get("class") != "ocrx_word" or not text:
                continue
            box = _box(word.get("title") or "")
            middle = (box[0] + box[2]) / 2 - left
            confidence = _CONFIDENCE.search(word.get("title") or "")
            found.append(
                SeenWord(
                    text,
                    *box,
                    baseline=bottom + offset + slope * middle,
                    height=float(size[1]) if size else box[3] - box[1],
                    confidence=int(confidence[1]) if confidence else 0,
                )
            )
    return found


def _box(title: str) -> tuple[int, int, int, int]:
    found = _BOX.search(title)
    if found is None:
        return 0, 0, 0, 0
    x0, top, x1, bottom = (int(number) for number in found.groups())
    return x0, top, x1, bottom


def _pair(found: re.Match[str] | None) -> tuple[float, float]:
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)
