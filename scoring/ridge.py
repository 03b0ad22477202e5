"""Ridge regression with exact leave-one-group-out predictions. Needs numpy and scipy; used for fitting only.

The leave-one-group-out values come from one inverse (no refitting), so that scores that feed a second stage are
always those of a model that had not seen the situation. Time and memory grow with the number of features, which new
replies add to slowly, and hardly with the number of replies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Rows = list[dict[str, float]]


class Table:
    """Feature dictionaries as a sparse matrix, a column for each feature that counts, in the order of ``names``.

    A feature counts once it occurs in ``least_groups`` groups, looking only at the ``counted`` rows where given.
    """

    def __init__(
        self, rows: Rows, groups: Sequence[int], least_groups: int = 2, counted: Sequence[bool] | None = None
    ) -> None:
        from scipy.sparse import csr_matrix

        self.count = len(rows)
        among: dict[str, set[int]] = {}
        for number, row in enumerate(rows):
            for name in row:
                known = among.setdefault(name, set())
                if counted is None or counted[number]:
                    known.add(groups[number])
        self.names = sorted(name for name, where in among.items() if len(where) >= least_groups)
        place = {name: at for at, name in enumerate(self.names)}
        listed = [[(place[name], amount) for name, amount in row.items() if name in place] for row in rows]
        starts = [0]
        for row_of in listed:
            starts.append(starts[-1] + len(row_of))
        columns = [column for row_of in listed for column, _ in row_of]
        amounts = [amount for row_of in listed for _, amount in row_of]
        self.matrix = csr_matrix((amounts, columns, starts), shape=(self.count, len(self.names)))
        self.matrix.sort_indices()  # so that sums come out the same to the last bit


class Ridge:
    """A ridge of several outputs on some rows of a table."""

    def __init__(self, table: Table, targets: Any, groups: Any, strength: float, keep: Any, counts: Any = None) -> None:
        """Fit.

        Args:
            table: The features of all rows.
            targets: The outputs wanted, a row for each of the table's.
            groups: The group of each row; a group is left out as a whole.
            strength: What is added to each feature's own sum of squares.
            keep: The rows to fit on.
            counts: How much each row of the table counts; each counts once where left out.
        """
        import numpy as np

        self.table = table
        root = np.sqrt(np.ones(len(keep)) if counts is None else counts[keep])[:, None]
        self.base = np.average(targets[keep], axis=0, weights=root[:, 0] ** 2)
        centred = (targets[keep] - self.base) * root
        rows = table.matrix[keep]
        if counts is not None:
            rows = rows.multiply(root).tocsr()
        inverse = _inverse_of_products(rows, strength)
        self.weights = inverse @ (rows.T @ centred)
        """A row for each of the table's names."""
        left = centred - rows @ self.weights
        self.unseen = np.full_like(targets, np.nan)
        members = groups[keep]
        left_out = np.zeros_like(centred)
        for group in np.unique(members):
            at = np.where(members == group)[0]
            of_group = rows[at]
            used = np.unique(of_group.indices)
            dense = of_group[:, used].toarray()
            pull = dense @ inverse[np.ix_(used, used)] @ dense.T
            left_out[at] = centred[at] - np.linalg.solve(np.eye(len(at)) - pull, left[at])
        self.unseen[keep] = left_out / root + self.base

    def predict(self, rows: Any) -> Any:
        """Return the outputs for other rows of the same table."""
        return self.table.matrix[rows] @ self.weights + self.base


def _inverse_of_products(rows: Any, strength: float) -> Any:
    """Return the inverse of the products of all pairs of columns, with ``strength`` added to each column's own."""
    import numpy as np
    from scipy.linalg.lapack import spotrf, spotri

    # In single precision: the errors stay below a weight's last kept digit, and half the time and memory is saved.
    products = np.asfortranarray((rows.T @ rows).toarray(), dtype=np.float32)
    products[np.diag_indices_from(products)] += strength
    if not len(products):
        return products
    factor, failed = spotrf(products, lower=1, overwrite_a=1)
    inverse, failed_too = spotri(factor, lower=1, overwrite_c=1)
    if failed or failed_too:
        raise ArithmeticError("The features of these replies cannot be told apart; use a larger strength.")
    above = np.triu_indices_from(inverse, 1)
    inverse[above] = inverse.T[above]
    return inverse
