"""Writes a language model of random weights, small enough to be made in a second: it speaks nonsense, but it speaks.

Run with the Python of the peers' environment, which has `gguf`: `python tiny_model.py FILE`.
"""

import sys

import numpy as np
from gguf import GGUFWriter, TokenType

WIDTH, LAYERS, HEADS, INNER, CONTEXT = 64, 2, 4, 128, 32_768
TEMPLATE = (
    "{% for message in messages %}<{{ message['role'] }}>{{ message['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}<assistant>{% endif %}"
)


def vocabulary() -> list[tuple[str, TokenType]]:
    special = [("<unk>", TokenType.UNKNOWN), ("<s>", TokenType.CONTROL), ("</s>", TokenType.CONTROL)]
    bytes_ = [(f"<0x{number:02X}>", TokenType.BYTE) for number in range(256)]
    words = [
        *("\u2581" + word for word in ("the", "lines", "repeat", "which", "number", "of", "a", "template")),
        "?",
        ".",
        ",",
    ]
    return [*special, *bytes_, *((word, TokenType.NORMAL) for word in (*words, "\u2581"))]


def main(path: str) -> None:
    chance = np.random.default_rng(7)
    tokens = vocabulary()
    writer = GGUFWriter(path, "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list([text.encode() for text, _ in tokens])
    writer.add_token_scores([-float(number) for number in range(len(tokens))])
    writer.add_token_types([kind for _, kind in tokens])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(TEMPLATE)

    def random(name: str, *shape: int) -> None:
        writer.add_tensor(name, chance.normal(0, 0.4, shape).astype(np.float32))

    random("token_embd.weight", len(tokens), WIDTH)
    output = chance.normal(0, 0.4, (len(tokens), WIDTH)).astype(np.float32)
    # The marks of the beginning and the end are never the likeliest, so that it speaks until it is told to stop.
    output[:3] = 0
    writer.add_tensor("output.weight", output)
    writer.add_tensor("output_norm.weight", np.ones(WIDTH, dtype=np.float32))
    for layer in range(LAYERS):
        for name in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{name}.weight", np.ones(WIDTH, dtype=np.float32))
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            random(f"blk.{layer}.{name}.weight", WIDTH, WIDTH)
        for name, shape in (("ffn_gate", (INNER, WIDTH)), ("ffn_up", (INNER, WIDTH)), ("ffn_down", (WIDTH, INNER))):
            random(f"blk.{layer}.{name}.weight", *shape)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    main(sys.argv[1])
