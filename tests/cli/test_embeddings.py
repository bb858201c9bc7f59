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
        if self.status != 200:
            answer = json.dumps({"error": {"message": f"no entry with {self.headers['Authorization']}"}}).encode()
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
        (["--embeddings", "http://", "--model", "small"], 2, "give an address such as"),
        (["--embeddings", "http://[", "--model", "small"], 2, "give an address such as"),
        (["--embeddings", "http://host:port/v1", "--model", "small"], 2, "give an address such as"),
        (["--embeddings", "http://127.0.0.1:9/v1", "--model", "small"], 3, "gives no vectors"),
    ],
)
def test_what_cannot_be_is_said(
    options: list[str], code: int, said: str, lines: Path, capsys, monkeypatch, tmp_path
) -> None:
    monkeypatch.setenv("SYNTHQC_HOME", str(tmp_path))
    assert run(["measure", str(lines), "--tool", "vendi-score", *options]) == code
    assert said in capsys.readouterr().err


def asked(lines: Path, endpoint: str) -> int:
    return run(["measure", str(lines), "--tool", "vendi-score", "--embeddings", endpoint, "--model", "small"])


NONSENSE = {
    "too few": (lambda texts: [[1.0, 0.0]] * (len(texts) - 1), "4 texts went out, 3 vectors came back"),
    "too many": (lambda texts: [[1.0, 0.0]] * (len(texts) + 1), "4 texts went out, 5 vectors came back"),
    "empty": (lambda texts: [[]] * len(texts), "is no list of finite numbers: []"),
    "NaN": (lambda texts: [[1.0, float("nan")]] * len(texts), "is no list of finite numbers: [1.0, nan]"),
    "infinite": (lambda texts: [[1.0, float("inf")]] * len(texts), "is no list of finite numbers"),
    "too large": (lambda texts: [[1.0, 1e300]] * len(texts), "is no list of finite numbers"),
    "words": (lambda texts: [["a", "b"]] * len(texts), "is no list of finite numbers"),
    "text": (lambda texts: ["AACAPwAAAAA="] * len(texts), "is no list of finite numbers"),
    "nested": (lambda texts: [[[1.0]]] * len(texts), "is no list of finite numbers"),
    "nothing": (lambda texts: [None] * len(texts), "is no list of finite numbers"),
    "of two lengths": (lambda texts: [[1.0] * (2 + n % 2) for n in range(len(texts))], "have 2 and 3 numbers"),
}


@pytest.mark.parametrize("case", NONSENSE)
def test_an_endpoint_that_answers_nonsense_is_a_sentence_and_nothing_is_kept(
    case: str, endpoint: str, lines: Path, capsys, monkeypatch
) -> None:
    right = Endpoint.answers
    answers, said = NONSENSE[case]
    monkeypatch.setattr(Endpoint, "answers", staticmethod(answers))
    assert asked(lines, endpoint) == 3
    assert said in capsys.readouterr().err
    monkeypatch.setattr(Endpoint, "answers", staticmethod(right))
    assert asked(lines, endpoint) == 0
    assert "2.000" in capsys.readouterr().out


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_refusal_is_a_sentence_without_the_key(status: int, endpoint: str, lines: Path, capsys, monkeypatch) -> None:
    monkeypatch.setattr(Endpoint, "status", status)
    monkeypatch.setenv("SYNTHQC_API_KEY", "sk-very-secret")
    secret = endpoint.replace("http://", "http://me:pass@") + "?key=hidden"
    assert asked(lines, endpoint) == asked(lines, secret) == 3
    err = capsys.readouterr().err
    assert f"{status}" in err
    assert "no entry with" in err
    assert "[key]" in err
    assert not any(word in err for word in ("sk-very-secret", "me:pass", "hidden"))


def test_the_key_of_openai_goes_to_no_other_host(endpoint: str, lines: Path, capsys, monkeypatch) -> None:
    monkeypatch.setattr(Endpoint, "status", 401)
    monkeypatch.setenv("OPENAI_API_KEY", "my-own-secret-of-openai")
    assert asked(lines, endpoint) == 3
    assert "Bearer none" in capsys.readouterr().err


def test_the_network_can_be_forbidden(endpoint: str, lines: Path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("SYNTHQC_OFFLINE", "1")
    assert asked(lines, endpoint) == 2
    assert "SYNTHQC_OFFLINE is set and forbids the network" in capsys.readouterr().err
    assert Endpoint.asked == []


def test_texts_go_out_in_batches_and_each_different_one_once(endpoint: str, tmp_path: Path, capsys) -> None:
    file = tmp_path / "many.txt"
    file.write_text("".join(f"parcel {n % 150}\n" for n in range(300)) + "parcel " + "x" * 9000 + "\n")
    assert asked(file, endpoint) == 0
    assert [len(body["input"]) for body in Endpoint.asked] == [64, 64, 23]
    assert max(len(text) for body in Endpoint.asked for text in body["input"]) == 8000
    assert "151 texts go to" in capsys.readouterr().err


def test_what_was_paid_for_before_a_failure_is_kept(endpoint: str, tmp_path: Path, capsys, monkeypatch) -> None:
    file = tmp_path / "many.txt"
    file.write_text("".join(f"parcel {n}\n" for n in range(100)))
    right = Endpoint.answers
    broken = staticmethod(lambda texts: right(texts) if len(texts) == 64 else [])
    monkeypatch.setattr(Endpoint, "answers", broken)
    assert asked(file, endpoint) == 3
    monkeypatch.setattr(Endpoint, "answers", staticmethod(right))
    assert asked(file, endpoint) == 0
    assert "36 texts go to" in capsys.readouterr().err


def test_another_model_or_endpoint_is_asked_anew(endpoint: str, lines: Path, capsys) -> None:
    for address, model in ((endpoint, "small"), (endpoint, "large"), (endpoint.replace("/v1", "/v2"), "small")):
        assert run(["measure", str(lines), "--tool", "vendi-score", "--embeddings", address, "--model", model]) == 0
    assert [len(body["input"]) for body in Endpoint.asked] == [4, 4, 4]


def test_a_model_that_changed_under_its_name_is_found_out(
    endpoint: str, lines: Path, tmp_path: Path, capsys, monkeypatch
) -> None:
    assert asked(lines, endpoint) == 0
    longer = tmp_path / "longer.txt"
    longer.write_text(lines.read_text() + "one line more\n")
    monkeypatch.setattr(Endpoint, "answers", staticmethod(lambda texts: [[1.0] * 5 for _ in texts]))
    assert asked(longer, endpoint) == 3
    err = capsys.readouterr().err
    assert "have 3 and 5 numbers" in err
    assert "delete" in err


def test_a_damaged_cache_is_a_sentence(endpoint: str, lines: Path, tmp_path: Path, capsys) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "embeddings.sqlite3").write_text("no database " * 200)
    assert asked(lines, endpoint) == 2
    assert "cannot keep vectors there" in capsys.readouterr().err
