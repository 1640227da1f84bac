"""The data root: five verbs over keys, and the only code that knows where the bytes are.

`create` is atomic and exclusive, so two processes that claim the same key see one winner;
everything that must never happen twice (a delivery, an edition's revision, a landed run) is a
`create`. The verbs are those of an object store with conditional puts; a key is a relative POSIX
path.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

_TEMPORARY = ".tmp-"


class AlreadyExists(Exception):
    """`create` lost: somebody wrote this key before. The object in place is untouched."""


class Storage:
    """Objects under one root folder.

    Args:
        root: local folder; made on the first write.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, key: str) -> bytes:
        """Return the object's bytes.

        Raises:
            FileNotFoundError: no object has this key.
        """
        return self._path(key).read_bytes()

    def local(self, key: str) -> Path:
        """Return a local, read-only file with the object's bytes, for readers that need a path.

        Raises:
            FileNotFoundError: no object has this key.
        """
        path = self._path(key)
        if not path.is_file():
            raise FileNotFoundError(key)
        return path

    def exists(self, key: str) -> bool:
        """Tell whether an object has this key."""
        return self._path(key).is_file()

    def create(self, key: str, data: bytes | Path) -> None:
        """Write a new object; complete and durable when this returns, absent if it is killed.

        Args:
            key: where.
            data: the bytes, or a local file whose bytes are copied.

        Raises:
            AlreadyExists: the key is taken.
        """
        path = self._path(key)
        temporary = self._write_beside(path, data)
        try:
            os.link(temporary, path)  # fails when the name is taken: the atomic claim
        except FileExistsError:
            raise AlreadyExists(key) from None
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(path.parent)

    def replace(self, key: str, data: bytes | Path) -> None:
        """Write an object in place of whatever the key held; readers see the old or the new."""
        path = self._path(key)
        os.replace(self._write_beside(path, data), path)
        _sync_folder(path.parent)

    def list(self, prefix: str = "") -> Iterator[str]:
        """Yield the keys that start with `prefix`, in order.

        Args:
            prefix: a folder ending in `/`, or empty for all.
        """
        folder = self._path(prefix) if prefix else self._root
        if not folder.is_dir():
            return
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith(_TEMPORARY):
                yield path.relative_to(self._root).as_posix()

    def delete(self, key: str) -> None:
        """Remove an object; removing what is not there is fine."""
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        path = (self._root / key).resolve()
        if not path.is_relative_to(self._root.resolve()):
            raise ValueError(f"the key {key!r} leaves the data root")
        return path

    def _write_beside(self, path: Path, data: bytes | Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{_TEMPORARY}{uuid.uuid4().hex}")
        with temporary.open("wb") as target:
            if isinstance(data, Path):
                with data.open("rb") as origin:
                    shutil.copyfileobj(origin, target, 1 << 20)
            else:
                target.write(data)
            target.flush()
            os.fsync(target.fileno())
        return temporary


def _sync_folder(folder: Path) -> None:
    # A rename or link is durable only once the folder itself is on disk.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
