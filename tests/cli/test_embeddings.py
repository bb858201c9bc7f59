"""`synthqc measure --embeddings`: meaning from an endpoint, asked for once."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from synthqc.cli.main import run

MEANINGS = {"parcel": [1.0, 0.0, 0.0], "refund": [0.0, 1.0, 0.0]}


class Endpoint(BaseHTTPRequestHandler):
    """Knows two meanings, whatever the words; answers out of order, as an endpoint may."""

    asked: ClassVar[list[dict]] = []
    answers = staticmethod(
        lambda texts: [MEANINGS["parcel" if "parcel" in t or "box" in t else "refund"] for t in texts]
    )
    status = 200

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(body)
        data = [
            {"index": n, "embedding": vector, "object": "embedding"}
            for n, vector in enumerate(self.answers(body["input"]))
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        answer = json.dumps({"data": data[::-1], "model": body["model"], "object": "list", "usage": usage}).encode()
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def endpoint(monkeypatch, tmp_path: Path) -> Iterator[str]:
    monkeypatch.setenv("SYNTHQC_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(Endpoint, "asked", [])
    server = HTTPServer(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    file = tmp_path / "lines.txt"
    file.write_text("the parcel is late\nyour box comes tomorrow\nhere is a refund\nmoney back for you\n")
    return file


def measured(lines: Path, endpoint: str, capsys) -> tuple[dict, str]:
    tools = ["--tool", "vendi-score", "--tool", "clusters", "--tool", "diversity-sample"]
    given = ["measure", str(lines), *tools, "--format", "json", "--embeddings", endpoint, "--model", "small"]
    assert run(given) == 0
    out, err = capsys.readouterr()
    return json.loads(out), err


def test_two_meanings_in_four_wordings_count_as_two(endpoint: str, lines: Path, capsys) -> None:
    report, err = measured(lines, endpoint, capsys)
    vendi = report["readings"][0]
    assert vendi["quantities"][0]["value"] == pytest.approx(2.0)
    assert f"small at {endpoint}" in vendi["basis"]["rule"]
    assert not any("one of words" in caveat for caveat in vendi["caveats"])
    assert f"4 texts go to {endpoint}" in err


def test_each_text_is_asked_for_once(endpoint: str, lines: Path, capsys) -> None:
    first, _ = measured(lines, endpoint, capsys)
    assert sum(len(body["input"]) for body in Endpoint.asked) == 4
    second, err = measured(lines, endpoint, capsys)
    assert sum(len(body["input"]) for body in Endpoint.asked) == 4
    assert second == first
    assert err == ""


def test_without_a_model_the_vectors_are_lexical_and_called_so(lines: Path, capsys) -> None:
    assert run(["measure", str(lines), "--tool", "vendi-score"]) == 0
    assert "likeness here is one of words" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--embeddings", "http://127.0.0.1:9/v1"], 2, "go together"),
        (["--model", "small"], 2, "go together"),
        (["--embeddings", "localhost", "--model", "small"], 2, "give an address such as"),
        (["--embeddings", "http://127.0.0.1:9/v1", "--model", "small"], 3, "gives no vectors"),
    ],
)
def test_what_cannot_be_is_said(
    options: list[str], code: int, said: str, lines: Path, capsys, monkeypatch, tmp_path
) -> None:
    monkeypatch.setenv("SYNTHQC_HOME", str(tmp_path))
    assert run(["measure", str(lines), "--tool", "vendi-score", *options]) == code
    assert said in capsys.readouterr().err


def test_an_endpoint_that_answers_nonsense_is_no_traceback(endpoint: str, lines: Path, capsys, monkeypatch) -> None:
    monkeypatch.setattr(Endpoint, "answers", staticmethod(lambda texts: [[1.0, 0.0]] * (len(texts) - 1)))
    given = ["measure", str(lines), "--tool", "vendi-score", "--embeddings", endpoint, "--model", "small"]
    assert run(given) == 3
    assert "3 vectors came back" in capsys.readouterr().err
