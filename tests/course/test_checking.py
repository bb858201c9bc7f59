"""The author's check: one small mistake in a tiny course, one line that names it."""

import shutil
from pathlib import Path

import pytest

from synthqc.cli.check import checked
from synthqc.course.loading import find_course, load_course

TINY = Path(__file__).parent / "tiny"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "course"))


def lines(course: Path) -> list[str]:
    return [str(problem) for problem in checked(course).problems]


def test_the_tiny_course_is_right(course: Path) -> None:
    assert lines(course) == []
    assert checked(course).counts == {"lesson": 1, "quiz": 1, "lab": 0, "claim": 1}


@pytest.mark.parametrize("sample", ["", "          sample: words\n"], ids=["without", "with"])
def test_a_figure_of_what_needs_no_sample_may_still_have_one(course: Path, sample: str) -> None:
    lesson = course / "lessons" / "L1.yaml"
    text = lesson.read_text()
    figure = text.replace("tool: collapse", "tool: reward-gaming").replace("          sample: words\n", sample)
    lesson.write_text(figure.replace("generations: 2", "trials: 20").replace("vary: protocol", "vary: scorers"))
    assert lines(course) == []


MISTAKES = {
    "unknown claim in a text": ("lessons/L1.yaml", "two [C01]", "two [C99]", "lessons/L1.yaml:6:15: marks claim C99"),
    "unknown claim in a term": ("lessons/L1.yaml", "number [C01]", "number [C98]", "marks claim C98"),
    "lesson called otherwise": (
        "lessons/L1.yaml",
        "lesson: L1",
        "lesson: L2",
        "lessons/L1.yaml:1:9: is 'L2', needs 'L1'",
    ),
    "section twice": ("lessons/L1.yaml", "id: figures", "id: ones", "section id 'ones' is used twice"),
    "two kinds of block": (
        "lessons/L1.yaml",
        "- text: One",
        "- callout: {title: a, text: b}\n        text: One",
        "has 2 of text, callout and figure, needs one",
    ),
    "unknown tool": (
        "lessons/L1.yaml",
        "tool: collapse",
        "tool: magic",
        "there is no tool 'magic'; there are: distinct-n",
    ),
    "unknown sample": ("lessons/L1.yaml", "sample: words", "sample: sounds", "there is no sample 'sounds'"),
    "argument out of range": (
        "lessons/L1.yaml",
        "generations: 2",
        "generations: 99",
        "allowed is a whole number from 1 to 30",
    ),
    "unknown argument": ("lessons/L1.yaml", "generations: 2", "colour: red", "has no parameter 'colour'"),
    "vary without choices": (
        "lessons/L1.yaml",
        "vary: protocol",
        "vary: seed",
        "is 'seed', needs a parameter with choices",
    ),
    "long section": ("lessons/L1.yaml", "One and one", "One and " * 300 + "one", "words, allowed are 250"),
    "unknown reference": ("lessons/claims.yaml", "[somebody-2020]", "[nobody]", "there is no reference 'nobody'"),
    "odd claim id": ("lessons/claims.yaml", "  C01:", "  one:", "is called 'one', needs a name such as C08"),
    "quiz called otherwise": ("quizzes/L1.yaml", "quiz: L1", "quiz: L3", "is 'L3', needs 'L1'"),
    "two right options": (
        "quizzes/L1.yaml",
        "misconception: more-is-better",
        "right: true",
        "question 'L1Q1' has 2 right options, needs exactly one",
    ),
    "no right option": ("quizzes/L1.yaml", "right: true", "misconception: more-is-better", "has 0 right options"),
    "wrong option without an idea": (
        "quizzes/L1.yaml",
        "        misconception: more-is-better\n",
        "",
        "is a wrong option without a misconception",
    ),
    "unknown idea": (
        "quizzes/L1.yaml",
        "misconception: more-is-better",
        "misconception: x",
        "has no misconception 'x'",
    ),
    "option twice": ("quizzes/L1.yaml", "id: three", "id: two", "option id 'two' is used twice"),
    "unknown section": ("quizzes/L1.yaml", "reread: ones", "reread: twos", "there is no section 'twos'"),
    "unknown claim of a question": ("quizzes/L1.yaml", "claims: [C01]", "claims: [C77]", "has no claim 'C77'"),
    "telling length": ("quizzes/L1.yaml", "text: Two", "text: Two and nothing else at all", "gives it away"),
    "equal options": ("quizzes/L1.yaml", "text: Three", "text: two!", "says the same as another option's text"),
    "equal feedback": (
        "quizzes/L1.yaml",
        "feedback: No.",
        "feedback: yes.",
        "says the same as another option's feedback",
    ),
    "option about others": ("quizzes/L1.yaml", "text: Three", "text: None of the above", "refers to other options"),
    "figure without claim": (
        "lessons/L1.yaml",
        "One and one",
        "In 2019 one and one",
        "says '2019', which no claim marked",
    ),
    "name without claim": ("lessons/L1.yaml", "One and one", "For Gauss one and one", "says 'Gauss', which no claim"),
    "allowed and never said": (
        "lessons/L1.yaml",
        "terms:",
        "own:\n  - {text: Gauss, reason: x}\nterms:",
        "allows 'Gauss', which no section says",
    ),
    "term never used": ("lessons/L1.yaml", "term: One", "term: Eleven", "'Eleven' is used nowhere in the lesson"),
    "claim never linked": (
        "lessons/claims.yaml",
        "claims:",
        "claims:\n  C02: {statement: x, verdict: partly, finding: y, references: [], basis: [memory]}",
        "lessons/claims.yaml:7:8: is linked from no lesson, question or lab",
    ),
    "figure without sample": ("lessons/L1.yaml", "          sample: words\n", "", "the figure 'shrink' names none"),
    "value out of range": (
        "lessons/L1.yaml",
        "vary: protocol",
        "vary: generations\n          values: [2, 99]",
        "allowed is a whole number from 1 to 30",
    ),
    "lesson in a quiz of one": (
        "quizzes/L1.yaml",
        "    stem:",
        "    lesson: L1\n    stem:",
        "has the lesson 'L1', allowed is none",
    ),
    "long stem": ("quizzes/L1.yaml", "What is one", "What is " * 60 + "one", "characters, allowed are 400"),
    "idea twice": (
        "quizzes/misconceptions.yaml",
        "    tempting: It often is.",
        "    tempting: It often is.\n  - id: more-is-better\n    idea: Again.\n    tempting: Habit.",
        "misconception id 'more-is-better' is used twice, also in quizzes/misconceptions.yaml:2",
    ),
    "missing sample file": ("labs/samples/samples.yaml", "words.txt", "gone.txt", "'gone.txt' cannot be read"),
    "unknown reference text": (
        "labs/samples/samples.yaml",
        "reference: words",
        "reference: x",
        "there is no sample 'x'",
    ),
    "missing lesson": ("lessons/module.yaml", "- id: L1", "- id: L7", "lessons/L7.yaml: is missing"),
}


@pytest.mark.parametrize(("file", "old", "new", "expected"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named(course: Path, file: str, old: str, new: str, expected: str) -> None:
    path = course / file
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    assert any(expected in line for line in lines(course)), lines(course)


def test_mistakes_in_several_files_are_named_together(course: Path) -> None:
    (course / "lessons" / "L1.yaml").write_text("lesson: [\n")
    (course / "quizzes" / "L1.yaml").unlink()
    (course / "lessons" / "claims.yaml").write_text("claims: 3\n")
    assert {line.split(":")[0] for line in lines(course)} == {"lessons/L1.yaml", "lessons/claims.yaml"}


def test_opening_a_course_reads_its_outline_only(course: Path) -> None:
    (course / "lessons" / "L1.yaml").write_text("broken: [")
    assert load_course(course).module.title == "A tiny course"


LAB_MISTAKES = {
    "unknown topic": (
        "    topic: failure_mode\n    case: A",
        "    topic: weather\n    case: A",
        "there is no topic 'weather'",
    ),
    "unknown case": (
        "    case: A\n    gist: The replies",
        "    case: Z\n    gist: The replies",
        "there is no case 'Z'",
    ),
    "unknown concept": ("any: [[collapse], ", "any: [[unheard_of], ", "there is no concept 'unheard_of'"),
    "unknown lab tool": ("tools: [templates,", "tools: [magic, templates,", "there is no tool 'magic'"),
    "unknown lab claim": ("claims: [C04,", "claims: [C99,", "lessons/claims.yaml has no claim 'C99'"),
    "figure of a scenario": (
        "chatbot, trained on",
        "chatbot, 0.35 trained on",
        "says '0.35', which neither a fact nor",
    ),
    "property of another figure": (
        "    holds: templates.top_share >= 0.5 and",
        '    says: ["0.77"]\n    holds: templates.top_share >= 0.5 and',
        "is '0.77', which the scenario does not say",
    ),
    "unknown lab sample": ("samples: [support-replies,", "samples: [nothing,", "there is no sample 'nothing'"),
    "unknown expectation": (
        "short: {oracle: B.oracle,",
        "short: {oracle: B.magic,",
        "there is no expectation 'B.magic'",
    ),
    "broken condition": ("when: text.words < 30", "when: text.words <", "needs a name or a number"),
    "example not matched": (
        "      - It is a feedback loop.",
        "      - It is raining.",
        "does not recognise 'It is raining.'",
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), LAB_MISTAKES.values(), ids=LAB_MISTAKES.keys())
def test_a_mistake_in_a_lab_is_named(tmp_path: Path, old: str, new: str, expected: str) -> None:
    shipped = find_course()
    others = shutil.ignore_patterns("L2.yaml", "L3.yaml", "L4.yaml", "module-test.yaml")
    for folder in ("lessons", "quizzes", "labs"):
        shutil.copytree(shipped / folder, tmp_path / folder, ignore=others)
    outline = tmp_path / "lessons" / "module.yaml"
    outline.write_text(outline.read_text(encoding="utf-8").partition("  - id: L2")[0], encoding="utf-8")
    path = tmp_path / "labs" / "L1.yaml"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    found = lines(tmp_path)
    assert any(line.startswith("labs/L1.yaml:") and expected in line for line in found), found
