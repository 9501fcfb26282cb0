"""Keeping snapshots: rendered, checked, written once, and recorded in the journal with the hash of each file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from iw_monitor.errors import InputError, ReportError, StoreError
from iw_monitor.model.snapshot import Format, KeptFile, KeptSnapshot, Marking, SnapshotRecord
from iw_monitor.publish.files import remove, write_once
from iw_monitor.publish.report.content import Snapshot
from iw_monitor.publish.report.rendering import rendered
from iw_monitor.service.site import Site
from iw_monitor.store.engine import read_url, sqlite_file
from iw_monitor.store.place import default_file
from iw_monitor.store.snapshots import SnapshotStore

EVERY_FORMAT = tuple(Format)


def keep(site: Site, snapshot: Snapshot, *, formats: Iterable[Format], folder: Path) -> KeptSnapshot:
    """Write a snapshot's files and record it: both or neither.

    Raises:
        ReportError: it breaks the rules of estimative language, or a file cannot be made or is there already.
        StoreError: the journal cannot be written.
        OSError: the folder cannot be written.
    """
    made = rendered(snapshot, formats)
    names = {form: f"{snapshot.name}.{form.ending}" for form in made}
    written = write_once(folder, {names[form]: content for form, content in made.items()})
    record = SnapshotRecord(
        report=snapshot.report,
        layout=snapshot.layout,
        as_of=snapshot.at.as_of,
        known=snapshot.at.known,
        marking=snapshot.marking,
        standing=snapshot.standing,
        content_hash=snapshot.content_hash,
        position=snapshot.position,
        level=snapshot.at.headline.level,
        word=snapshot.at.headline.word,
        due_at=snapshot.due_at,
        late_by=snapshot.late_by,
        folder=str(folder.resolve()),
        files=tuple(_file(names[form], form, content) for form, content in made.items()),
    )
    try:
        return SnapshotStore(site.journal).keep(
            record,
            pack=snapshot.at.pack,
            pack_hash=snapshot.at.pack_hash,
            author=snapshot.author,
            via=snapshot.via,
        )
    except (StoreError, InputError):
        remove(written)
        raise


def _file(name: str, form: Format, content: bytes) -> KeptFile:
    return KeptFile(name=name, format=form, hash=hashlib.sha256(content).hexdigest(), size=len(content))


def kept(site: Site) -> tuple[KeptSnapshot, ...]:
    """Return the snapshots that the journal knows of, newest first."""
    return SnapshotStore(site.journal).all(site.pack.id)


def read_kept(snapshot: KeptSnapshot, form: Format) -> bytes:
    """Return a file of a kept snapshot, after seeing that it is the one that was written.

    Raises:
        ReportError: there is no such file any more, or it was changed.
    """
    file = snapshot.by_format.get(form)
    if file is None:
        raise ReportError(f"This snapshot was not made as {form.value}.")
    path = Path(snapshot.record.folder) / file.name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReportError(f"{path} cannot be read: {error.strerror or error}.") from error
    if hashlib.sha256(content).hexdigest() != file.hash:
        raise ReportError(f"{path} is not what was written: its hash does not fit. Restore it from a backup.")
    return content


def refuse_above(marking: Marking, ceiling: Marking, target: str) -> None:
    """Refuse to give a marking to a target that may have less (the export filter).

    Raises:
        ReportError: the marking is above the ceiling.
    """
    if not ceiling.allows(marking):
        raise ReportError(f"{marking.value} may not go to {target}, which is let have up to {ceiling.value}.")


def reports_folder(site: Site) -> Path:
    """Return where a site's reports are kept unless another place is named: beside its journal."""
    file = sqlite_file(read_url(site.journal.url)) or default_file()
    return file.parent / "reports"
