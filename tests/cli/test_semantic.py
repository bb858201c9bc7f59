"""`synthqc measure --embeddings semantic`: meaning from a package, where it is installed."""

import json
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from synthqc.cli.main import run
from synthqc.cli.semantic import LONGEST, WordLlama


class FakeWordLlama:
    """What the package offers, with two meanings."""

    asked: list[str]

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.asked = []

    def load(self, *, cache_dir: Path, disable_download: bool) -> "FakeWordLlama":
        assert disable_download
        assert cache_dir == Path("/packages/wordllama")
        if self.error:
            raise self.error
        return self

    def embed(self, texts: list[str]) -> np.ndarray:
        self.asked += texts
        return np.array([[1, 0] if "parcel" in text or "box" in text else [0, 1] for text in texts], dtype=np.float32)


def installed(monkeypatch: pytest.MonkeyPatch, model: FakeWordLlama) -> None:
    package = ModuleType("wordllama")
    package.__file__ = "/packages/wordllama/__init__.py"
    package.__version__ = "1.2.3"  # type: ignore[attr-defined]
    package.WordLlama = model  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "wordllama", package)


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    file = tmp_path / "lines.txt"
    file.write_text("the parcel is late\nyour box comes tomorrow\nhere is a refund\nmoney back for you\n")
    return file


def test_four_wordings_of_two_meanings_count_as_two_and_the_model_is_named(lines: Path, capsys, monkeypatch) -> None:
    installed(monkeypatch, FakeWordLlama())
    given = ["measure", str(lines), "--tool", "vendi-score", "--format", "json", "--embeddings", "semantic"]
    assert run(given) == 0
    [reading] = json.loads(capsys.readouterr().out)["readings"]
    assert reading["quantities"][0]["value"] == pytest.approx(2)
    assert "the model wordllama 1.2.3 (l2_supercat" in reading["basis"]["rule"]


def test_long_texts_are_cut(monkeypatch) -> None:
    model = FakeWordLlama()
    installed(monkeypatch, model)
    assert WordLlama().encode(["parcel " * 3000]).shape == (1, 2)
    assert [len(text) for text in model.asked] == [LONGEST]


def test_without_the_extra_it_says_how_to_install_it(lines: Path, capsys, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "wordllama", None)
    assert run(["measure", str(lines), "--tool", "vendi-score", "--embeddings", "semantic"]) == 2
    assert "pip install 'synthqc[semantic]'" in capsys.readouterr().err


def test_a_package_without_weights_is_said(lines: Path, capsys, monkeypatch) -> None:
    installed(monkeypatch, FakeWordLlama(FileNotFoundError("not found, and downloads are disabled")))
    assert run(["measure", str(lines), "--tool", "vendi-score", "--embeddings", "semantic"]) == 2
    assert "wordllama 1.2.3 has no weights in its package" in capsys.readouterr().err


def test_it_takes_no_model(lines: Path, capsys) -> None:
    assert run(["measure", str(lines), "--tool", "vendi-score", "--embeddings", "semantic", "--model", "small"]) == 2
    assert "--embeddings semantic has one model" in capsys.readouterr().err


PAIRS = [
    ("how do i get my money back", "i want a refund for this purchase", "the train to oslo leaves at noon"),
    ("the doctor examined the patient", "a physician looked at a sick person", "prices of wheat fell last autumn"),
    ("my parcel has not arrived yet", "the package is still missing", "she sings in a choir on sundays"),
    ("the film was dull", "that movie is boring", "add two spoons of sugar"),
]


@pytest.mark.parametrize(("line", "paraphrase", "unrelated"), PAIRS)
def test_a_paraphrase_is_nearer_than_an_unrelated_line(line: str, paraphrase: str, unrelated: str) -> None:
    pytest.importorskip("wordllama", reason="the extra semantic is not installed")
    vectors = WordLlama().encode([line, paraphrase, unrelated])
    assert vectors.shape == (3, 256)
    assert np.isfinite(vectors).all()
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    near, far = vectors[1:] @ vectors[0]
    assert near > far + 0.1
