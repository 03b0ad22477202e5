"""Make a tiny model of random weights, good for nothing but trying a real server with it: `FILE.gguf`.

Needs the packages gguf and numpy, which Rapport itself does not; README.md in this folder says how to run it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import gguf
import numpy as np

CONTEXT, WIDTH, HEADS, LAYERS, INNER = 32768, 64, 4, 2, 128
TEMPLATE = (
    "{% for message in messages %}{{ message.role }}: {{ message.content }}\n{% endfor %}"
    "{% if add_generation_prompt %}assistant: {% endif %}"
)


def tokens() -> tuple[list[bytes], list[int]]:
    """Return a vocabulary of single bytes and plain letters: enough for any text and for any grammar."""
    names = [b"<unk>", b"<s>", b"</s>"]
    kinds = [gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL, gguf.TokenType.CONTROL]
    names += [f"<0x{byte:02X}>".encode() for byte in range(256)]
    kinds += [gguf.TokenType.BYTE] * 256
    # A word begins with the mark for a space; letters by themselves make up everything else.
    letters = [chr(code) for code in range(33, 127)]
    names += ["\u2581".encode(), *(letter.encode() for letter in letters)]
    kinds += [gguf.TokenType.NORMAL] * (1 + len(letters))
    return names, [int(kind) for kind in kinds]


def make(path: Path, seed: int = 1) -> None:
    """Write the model; the same seed gives the same weights."""
    rng = np.random.default_rng(seed)
    names, kinds = tokens()
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_name("tiny random")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(INNER)
    writer.add_block_count(LAYERS)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(names))
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(names)
    writer.add_token_scores([0.0] * len(names))
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_chat_template(TEMPLATE)

    def random(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.05, shape).astype(np.float32)

    # Random but for one thing: quotation marks are likelier, or no text in an answer would ever be closed.
    embedding, output = random(len(names), WIDTH), random(len(names), WIDTH)
    embedding[:, 0], output[:, 0] = 1.0, 0.0
    output[names.index(b'"'), 0] = 0.5
    writer.add_tensor("token_embd.weight", embedding)
    writer.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    writer.add_tensor("output.weight", output)
    for layer in range(LAYERS):
        for name, shape in {
            "attn_q": (WIDTH, WIDTH),
            "attn_k": (WIDTH, WIDTH),
            "attn_v": (WIDTH, WIDTH),
            "attn_output": (WIDTH, WIDTH),
            "ffn_gate": (INNER, WIDTH),
            "ffn_up": (INNER, WIDTH),
            "ffn_down": (WIDTH, INNER),
        }.items():
            writer.add_tensor(f"blk.{layer}.{name}.weight", random(*shape))
        for name in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{name}.weight", np.ones(WIDTH, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
