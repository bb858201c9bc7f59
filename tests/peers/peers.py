"""Servers by others, started for the tests: LiteLLM's proxy with mock replies, llama.cpp with a model of random weights."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PEERS = Path(os.environ.get("SYNTHQC_PEERS", Path(__file__).parents[2] / ".peers"))
"""The environment that `make test-peers` sets up."""

PYTHON = PEERS / "bin" / "python"
KEY = "sk-peers-0123456789abcdef"
REPLY = "You saw one template. Which case is it, and what do its users see?"


@contextmanager
def litellm(folder: Path) -> Iterator[str]:
    """LiteLLM's proxy, which wants a key; gives its address."""
    settings = folder / "litellm.yaml"
    call = {"id": "call_1", "type": "function", "function": {"name": "distinct-n", "arguments": '{"n": 2}'}}
    models = {
        "mock": {"mock_response": REPLY},
        "calls": {"mock_response": "", "mock_tool_calls": [call]},
        "busy": {"mock_response": "litellm.RateLimitError"},
        "broken": {"mock_response": "litellm.InternalServerError"},
        "elsewhere": {"api_base": "http://127.0.0.1:9/v1", "api_key": "none"},
    }
    settings.write_text(
        json.dumps(
            {
                "model_list": [
                    {"model_name": name, "litellm_params": {"model": f"openai/{name}", "api_key": "none", **more}}
                    for name, more in models.items()
                ],
                "general_settings": {"master_key": KEY},
                "litellm_settings": {"num_retries": 0},
                "router_settings": {"disable_cooldowns": True, "num_retries": 0},
            }
        )
    )
    port = free_port()
    command = [str(PEERS / "bin" / "litellm"), "--config", str(settings), "--host", "127.0.0.1", "--port", str(port)]
    with running(command, port, folder):
        yield f"http://127.0.0.1:{port}/v1"


@contextmanager
def llama(folder: Path, window: int = 16_384) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """llama.cpp's server for Python; gives its address and its process."""
    model = folder / "tiny.gguf"
    subprocess.run([PYTHON, Path(__file__).parent / "tiny_model.py", model], check=True)
    port = free_port()
    command = [
        str(PYTHON), "-m", "llama_cpp.server", "--model", str(model), "--host", "127.0.0.1", "--port", str(port),
        "--n_ctx", str(window), "--seed", "7", "--n_threads", "1", "--n_threads_batch", "1",
    ]  # fmt: skip
    with running(command, port, folder) as process:
        yield f"http://127.0.0.1:{port}/v1", process


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "server.log").open("wb") as log:
        environment = {**os.environ, "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            for _ in range(900):
                assert process.poll() is None, (folder / "server.log").read_text(errors="replace")[-2_000:]
                with socket.socket() as one:
                    if one.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield process
        finally:
            process.kill()
            process.wait()
