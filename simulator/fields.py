"""What the fields of a scenario take: texts, names, numbers, and groups of fields that know no other."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]

WHOLE_NUMBER = re.compile(r"-?[0-9]{1,6}")


def _whole_number(value: Any) -> Any:
    """Take digits as an author writes them ("034" is 34) and nothing that only a programmer would take for a number."""
    if isinstance(value, str) and not WHOLE_NUMBER.fullmatch(value.strip()):
        raise PydanticCustomError("int_words", "not a whole number")
    return value


Whole = Annotated[int, BeforeValidator(_whole_number)]


class Strict(BaseModel):
    """A group of fields in which an unknown one is a problem."""

    # What stands inside a scenario is made ready once, as part of it, and not once more for itself. Defaults are
    # therefore constructed: to check them, their model would have to be made ready as well.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
