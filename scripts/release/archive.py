"""archive.py FOLDER ARCHIVE: packs a folder as .tar.gz or .zip. The same files give the same bytes: names are sorted, owners
are left out, and every time is SOURCE_DATE_EPOCH."""

import gzip
import os
import sys
import tarfile
import time
import zipfile
from pathlib import Path

MOMENT = int(os.environ["SOURCE_DATE_EPOCH"])


def mode(path: Path) -> int:
    return 0o755 if os.access(path, os.X_OK) else 0o644


def pack_tar(archive: str, files: list[tuple[str, Path]]) -> None:
    # The header of gzip would have a name and a time.
    with open(archive, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as zipped:
        with tarfile.open(fileobj=zipped, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            for name, path in files:
                entry = tarfile.TarInfo(name)
                entry.size, entry.mtime, entry.mode = path.stat().st_size, MOMENT, mode(path)
                with path.open("rb") as content:
                    tar.addfile(entry, content)


def pack_zip(archive: str, files: list[tuple[str, Path]]) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, path in files:
            entry = zipfile.ZipInfo(name, time.gmtime(MOMENT)[:6])
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, mode(path) << 16
            packed.writestr(entry, path.read_bytes())


folder, archive = Path(sys.argv[1]), sys.argv[2]
found = sorted(path for path in folder.rglob("*") if path.is_file())
files = [(f"{folder.name}/{path.relative_to(folder).as_posix()}", path) for path in found]
(pack_zip if archive.endswith(".zip") else pack_tar)(archive, files)
