"""The settings screen: what is changed there holds at once, is written, and says where it came from."""

import pytest

from synthqc.settings.file import read_settings


def file_of(one) -> str:
    return one.app.resolved.path.read_text()


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_the_look_changes_at_once_and_is_kept_with_comments(learner, size) -> None:
    async with learner(size, settings="# mine\nmotion: none  # slow line\n") as one:
        await one.presses("comma")
        await one.sees("‹ dark ›")
        assert "line 2 of the file" in one.screen
        before = one.app.theme
        await one.presses("right")
        await one.sees("‹ light ›")
        assert one.app.theme != before
        assert file_of(one) == "# mine\nmotion: none  # slow line\ntheme: light\n"
        await one.presses("left", "left")
        await one.sees("‹ without colour ›")
    async with learner(size) as again:
        assert again.app.theme == "synthqc-mono"


async def test_an_endpoint_is_added_and_the_tutor_answers_when_it_is_not_there(learner) -> None:
    async with learner() as one:
        await one.presses("comma", "a")
        await one.sees("Add an endpoint")
        await one.types("desk")
        await one.presses("enter")
        await one.types("http://127.0.0.1:9/v1")
        await one.presses("enter")
        await one.types("qwen3")
        await one.presses("enter", "enter")
        await one.sees("desk at 127.0.0.1:9")
        await one.presses("up", "up", "up", "up")
        await one.presses("home", "down", "down", "right")
        await one.sees("‹ a model, decided by the tutor ›")
        settings = read_settings(one.app.resolved.path).value
        assert (settings.assistant, settings.endpoint) == ("online", "desk")
        await one.presses("escape")
        await one.opens(3, "exchange 0 of 3")
        await one.sees("qwen3 at 127.0.0.1:9 words the replies")
        assert "Lab 1 · qwen3 at 127.0.0.1:9" in one.screen.splitlines()[0]


async def test_an_address_that_cannot_be_used_is_told_in_the_form(learner) -> None:
    async with learner() as one:
        await one.presses("comma", "a")
        await one.types("desk")
        await one.presses("enter")
        await one.types("http://example.org/v1")
        await one.presses("f2")
        await one.sees("plain http would show your words")
        assert not one.app.resolved.path.exists()


async def test_without_a_list_of_models_a_name_is_typed(learner) -> None:
    async with learner(settings="endpoints: {desk: {base_url: 'http://127.0.0.1:9/v1'}}\n") as one:
        await one.presses("comma", "home", "down", "down", "down", "down", "enter")
        await one.sees("No list: 127.0.0.1:9 cannot be reached")
        await one.types("qwen3")
        await one.presses("enter")
        await one.sees(lambda text: "No list" not in text and "qwen3" in text)
        assert read_settings(one.app.resolved.path).value.endpoints["desk"].model == "qwen3"


async def test_a_key_is_set_by_pressing_it_and_taken_back(learner) -> None:
    async with learner() as one:
        await one.presses("comma", "home", *["down"] * 5, "enter")
        await one.sees("Keys: enter gives the marked action another one")
        await one.presses("home", "enter")
        await one.sees("Press the new key for app.commands")
        await one.presses("f12")
        await one.sees("f12 (set)")
        await one.presses("escape", "escape", "f12")
        await one.sees("Commands")
        await one.presses("escape", "comma", "home", *["down"] * 5, "enter", "home", "d")
        await one.sees(lambda text: "(set)" not in text)
        assert read_settings(one.app.resolved.path).value.keys == {}


async def test_openais_variables_are_used_after_a_question_that_is_asked_once(learner) -> None:
    environment = {"OPENAI_API_KEY": "sk-abcdefghijklmnop1234", "SYNTHQC_ASSISTANT": "online", "SYNTHQC_MODEL": "gpt"}
    async with learner(environment=environment, wanted="Use the OpenAI variables") as one:
        assert "for api.openai.com?" in one.screen
        assert "abcdef" not in one.screen
        await one.presses("n")
        await one.sees("Begin:")
        assert read_settings(one.app.resolved.path).value.openai_hosts == {"api.openai.com": False}
    async with learner(environment=environment) as again:
        await again.opens(3, "exchange 0 of 3")
        await again.sees("The offline tutor answers: no endpoint is set")


async def test_what_a_variable_holds_is_not_changed_here(learner) -> None:
    async with learner(environment={"SYNTHQC_THEME": "light"}) as one:
        await one.presses("comma", "right")
        await one.sees("SYNTHQC_THEME holds it: change it there.")
        assert not one.app.resolved.path.exists()
