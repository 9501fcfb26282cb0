"""Whatever stands in a file, there is a finding and never a traceback, and soon."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iw_monitor.pack.load import check_pack
from iw_monitor.pack.yaml_file import MOST_BYTES, read_yaml
from tests.packs.broken import BASE

SOON = 2.0  # seconds, of this process's own time: the machine may be busy with something else
FILES = ["pack.yml", "method.yml", "article.yml", "indicators/port_traffic.yml"]
GOOD = {name: (BASE / name).read_text(encoding="utf-8") for name in FILES}
YAML_SIGNS = "-?:,[]{}#&*!|>'\"%@`~ \n\t0123456789.eE+_/\\xuUabct=<"
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["HL", "contained", "P1D"]),
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(BASE, tmp_path_factory.mktemp("hostile") / "port"))


def check(folder: Path, name: str, raw: bytes) -> None:
    """Check a pack in which one file says something else, then put the file back."""
    path = folder / name
    try:
        path.write_bytes(raw)
        begun = time.process_time()
        findings = check_pack(folder)
        assert time.process_time() - begun < SOON
        for one in findings:
            assert one.problem and one.remedy and one.line >= 0
            str(one).encode()
    finally:
        path.write_text(GOOD[name], encoding="utf-8")


@given(st.sampled_from(FILES), st.binary(max_size=300))
def test_any_bytes_end_in_findings(folder: Path, name: str, raw: bytes) -> None:
    check(folder, name, raw)


@given(st.sampled_from(FILES), st.text(alphabet=YAML_SIGNS, max_size=200))
def test_any_text_of_yaml_signs_ends_in_findings(folder: Path, name: str, text: str) -> None:
    check(folder, name, text.encode())


@given(st.sampled_from(FILES), st.data())
def test_a_good_file_with_signs_put_in_ends_in_findings(folder: Path, name: str, data: st.DataObject) -> None:
    text = GOOD[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    put_in = data.draw(st.text(alphabet=YAML_SIGNS, max_size=12))
    check(folder, name, (text[:start] + put_in + text[end:]).encode())


@given(st.sampled_from(FILES), st.data())
def test_a_good_file_with_one_value_of_another_kind_ends_in_findings(
    folder: Path, name: str, data: st.DataObject
) -> None:
    """Every value of the file may become anything that YAML can say."""
    lines = GOOD[name].splitlines()
    number = data.draw(st.sampled_from([at for at, line in enumerate(lines) if ": " in line and "#" not in line]))
    value = data.draw(VALUES)
    key = lines[number].partition(": ")[0]
    lines[number] = f"{key}: {_as_yaml(value)}"
    check(folder, name, "\n".join(lines).encode())


def _as_yaml(value: object) -> str:
    import json

    said = json.dumps(value, ensure_ascii=True)
    return said.replace("NaN", ".nan").replace("-Infinity", "-.inf").replace("Infinity", ".inf")


BOMBS = {
    "laughs": "a: &a [x, x, x, x]\n"
    + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "nested lists": "[" * 100_000,
    "nested tables": "{" * 100_000,
    "nested tables with keys": "{a: " * 100_000,
    "nested dashes": "- " * 100_000,
    "nested keys": "? " * 100_000,
    "one long word": "a" * MOST_BYTES,
    "one long number": "a: " + "9" * 100_000,
    "one long exponent": "a: 1e" + "9" * 1_000,
    "empty lines": "\n" * MOST_BYTES,
    "an open quote": '"' + "a\n" * 300_000,
    "a literal": "a: |\n" + " x\n" * 300_000,
    "many keys": "".join(f"k{n}: v\n" for n in range(90_000)),
    "one key again and again": "k: v\n" * 200_000,
    "many documents": "--- a\n" * 100_000,
    "many tags": "- !!a b\n" * 100_000,
    "many anchors": "- &a b\n" * 100_000,
    "directives": "%YAML 1.1\n" * 10_000,
    "a version nobody knows": "%YAML 9.9999999999999999999\n--- a",
    "an escape beyond Unicode": 'a: "\\UFFFFFFFF"',
    "half a character": 'a: "\\uD800"',
    "every byte": bytes(range(256)).decode("latin-1"),
    "too large": "a" * (MOST_BYTES + 1),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_soon(name: str) -> None:
    begun = time.process_time()
    tree, findings = read_yaml(BOMBS[name].encode(), "bomb.yml")
    assert time.process_time() - begun < SOON
    assert findings or tree is not None
    assert len(findings) <= 100


@settings(max_examples=20)
@given(
    st.text(alphabet=st.characters(blacklist_characters="/\0", blacklist_categories=["Cs"]), min_size=1, max_size=20)
)
def test_any_file_name_ends_in_findings(folder: Path, name: str) -> None:
    if name in (".", "..") or len(name.encode()) > 200:
        return
    path = folder / "indicators" / name
    try:
        path.write_text("a: b", encoding="utf-8")
        for one in check_pack(folder):
            assert str(one).isprintable()
    finally:
        path.unlink(missing_ok=True)


@pytest.mark.parametrize("mark", [chr(one) for one in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))])
@pytest.mark.parametrize("escaped", [True, False])
def test_what_turns_the_order_of_a_line_is_refused_in_texts_and_keys_and_said_as_a_code(
    mark: str, escaped: bool
) -> None:
    written = f"\\u{ord(mark):04x}" if escaped else mark
    _, findings = read_yaml(f'title: "gnp.{written}exe"\n"a{written}b": 1\n'.encode(), "pack.yml")
    assert [(one.code, one.line) for one in findings] == [("P019", 1), ("P019", 2)]
    assert all(f"\\u{ord(mark):04x}" in one.problem and mark not in str(one) for one in findings)


def test_letters_from_right_to_left_and_marks_that_turn_nothing_after_them_are_let_through() -> None:
    said = "הר מירון 4\u200f, صفر\u200c \u200b!"
    node, findings = read_yaml(f'title: "{said}"\n'.encode(), "pack.yml")
    assert not findings
    assert node is not None
    assert isinstance(node.value, dict)
    assert node.value["title"].value == said
