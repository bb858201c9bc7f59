"""The author's check: what is wrong with a course as a whole, all of it at once, each with its place."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .claims import Claims
from .dangling import Finding, Place, dangling_names, repeated
from .grounding import claims_marked, unsupported, unsupported_figures
from .lab import Concepts, Lab
from .linting import lint_lab, lint_lesson, lint_quiz
from .model import Figure, Lesson, Misconceptions, Module, Samples
from .quiz import MODULE_TEST, Quiz
from .source import CourseError, Document, Problem, T, read


@dataclass(frozen=True, slots=True)
class ToolOutline:
    """What the check needs to know of a mini-tool."""

    choices: Mapping[str, tuple[str, ...]]
    """Parameters by name; for a choice its values, else nothing."""
    refusal: Callable[[Mapping[str, object]], str]
    """What is wrong with some arguments, in one sentence; empty where nothing is."""
    reads_sample: bool = True
    """Can it measure a sample?"""
    needs_sample: bool = True
    """Has it nothing to say without one?"""


LabCheck = Callable[[Lab, Concepts, Lesson], Iterable[Finding]]
"""A further check of a lab, which knows how its rules are used."""

PhraseCheck = Callable[[Concepts], Iterable[Finding]]
"""A further check of what all labs share."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked, and what was found."""

    problems: tuple[Problem, ...]
    """Everything that is wrong, by file and line."""
    counts: Mapping[str, int]
    """How many lessons, quizzes, labs and claims were read."""


def check_course(
    directory: Path, tools: Mapping[str, ToolOutline], check_lab: LabCheck, check_phrases: PhraseCheck
) -> Checked:
    """Reads every file of a course and checks each by itself and all together.

    Args:
        directory: The course.
        tools: The mini-tools that figures and labs may use, by name.
        check_lab: What else a lab has to fulfil.
        check_phrases: What else the shared file of the labs has to fulfil.
    """
    return _Check(directory, tools, check_lab, check_phrases).run()


class _Check:
    """One run of the check; a class because every part adds to the same list of problems."""

    def __init__(
        self, directory: Path, tools: Mapping[str, ToolOutline], check_lab: LabCheck, check_phrases: PhraseCheck
    ) -> None:
        self.directory = directory
        self.tools = tools
        self.check_lab = check_lab
        self.check_phrases = check_phrases
        self.problems: list[Problem] = []
        self.seen: dict[tuple[str, str], str] = {}

    def run(self) -> Checked:
        module = self._read("lessons/module.yaml", Module)
        claims = self._read("lessons/claims.yaml", Claims)
        misconceptions = self._read_if_there("quizzes/misconceptions.yaml", Misconceptions)
        samples = self._read_if_there("labs/samples/samples.yaml", Samples)
        concepts = self._read_if_there("labs/concepts.yaml", Concepts)
        ids = [entry.id for entry in module.value.lessons] if module else []
        lessons = {one: lesson for one in ids if (lesson := self._read(f"lessons/{one}.yaml", Lesson))}
        quizzes = {one: quiz for one in ids if (quiz := self._read_if_there(f"quizzes/{one}.yaml", Quiz))}
        labs = {one: lab for one in ids if (lab := self._read_if_there(f"labs/{one}.yaml", Lab))}
        test = self._read_if_there(f"quizzes/{MODULE_TEST}.yaml", Quiz)
        if module:
            self._unique(module, "lesson", ((("lessons", n, "id"), one) for n, one in enumerate(ids)))
        if claims:
            self._note(claims, _claims(claims.value))
        if misconceptions:
            listed = misconceptions.value.misconceptions
            places = ((("misconceptions", n, "id"), one.id) for n, one in enumerate(listed))
            self._unique(misconceptions, "misconception", places)
        if samples:
            self._samples(samples)
        if concepts:
            self._note(concepts, self.check_phrases(concepts.value))
        known_claims = set(claims.value.claims) if claims else None
        known_samples = {one.id for one in samples.value.samples} if samples else set()
        ideas = {one.id for one in misconceptions.value.misconceptions} if misconceptions else set()
        for one, lesson in lessons.items():
            self._lesson(one, lesson, claims.value if claims else None, known_samples)
        sections = {one: {section.id for section in lesson.value.sections} for one, lesson in lessons.items()}
        for one, quiz in quizzes.items():
            self._quiz(one, quiz, known_claims, ideas, {"": (one, sections.get(one, set()))})
        if test:
            self._quiz(MODULE_TEST, test, known_claims, ideas, {one: (one, sections.get(one, set())) for one in ids})
        for one, lab in labs.items():
            self._lab(lab, concepts, lessons.get(one), known_samples, known_claims)
        if claims:
            said = {
                claim
                for lesson in lessons.values()
                for _, text in _texts(lesson.value)
                for claim in claims_marked(text)
            }
            asked = {
                claim
                for quiz in (*quizzes.values(), *([test] if test else []))
                for question in quiz.value.questions
                for claim in question.claims
            }
            told = {claim for lab in labs.values() for claim in lab.value.claims}
            unlinked = (one for one in claims.value.claims if one not in said | asked | told)
            self._note(claims, ((("claims", one), "is linked from no lesson, question or lab") for one in unlinked))
        quizzes_read = len(quizzes) + (1 if test else 0)
        counts = {"lesson": len(lessons), "quiz": quizzes_read, "lab": len(labs), "claim": len(known_claims or ())}
        return Checked(tuple(sorted(set(self.problems))), counts)

    def _read(self, file: str, kind: type[T]) -> Document[T] | None:
        try:
            return read(self.directory / file, kind, root=self.directory)
        except CourseError as error:
            self.problems += error.problems
            return None

    def _read_if_there(self, file: str, kind: type[T]) -> Document[T] | None:
        return self._read(file, kind) if (self.directory / file).exists() else None

    def _note(self, document: Document[T], findings: Iterable[Finding]) -> None:
        self.problems += [document.problem(path, message) for path, message in findings]

    def _unique(self, document: Document[T], noun: str, places: Iterable[tuple[Place, str]]) -> None:
        """Ids of one kind are unique in the whole course."""
        for path, one in places:
            if (noun, one) in self.seen:
                problem = document.problem(path, f"{noun} id '{one}' is used twice, also in {self.seen[noun, one]}")
                self.problems.append(problem)
            place = document.problem(path, "")
            self.seen.setdefault((noun, one), f"{place.file}:{place.line}")

    def _samples(self, samples: Document[Samples]) -> None:
        listed = samples.value.samples
        self._unique(samples, "sample", ((("samples", n, "id"), one.id) for n, one in enumerate(listed)))
        findings: list[Finding] = []
        if samples.value.reference not in {one.id for one in listed}:
            findings.append((("reference",), f"there is no sample '{samples.value.reference}'"))
        for number, one in enumerate(listed):
            try:
                (self.directory / "labs" / "samples" / one.file).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                findings.append((("samples", number, "file"), f"'{one.file}' cannot be read as UTF-8 text: {error}"))
        self._note(samples, findings)

    def _lesson(self, name: str, lesson: Document[Lesson], claims: Claims | None, samples: set[str]) -> None:
        value = lesson.value
        self._unique(lesson, "term", ((("terms", n, "id"), one.id) for n, one in enumerate(value.terms)))
        findings: list[Finding] = list(lint_lesson(value))
        if value.lesson != name:
            findings.append((("lesson",), f"is '{value.lesson}', needs '{name}' like its file"))
        findings += repeated("section", ((("sections", n, "id"), one.id) for n, one in enumerate(value.sections)))
        for path, text in _texts(value):
            for claim in claims_marked(text):
                if claims is not None and claim not in claims.claims:
                    findings.append((path, f"marks claim {claim}, which lessons/claims.yaml does not have"))
        for number, reference in enumerate(value.sources):
            if claims is not None and reference not in claims.references:
                findings.append((("sources", number), f"there is no reference '{reference}' in lessons/claims.yaml"))
        if claims is not None:
            findings += unsupported(value, claims)
        for path, figure in _figures(value):
            findings += [((*path, *where), message) for where, message in self._figure(figure, samples)]
        self._note(lesson, findings)

    def _figure(self, figure: Figure, samples: set[str]) -> Iterator[Finding]:
        tool = self.tools.get(figure.tool)
        if tool is None:
            yield ("tool",), f"there is no tool '{figure.tool}'; there are: {', '.join(self.tools)}"
            return
        if tool.needs_sample and not figure.sample:
            yield ("tool",), f"measures a sample, and the figure '{figure.id}' names none"
        elif tool.reads_sample and figure.sample and figure.sample not in samples:
            yield ("sample",), f"there is no sample '{figure.sample}' in labs/samples/samples.yaml"
        elif figure.sample and not tool.reads_sample:
            yield ("sample",), f"is '{figure.sample}', but {figure.tool} measures no sample"
        if refusal := tool.refusal(figure.arguments):
            yield ("arguments",), refusal
        if figure.vary not in tool.choices:
            yield ("vary",), f"is '{figure.vary}', needs one of: {', '.join(tool.choices)}"
        elif not figure.values and not tool.choices[figure.vary]:
            able = ", ".join(name for name, choices in tool.choices.items() if choices) or "none"
            yield (
                ("vary",),
                f"is '{figure.vary}', needs a parameter with choices: {able}; or give values to step through",
            )
        for number, given in enumerate(figure.values):
            if refusal := tool.refusal({figure.vary: given}):
                yield ("values", number), refusal

    def _quiz(
        self,
        name: str,
        quiz: Document[Quiz],
        claims: set[str] | None,
        ideas: set[str],
        lessons: Mapping[str, tuple[str, set[str]]],
    ) -> None:
        """Checks the questions; `lessons` has file name and sections by what a question gives as its lesson."""
        value = quiz.value
        self._unique(quiz, "question", ((("questions", n, "id"), one.id) for n, one in enumerate(value.questions)))
        findings: list[Finding] = list(lint_quiz(value))
        if value.quiz != name:
            findings.append((("quiz",), f"is '{value.quiz}', needs '{name}' like its file"))
        for number, question in enumerate(value.questions):
            place: Place = ("questions", number)
            file, sections = lessons.get(question.lesson, ("", set()))
            if not file:
                allowed = ", ".join(lessons) if name == MODULE_TEST else "none in the quiz of a lesson"
                findings.append(((*place, "id"), f"has the lesson '{question.lesson}', allowed is {allowed}"))
            elif question.reread not in sections:
                findings.append(((*place, "reread"), f"there is no section '{question.reread}' in lessons/{file}.yaml"))
            for n, claim in enumerate(question.claims):
                if claims is not None and claim not in claims:
                    findings.append(((*place, "claims", n), f"lessons/claims.yaml has no claim '{claim}'"))
            options = ((*place, "options", n, "id") for n in range(len(question.options)))
            findings += repeated("option", zip(options, (one.id for one in question.options), strict=True))
            for n, option in enumerate(question.options):
                if option.misconception and option.misconception not in ideas:
                    where = (*place, "options", n, "misconception")
                    findings.append(
                        (where, f"quizzes/misconceptions.yaml has no misconception '{option.misconception}'")
                    )
        self._note(quiz, findings)

    def _lab(
        self,
        document: Document[Lab],
        concepts: Document[Concepts] | None,
        lesson: Document[Lesson] | None,
        samples: set[str],
        claims: set[str] | None,
    ) -> None:
        lab = document.value
        self._unique(document, "lab", ((("id",), lab.id),))
        if concepts is None:
            self.problems.append(Problem("labs/concepts.yaml", 0, 0, "is missing, a course with labs has it"))
            return
        findings = [
            *lint_lab(lab),
            *unsupported_figures(lab),
            *dangling_names(lab, set(concepts.value.concepts) | set(lab.concepts)),
        ]
        findings += [
            (("tools", n), f"there is no tool '{one}'; there are: {', '.join(self.tools)}")
            for n, one in enumerate(lab.tools)
            if one not in self.tools
        ]
        findings += [
            (("samples", n), f"there is no sample '{one}' in labs/samples/samples.yaml")
            for n, one in enumerate(lab.samples)
            if one not in samples
        ]
        findings += [
            (("claims", n), f"lessons/claims.yaml has no claim '{one}'")
            for n, one in enumerate(lab.claims)
            if claims is not None and one not in claims
        ]
        if not findings and lesson is not None:
            # These run the rules, which only makes sense where all names lead somewhere.
            findings += self.check_lab(lab, concepts.value, lesson.value)
        self._note(document, findings)


def _claims(claims: Claims) -> Iterator[Finding]:
    for claim_id, claim in claims.claims.items():
        if not re.fullmatch(r"C\d+", claim_id):
            yield ("claims", claim_id), f"is called '{claim_id}', needs a name such as C08"
        for number, reference in enumerate(claim.references):
            if reference not in claims.references:
                yield ("claims", claim_id, "references", number), f"there is no reference '{reference}'"


def _texts(lesson: Lesson) -> Iterator[tuple[Place, str]]:
    for n, section in enumerate(lesson.sections):
        for m, block in enumerate(section.blocks):
            place: Place = ("sections", n, "blocks", m)
            if block.text is not None:
                yield (*place, "text"), block.text
            if block.callout is not None:
                yield (*place, "callout", "text"), block.callout.text
            if block.figure is not None:
                yield (*place, "figure", "caption"), block.figure.caption
    for n, term in enumerate(lesson.terms):
        yield ("terms", n, "definition"), term.definition


def _figures(lesson: Lesson) -> Iterator[tuple[Place, Figure]]:
    for n, section in enumerate(lesson.sections):
        for m, block in enumerate(section.blocks):
            if block.figure is not None:
                yield ("sections", n, "blocks", m, "figure"), block.figure
