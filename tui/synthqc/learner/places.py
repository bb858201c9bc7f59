"""Where a learner's data lie."""

from collections.abc import Mapping
from pathlib import Path


def data_directory(environment: Mapping[str, str]) -> Path:
    """The directory for progress and notebooks: `SYNTHQC_HOME`, else the data directory of this system."""
    if home := environment.get("SYNTHQC_HOME"):
        return Path(home).expanduser()
    import platformdirs

    return platformdirs.user_data_path("synthqc", appauthor=False)


def store_path(directory: Path) -> Path:
    """The file that holds what learners did."""
    return directory / "progress.sqlite3"


def notebook_directory(directory: Path) -> Path:
    """The directory that notebooks are written to."""
    return directory / "notebooks"
