"""Multinomial logistic regression in which classes that belong together share a part of their weights.

The weights of a class are its own and those of every family it is in, each with its own L2: what tells one family from another is learned from all its
classes at once. In the end they are summed, so that what comes out is one row of weights a class.
"""
import numpy as np
from scipy.optimize import minimize

STEPS = 100


class Model:
    """Weights of every feature for every class, and a weight that holds always."""

    def __init__(self, weights, always):
        self.weights, self.always = weights, always

    def beside(self, other, much):
        """Both multiplied, the other to the power of `much`; no surer than one alone."""
        return Model((self.weights + much * other.weights) / (1 + much), (self.always + much * other.always) / (1 + much))

    def likely(self, matrix):
        return likely(times(matrix, self.weights) + self.always)[0]


def fit(matrix, classes, counts, families, c):
    """matrix: named features (sparse) and vectors (dense); classes: the number of each row's class; counts: how much each row counts;
    families: a row each, how much each class takes from it; c: how far the weights may go."""
    named, vectors = (part.astype(np.float32) for part in matrix)
    named_t, vectors_t, rows = named.T.tocsr(), vectors.T.copy(), np.arange(len(classes))
    parts = np.vstack([np.eye(families.shape[1]), families]).astype(np.float32)
    counts, size = counts.astype(np.float32), (named.shape[1] + vectors.shape[1], len(parts))

    def unpacked(values):
        return values[: -parts.shape[1]].reshape(size), values[-parts.shape[1] :]

    def cost(values):
        shared, always = unpacked(values.astype(np.float32))
        shares, logs = likely(times((named, vectors), shared @ parts) + always)
        lost = -float((counts * logs[rows, classes]).sum())
        shares[rows, classes] -= 1
        shares *= counts[:, None]
        slope = np.vstack([named_t @ shares, vectors_t @ shares]) @ parts.T + shared / c
        return lost + float((shared**2).sum()) / (2 * c), np.append(slope.ravel(), shares.sum(0)).astype(np.float64)

    start = np.zeros(size[0] * size[1] + parts.shape[1])
    found = minimize(cost, start, jac=True, method="L-BFGS-B", options=dict(maxiter=STEPS, maxcor=6, ftol=1e-6, gtol=1e-3))
    shared, always = unpacked(found.x)
    return Model(shared @ parts, always)


def times(matrix, weights):
    named, vectors = matrix
    return named @ weights[: named.shape[1]] + vectors @ weights[named.shape[1] :]


def likely(sums):
    """How likely each class is, and the logarithm of it."""
    sums = sums - sums.max(1, keepdims=True)
    logs = sums - np.log(np.exp(sums).sum(1, keepdims=True))
    return np.exp(logs), logs
