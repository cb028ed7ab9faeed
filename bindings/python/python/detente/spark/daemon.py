"""Spark's daemon of Python workers, with the model loaded before any of them is forked.

Set `spark.python.daemon.module` to `detente.spark.daemon`. Loaded pages are shared by all workers of the executor.
"""

from pyspark.daemon import manager

from detente import _native

if __name__ == "__main__":
    _native.load()
    manager()
