"""Ridge regression in its dual form, with exact leave-one-group-out predictions. Needs numpy; used for fitting only.

The leave-one-group-out values come from one inverse (no refitting), so that scores that feed a second stage are
always those of a model that had not seen the situation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Rows = list[dict[str, float]]
_FREQUENT = 150


class Table:
    """Feature dictionaries as named sparse columns, with their kernel (the products of all pairs of rows).

    A feature counts once it occurs in ``least_groups`` groups, looking only at the ``counted`` rows where given.
    """

    def __init__(
        self, rows: Rows, groups: Sequence[int], least_groups: int = 2, counted: Sequence[bool] | None = None
    ) -> None:
        import numpy as np

        self.count = len(rows)
        at: dict[str, list[int]] = {}
        amounts: dict[str, list[float]] = {}
        for number, row in enumerate(rows):
            for name, amount in row.items():
                at.setdefault(name, []).append(number)
                amounts.setdefault(name, []).append(amount)
        among = counted if counted is not None else [True] * self.count
        self.names = sorted(
            name for name, where in at.items() if len({groups[n] for n in where if among[n]}) >= least_groups
        )
        self.columns = [(np.array(at[name]), np.array(amounts[name])) for name in self.names]

    def kernel(self) -> Any:
        """Return the matrix of products of all pairs of rows."""
        import numpy as np

        kernel = np.zeros((self.count, self.count))
        frequent = [column for column in self.columns if len(column[0]) > _FREQUENT]
        dense = np.zeros((self.count, len(frequent)))
        for number, (where, amounts) in enumerate(frequent):
            dense[where, number] = amounts
        kernel += dense @ dense.T
        for where, amounts in self.columns:
            if len(where) <= _FREQUENT:
                kernel[np.ix_(where, where)] += np.outer(amounts, amounts)
        return kernel

    def weights(self, alpha: Any) -> Any:
        """Return a row of weights for each name: the dual coefficients carried back to the features."""
        import numpy as np

        return np.array([amounts @ alpha[where] for where, amounts in self.columns])


class Ridge:
    """A ridge of several outputs on some rows of a kernel."""

    def __init__(self, kernel: Any, targets: Any, groups: Any, strength: float, keep: Any) -> None:
        import numpy as np

        self.keep = keep
        self.base = targets[keep].mean(axis=0)
        centred = targets[keep] - self.base
        # In single precision: the errors stay below a weight's last kept digit, and half the time and memory is saved.
        block = kernel[np.ix_(keep, keep)].astype(np.float32)
        block[np.diag_indices_from(block)] += strength
        inverse = np.linalg.inv(block)
        self.alpha = inverse @ centred
        self.unseen = np.full_like(targets, np.nan)
        members = groups[keep]
        left_out = np.zeros_like(centred)
        for group in np.unique(members):
            at = np.where(members == group)[0]
            left_out[at] = centred[at] - np.linalg.solve(inverse[np.ix_(at, at)], self.alpha[at])
        self.unseen[keep] = left_out + self.base

    def predict(self, kernel: Any, rows: Any) -> Any:
        """Return the outputs for other rows of the same kernel."""
        import numpy as np

        return kernel[np.ix_(rows, self.keep)] @ self.alpha + self.base

    def alpha_for_all(self, count: int) -> Any:
        """Return the dual coefficients for every row of the table, zero where a row was not used."""
        import numpy as np

        full = np.zeros((count, self.alpha.shape[1]))
        full[self.keep] = self.alpha
        return full
