"""Vectors of meaning from an OpenAI-compatible endpoint, asked for once and kept on disk."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import platformdirs

from synthqc.cleaning import one_line
from synthqc.errors import SynthQCError, UsageError
from synthqc.tools.encoding import encoded_by

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 64
"""Texts in a request."""

LONGEST = 8_000
"""Characters of a text that are sent; models read about so much."""

_TIMEOUT = 60.0
_ADDRESSES = ("http://", "https://")


class EndpointError(SynthQCError):
    """The endpoint cannot be reached, or gives no vectors."""

    exit_code = 3


@contextmanager
def embeddings(base_url: str | None, model: str | None) -> Iterator[None]:
    """Inside it, tools compare lines by the vectors of a model behind an endpoint, where one is given.

    Raises:
        UsageError: One of the two is missing, or the address is none.
    """
    if base_url is None and model is None:
        yield
        return
    if base_url is None or model is None:
        raise UsageError("--embeddings BASE_URL and --model NAME go together")
    if not base_url.startswith(_ADDRESSES):
        raise UsageError(f"--embeddings {base_url}: give an address such as http://localhost:11434/v1")
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
        self.name = f"{model} at {base_url}"
        self._base_url, self._model, self._cache = base_url, model, cache

    def encode(self, texts: Sequence[str], /) -> "NDArray[np.float64]":
        """The vectors of the model, from the cache where they were asked for before."""
        import numpy as np

        wanted = {self._digest(text): text[:LONGEST] for text in texts}
        known = {digest: vector for digest in wanted if (vector := self._kept(digest)) is not None}
        missing = [digest for digest in wanted if digest not in known]
        if missing:
            click.echo(f"synthqc: {len(missing):,} texts go to {self._base_url} for their vectors", err=True)
        for start in range(0, len(missing), BATCH):
            digests = missing[start : start + BATCH]
            answer = self._asked([wanted[digest] for digest in digests])
            for digest, numbers in zip(digests, answer, strict=True):
                known[digest] = np.asarray(numbers, dtype=np.float32)
                self._cache.execute("INSERT OR REPLACE INTO vectors VALUES (?, ?)", (digest, known[digest].tobytes()))
            # What was paid for stays, whatever happens to the next request.
            self._cache.commit()
        rows = [known[self._digest(text)] for text in texts]
        if len({row.size for row in rows}) > 1 or not all(np.isfinite(row).all() for row in rows):
            raise EndpointError(f"{self._base_url}: the vectors of {self._model} differ in length or hold no numbers")
        return np.array(rows, dtype=np.float64)

    def _digest(self, text: str) -> bytes:
        key = "\0".join((self._base_url, self._model, text[:LONGEST]))
        return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def _kept(self, digest: bytes) -> "NDArray[np.float32] | None":
        import numpy as np

        row = self._cache.execute("SELECT vector FROM vectors WHERE digest = ?", (digest,)).fetchone()
        return None if row is None else np.frombuffer(row[0], dtype=np.float32)

    def _asked(self, texts: list[str]) -> list[list[float]]:
        import openai

        key = os.environ.get("OPENAI_API_KEY", "none")
        try:
            with openai.OpenAI(base_url=self._base_url, api_key=key, timeout=_TIMEOUT) as client:
                answer: Any = client.embeddings.create(model=self._model, input=texts, encoding_format="float")
                vectors = [one.embedding for one in sorted(answer.data, key=lambda one: one.index)]
        except (openai.OpenAIError, AttributeError, TypeError, ValueError) as error:
            raise EndpointError(f"{self._base_url}: gives no vectors: {one_line(str(error))}") from error
        if len(vectors) != len(texts) or not all(vectors):
            raise EndpointError(f"{self._base_url}: {len(texts)} texts went out, {len(vectors)} vectors came back")
        return vectors
