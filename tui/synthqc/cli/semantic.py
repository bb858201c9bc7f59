"""Vectors of meaning from a small model that lies in a package: no endpoint, no key, no download."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synthqc.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 8_000
"""Characters of a text that are looked at: all texts of a batch take the memory of its longest."""


class WordLlama:
    """The model of the extra `semantic`: the mean of vectors that each word piece has by itself.

    It knows synonyms and no word order, so that a paraphrase is near and a denial is too.

    Source:
        L. Miller (2024), WordLlama: recycled token embeddings of large language models, the package's README.
    """

    def __init__(self) -> None:
        """Loads the weights from the package.

        Raises:
            UsageError: The extra is not installed, or its package came without weights.
        """
        try:
            # By name, because the package has no types and most installations do not have the package.
            package: Any = import_module("wordllama")
        except ImportError as error:
            raise UsageError("--embeddings semantic needs an extra: pip install 'synthqc[semantic]'") from error
        try:
            directory = Path(package.__file__).parent
            self._model: Any = package.WordLlama.load(cache_dir=directory, disable_download=True)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"--embeddings semantic: wordllama {package.__version__} has no weights in its package: {error}"
            ) from error
        self.name = f"wordllama {package.__version__} (l2_supercat, 256 dimensions, on this machine)"

    def encode(self, texts: Sequence[str], /) -> "NDArray[np.float64]":
        """The vectors of the model; zeros for a text in which it knows no word piece."""
        import numpy as np

        vectors: NDArray[np.float64] = np.asarray(self._model.embed([text[:LONGEST] for text in texts]), np.float64)
        return vectors
