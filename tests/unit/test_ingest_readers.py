import importlib
from pathlib import Path

import pytest

from ingest.errors import UnsupportedFile, printable_name
from ingest.media_type import MediaType
from ingest.readers import READERS, reader_for
from ingest.settings import IngestSettings


@pytest.mark.parametrize("media_type", READERS)
def test_every_registered_reader_can_be_made(media_type: str):
    reader = reader_for(media_type, Path("x"), IngestSettings())
    assert callable(reader.read)


def test_registry_knows_only_real_media_types():
    assert set(READERS) <= {media_type.value for media_type in MediaType}
    for target in READERS.values():
        importlib.import_module(target.partition(":")[0])


def test_unknown_type_names_the_file_and_what_can_be_read():
    with pytest.raises(UnsupportedFile, match=r"photo\.heic.*image/heic.*text/plain"):
        reader_for("image/heic", Path("photo.heic"), IngestSettings())


def test_names_of_any_bytes_are_shown_on_one_line():
    assert printable_name(Path("a\nb\udce9.pdf")) == "a\ufffdb\ufffd.pdf"
    assert printable_name(Path("été « 1 ».pdf")) == "été « 1 ».pdf"
