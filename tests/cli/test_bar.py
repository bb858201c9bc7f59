"""The line that says how far something is."""

from synthqc.cli.bar import Bar


class Clock:
    """Says what it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_takes_a_while_is_shown_and_taken_away(capsys) -> None:
    clock = Clock()
    with Bar("reading", is_watched=True, clock=clock) as bar:
        bar(1, 4)
        assert capsys.readouterr().err == ""
        clock.now = 1
        bar(2, 4)
        line = "reading  " + "█" * 15 + "·" * 15 + "  50 %"
        assert capsys.readouterr().err == f"\r{line}"
        bar(2, 4)
        assert capsys.readouterr().err == ""
        bar(4, 4)
        assert capsys.readouterr().err.endswith("100 %")
    assert capsys.readouterr().err == f"\r{' ' * len(line)}\r"


def test_bytes_are_counted_where_nobody_knows_how_many_there_are(capsys) -> None:
    clock = Clock()
    with Bar("reading", is_watched=True, clock=clock) as bar:
        clock.now = 1
        bar(12_400_000, 0)
        assert capsys.readouterr().err == "\rreading  12 MB"


def test_where_nobody_looks_nothing_is_said(capsys) -> None:
    clock = Clock()
    with Bar("reading", clock=clock) as bar:
        clock.now = 9
        bar(1, 2)
    assert capsys.readouterr().err == ""
