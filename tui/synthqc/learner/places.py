"""Where a learner's data lie, and under which name."""

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


def learner_name() -> str:
    """Whose progress it is: one user of the system, one learner."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "learner"


def crash_log(directory: Path) -> Path:
    """The file that says what happened when something went wrong."""
    return directory / "crash.log"
