"""Vectors of meaning: from an OpenAI-compatible endpoint, asked for once and kept on disk, or from a package."""

import hashlib
import itertools
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import click
import platformdirs

from synthqc.cleaning import one_line
from synthqc.errors import SynthQCError, UsageError
from synthqc.tools.encoding import encoded_by

from .semantic import WordLlama

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 64
"""Texts in a request."""

LONGEST = 8_000
"""Characters of a text that are sent; models read about so much."""

SEMANTIC = "semantic"
"""What stands in place of an address for the model of the extra `semantic`."""

COMPARING = frozenset({"vendi-score", "clusters", "diversity-sample"})
"""Tools that compare lines by such vectors; the others see words."""

_TIMEOUT = 60.0
_NO_KEY = "none"


class EndpointError(SynthQCError):
    """The endpoint cannot be reached, or gives no vectors."""

    exit_code = 3


@contextmanager
def embeddings(base_url: str | None, model: str | None) -> Iterator[None]:
    """Inside it, tools compare lines by the vectors of a model, where one is given.

    Args:
        base_url: The address of an endpoint, or `semantic`; None to compare lines by their words.
        model: The model to ask the endpoint for; None for `semantic`, which has but one.

    Raises:
        UsageError: A model or an address is missing or too much, the address is none, the vectors cannot be kept, or
            the extra is not installed.
        EndpointError: The endpoint cannot be reached, or gives no vectors.
    """
    if base_url is None and model is None:
        yield
        return
    if base_url == SEMANTIC:
        if model is not None:
            raise UsageError(f"--embeddings {SEMANTIC} has one model; --model {model:.60} is for an endpoint")
        with encoded_by(WordLlama()):
            yield
        return
    if base_url is None or model is None:
        raise UsageError(
            f"--embeddings BASE_URL and --model NAME go together; without a model: --embeddings {SEMANTIC}"
        )
    from synthqc.assistant.choosing import OFFLINE, forbids_network

    if forbids_network(os.environ):
        raise UsageError(f"--embeddings {one_line(base_url, 60)}: {OFFLINE} is set and forbids the network")
    if not _is_address(base_url):
        raise UsageError(
            f"--embeddings {one_line(base_url, 60)}: give an address such as http://localhost:11434/v1, or {SEMANTIC}"
        )
    with closing(_opened(cache_path())) as cache, encoded_by(_Endpoint(base_url, model, cache)):
        yield


def cache_path() -> Path:
    """The file that keeps vectors: in `SYNTHQC_HOME`, else in the cache directory of this system."""
    home = os.environ.get("SYNTHQC_HOME")
    directory = Path(home).expanduser() if home else platformdirs.user_cache_path("synthqc", appauthor=False)
    return directory / "embeddings.sqlite3"


def _opened(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        cache = sqlite3.connect(path)
        cache.execute("CREATE TABLE IF NOT EXISTS vectors (digest BLOB PRIMARY KEY, vector BLOB NOT NULL)")
    except (OSError, sqlite3.Error) as error:
        raise UsageError(f"{path}: cannot keep vectors there: {error}") from error
    return cache


class _Endpoint:
    """A model behind an OpenAI-compatible endpoint."""

    def __init__(self, base_url: str, model: str, cache: sqlite3.Connection) -> None:
        self._base_url, self._model, self._cache = base_url, model, cache
        self._shown = _without_secrets(base_url)
        self.name = f"{model} at {self._shown}"

    def encode(self, texts: Sequence[str], /) -> "NDArray[np.float64]":
        """The vectors of the model, from the cache where they were asked for before."""
        import numpy as np

        wanted = {self._digest(text): text[:LONGEST] for text in texts}
        known = {digest: vector for digest in wanted if (vector := self._kept(digest)) is not None}
        missing = [digest for digest in wanted if digest not in known]
        if missing:
            click.echo(f"synthqc: {len(missing):,} texts go to {self._shown} for their vectors", err=True)
        for start in range(0, len(missing), BATCH):
            digests = missing[start : start + BATCH]
            answer = self._asked([wanted[digest] for digest in digests])
            self._check_length([*answer, *itertools.islice(known.values(), 1)])
            # What was paid for stays, whatever happens to the next request.
            self._keep(digests, answer)
            known.update(zip(digests, answer, strict=True))
        rows = [known[self._digest(text)] for text in texts]
        self._check_length(rows)
        return np.array(rows, dtype=np.float64)

    def _check_length(self, rows: "Sequence[NDArray[np.float32]]") -> None:
        lengths = sorted({row.size for row in rows})
        if len(lengths) > 1:
            sizes = " and ".join(map(str, lengths))
            raise EndpointError(
                f"{self._shown}: vectors of {self._model} have {sizes} numbers, but of one model all have as many; "
                f"if another model has taken its name, delete {cache_path()}"
            )

    def _digest(self, text: str) -> bytes:
        key = "\0".join((self._base_url, self._model, text[:LONGEST]))
        return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def _kept(self, digest: bytes) -> "NDArray[np.float32] | None":
        import numpy as np

        with _on_disk(cache_path()):
            row = self._cache.execute("SELECT vector FROM vectors WHERE digest = ?", (digest,)).fetchone()
        # A row that somebody else wrote or cut is asked for anew.
        return np.frombuffer(row[0], dtype=np.float32) if row and row[0] and len(row[0]) % 4 == 0 else None

    def _keep(self, digests: Sequence[bytes], vectors: "Sequence[NDArray[np.float32]]") -> None:
        kept = [(digest, vector.tobytes()) for digest, vector in zip(digests, vectors, strict=True)]
        with _on_disk(cache_path()), self._cache:
            self._cache.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", kept)

    def _asked(self, texts: list[str]) -> "list[NDArray[np.float32]]":
        """The endpoint's answer to one request, each vector checked before it is kept."""
        import openai

        from synthqc.assistant.choosing import key_for
        from synthqc.assistant.redaction import redacted

        key = key_for(self._base_url, os.environ)
        try:
            # A redirect would carry the texts to the next host.
            plain = openai.DefaultHttpxClient(follow_redirects=False)
            with openai.OpenAI(
                base_url=self._base_url, api_key=key.reveal() or _NO_KEY, timeout=_TIMEOUT, http_client=plain
            ) as client:
                answer: Any = client.embeddings.create(model=self._model, input=texts, encoding_format="float")
                vectors = [one.embedding for one in sorted(answer.data, key=lambda one: one.index)]
        except (openai.OpenAIError, AttributeError, TypeError, ValueError) as error:
            # Some servers repeat the key that they refuse.
            said = redacted(str(error), key)
            raise EndpointError(f"{self._shown}: gives no vectors: {one_line(said)}") from error
        if len(vectors) != len(texts):
            raise EndpointError(f"{self._shown}: {len(texts)} texts went out, {len(vectors)} vectors came back")
        return [self._checked(one) for one in vectors]

    def _checked(self, numbers: object) -> "NDArray[np.float32]":
        import numpy as np

        try:
            with np.errstate(over="ignore"):
                vector = np.asarray(numbers, dtype=np.float64).astype(np.float32)
        except (TypeError, ValueError):
            vector = np.empty(0, dtype=np.float32)
        if vector.ndim != 1 or not vector.size or not np.isfinite(vector).all():
            raise EndpointError(
                f"{self._shown}: a vector of {self._model} is no list of finite numbers: {one_line(repr(numbers), 60)}"
            )
        return vector


@contextmanager
def _on_disk(path: Path) -> Iterator[None]:
    """Says which file it is that fails."""
    try:
        yield
    except sqlite3.Error as error:
        raise UsageError(f"{path}: vectors cannot be kept there: {error}; delete it, or set SYNTHQC_HOME") from error


def _is_address(base_url: str) -> bool:
    try:
        parts = urlsplit(base_url)
        # Reading the port is what finds one that is no number.
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _without_secrets(base_url: str) -> str:
    """An address without user, password and query, which can hold a key."""
    parts = urlsplit(base_url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
