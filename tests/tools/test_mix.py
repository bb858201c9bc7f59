"""The mix as a tool: bars by kind, beside those that are wanted."""

import json

from synthqc.metrics.mix import flattened
from synthqc.tools.catalogue import run_tool
from synthqc.tools.mix import MOST
from synthqc.tools.sample import Sample, sample_of_text


def sample_of(kinds: list[str]) -> Sample:
    return sample_of_text("".join(json.dumps({"text": "a", "kind": kind}) + "\n" for kind in kinds), "x")


def test_each_kind_has_a_bar_in_each_mix() -> None:
    naive, targeted = run_tool("mix", sample_of(["账单"] * 8 + ["👍"] * 2)).series
    assert naive.kind == targeted.kind == "bar"
    assert naive.names == targeted.names == ("账单", "👍")
    assert naive.y == (0.8, 0.2)
    assert targeted.y == tuple(flattened({"a": 8, "b": 2}, 0.3).values())


def test_what_is_wanted_has_a_bar_though_it_is_missing() -> None:
    naive, targeted, wanted = run_tool("mix", sample_of(["a"] * 8 + ["b"] * 2), {"targets": "b=1,c=3"}).series
    assert naive.names == targeted.names == wanted.names == ("a", "b", "c")
    assert naive.y == (0.8, 0.2, 0)
    assert targeted.y[2] == 0
    assert wanted.y == (0, 0.25, 0.75)


def test_of_many_kinds_the_commonest_have_bars() -> None:
    kinds = [f"kind {n}" for n in range(40) for _ in range(n + 1)]
    reading = run_tool("mix", sample_of(kinds), {"targets": "kind 0=1"})
    for one in reading.series:
        assert one.names == (*(f"kind {n}" for n in range(39, 39 - MOST, -1)), "kind 0")
        assert len(one.x) == len(one.y) == MOST + 1
        assert one.x_label == "the 20 commonest of 40 kinds"
