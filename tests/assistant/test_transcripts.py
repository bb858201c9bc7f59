"""Every dialogue on file is still what the tutor says."""

from pathlib import Path

import pytest
from transcripts import dialogue_in, files, played


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_a_dialogue_is_played_as_written(file: Path) -> None:
    dialogue = dialogue_in(file)
    text, completes = played(dialogue)
    assert completes == dialogue.completes
    assert text == file.read_text(encoding="utf-8"), "run: python tests/assistant/transcripts.py --write"


def test_a_file_without_its_header_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "lab-1-odd.md"
    file.write_text("# Odd\n\n    completes: perhaps\n    workbench: none\n", encoding="utf-8")
    with pytest.raises(ValueError, match="allowed are yes and no"):
        dialogue_in(file)
    file.write_text("# Odd\n\n## Learner\n\nHello\n", encoding="utf-8")
    with pytest.raises(ValueError, match="needs the name"):
        dialogue_in(file)
