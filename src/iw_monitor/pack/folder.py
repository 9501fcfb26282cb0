"""What lies in a pack's folder: which files are read, and which must not be."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from iw_monitor.errors import Finding
from iw_monitor.pack import codes
from iw_monitor.pack.node import Node
from iw_monitor.pack.yaml_file import MOST_BYTES, printable, read_yaml

PACK_FILE, METHOD_FILE, ARTICLE_FILE = "pack.yml", "method.yml", "article.yml"
ALERTS_FILE, SOURCES_FILE, REPORTS_FILE = "alerts.yml", "sources.yml", "reports.yml"
_FILES = (PACK_FILE, METHOD_FILE, ARTICLE_FILE, ALERTS_FILE, SOURCES_FILE, REPORTS_FILE)
INDICATORS, CASES, DATA = "indicators", "cases", "data"
MOST_FILES = 500
READ_LATER = frozenset({"README.md", "cases", "history", DATA})


@dataclass(frozen=True)
class Written:
    """Everything a pack's files say: the tree of each file that could be read, by its path in the pack."""

    folder: Path
    trees: dict[str, Node | None]  # None: there, but unreadable
    findings: tuple[Finding, ...]
    data: frozenset[str] = frozenset()  # the tables in the folder data/, by path; read when a source is collected

    def tree(self, name: str) -> Node:
        """Return what a file says; a node that is not there, if it could not be read."""
        return self.trees.get(name) or Node(file=shown(self.folder / name), line=0, there=False)

    @cached_property
    def indicators(self) -> dict[str, Node | None]:
        """Return the trees of the indicators' files, by the name of the file without its ending."""
        return self._in(INDICATORS)

    @cached_property
    def cases(self) -> dict[str, Node | None]:
        """Return the trees of the worked cases' files, by the name of the file without its ending."""
        return self._in(CASES)

    def _in(self, folder: str) -> dict[str, Node | None]:
        return {PurePosixPath(name).stem: one for name, one in self.trees.items() if name.startswith(f"{folder}/")}


def shown(path: Path) -> str:
    """Return a path as findings print it: as the user named it, always printable."""
    return printable(path.as_posix())


def read_folder(folder: Path, *, cases: bool = False) -> Written:
    """Read every file of a pack that this program knows; note every file that it cannot read or does not know.

    Worked cases are read only when they are asked for: the watch goes on without them.
    """
    top, problem = _names(folder)
    if problem:
        return Written(folder, {}, (codes.NO_FOLDER.in_file(shown(folder), problem),))
    findings = list(_top_findings(folder, top))
    names = [name for name in _FILES if name in top]
    for inner in [INDICATORS, *([CASES] if cases else [])]:
        if inner in top:
            found, more = _files_in(folder, inner)
            names, findings = names + found, findings + more
    trees: dict[str, Node | None] = {}
    for name in names:
        trees[name], wrong = _read(folder, name)
        findings.extend(wrong)
    return Written(folder, trees, tuple(findings), _data_in(folder) if DATA in top else frozenset())


def _data_in(folder: Path) -> frozenset[str]:
    listed, _ = ([], "") if _leads_out(folder, folder / DATA) else _names(folder / DATA)
    return frozenset(f"{DATA}/{name}" for name in listed if not _leads_out(folder, folder / DATA / name))


def _names(folder: Path) -> tuple[list[str], str]:
    """Return the names in a folder, or why there are none to be had."""
    try:
        return sorted(one.name for one in folder.iterdir()), ""
    except FileNotFoundError:
        return [], "the folder is not there"
    except NotADirectoryError:
        return [], "it is not a folder"
    except (OSError, ValueError):  # ValueError: a null character in the name
        return [], "the folder cannot be read"


def _top_findings(folder: Path, top: list[str]) -> Iterator[Finding]:
    for name in (PACK_FILE, METHOD_FILE):
        if name not in top:
            yield codes.NO_FILE.in_file(shown(folder / name), f"{name} is missing")
    if INDICATORS not in top:
        yield codes.NO_FILE.in_file(shown(folder / INDICATORS), "the folder of indicators is missing")
    yield from _unread(folder, (name for name in top if not _known(name)))
    for name in READ_LATER.intersection(top):
        if _leads_out(folder, folder / name):
            yield codes.OUTSIDE.in_file(shown(folder / name), "the link leads out of the pack")


def _known(name: str) -> bool:
    return name in READ_LATER or name in {*_FILES, INDICATORS} or name.startswith(".")


def _unread(folder: Path, names: Iterator[str]) -> Iterator[Finding]:
    for name in names:
        remedy = "Rename it to end in .yml" if name.endswith(".yaml") else ""
        yield codes.UNREAD_FILE.in_file(shown(folder / name), "nothing reads this file", remedy)


def _files_in(folder: Path, kind: str) -> tuple[list[str], list[Finding]]:
    """Return the files of one kind, by their paths in the pack."""
    inner = folder / kind
    if _leads_out(folder, inner):
        return [], [codes.OUTSIDE.in_file(shown(inner), "the link leads out of the pack")]
    listed, problem = _names(inner)
    if problem:
        return [], [codes.UNREADABLE.in_file(shown(inner), problem)]
    names = [name for name in listed if name.endswith(".yml") and not name.startswith(".")]
    findings = list(_unread(inner, (name for name in listed if name not in names and not name.startswith("."))))
    if not names and kind == INDICATORS:
        findings.append(codes.NO_FILE.in_file(shown(inner), "the folder holds no indicator"))
    if len(names) > MOST_FILES:
        findings.append(codes.TOO_LARGE.in_file(shown(inner), f"the folder holds more than {MOST_FILES} files"))
        names = []
    return [f"{kind}/{name}" for name in names], findings


def _leads_out(folder: Path, path: Path) -> bool:
    try:
        return not path.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a circle of links is one or the other, by the version of Python
        return False


def _read(folder: Path, name: str) -> tuple[Node | None, tuple[Finding, ...]]:
    path, file = folder / name, shown(folder / name)
    if _leads_out(folder, path):
        return None, (codes.OUTSIDE.in_file(file, "the link leads out of the pack"),)
    try:
        kind = path.stat().st_mode
        if not stat.S_ISREG(kind):
            return None, (codes.UNREADABLE.in_file(file, "it is not an ordinary file"),)
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or "it cannot be opened"
        return None, (codes.UNREADABLE.in_file(file, f"the file cannot be read ({why})"),)
    return read_yaml(raw, file)
