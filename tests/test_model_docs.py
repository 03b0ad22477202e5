"""What operators read about models is complete."""

from __future__ import annotations

from pathlib import Path

import yaml

from model.settings import NAMES

ROOT = Path(__file__).resolve().parent.parent


def test_every_setting_is_explained() -> None:
    page = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    assert not [name for name in NAMES if f"`{name}`" not in page]


def test_every_prompt_is_explained_and_has_its_file() -> None:
    page = (ROOT / "prompts" / "README.md").read_text(encoding="utf-8")
    for name, asked in yaml.safe_load((ROOT / "prompts" / "prompts.yaml").read_text(encoding="utf-8")).items():
        assert f"`{name}`" in page
        assert (ROOT / "prompts" / f"{name}.md.j2").is_file()
        assert not asked.get("schema") or (ROOT / "prompts" / asked["schema"]).is_file()
