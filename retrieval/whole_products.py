"""Matrix products of small whole numbers, by ONNX Runtime.

Nine times as fast as numpy's in float32 where the CPU has 8-bit units (AVX-512 VNNI), and exact.
The left side has seven bits and the right side eight, so that the 16-bit sums of pairs, which CPUs
with AVX2 alone make, cannot overflow.
"""

from __future__ import annotations

import functools

import numpy as np
import onnx
import onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray
from onnx import TensorProto, helper

from retrieval.embedding import Vectors

ZERO = 64
"""What stands for 0 on the left side."""

LEFT, RIGHT = 63, 127
"""The largest number on each side, above or below 0."""

Left = NDArray[np.uint8]
Right = NDArray[np.int8]


def left(vectors: Vectors) -> tuple[Left, Vectors]:
    """Rows (n, d) as whole numbers, and what a step of each is worth (n,)."""
    steps = np.abs(vectors).max(axis=1, initial=1e-12) / LEFT
    rounded = np.rint(vectors / steps[:, None]) + ZERO
    return rounded.astype(np.uint8), steps.astype(np.float32)


def right(vectors: Vectors) -> tuple[Right, Vectors]:
    """Rows (m, d) as columns (d, m) of whole numbers, and what a step of each is worth (m,)."""
    steps = np.abs(vectors).max(axis=1, initial=1e-12) / RIGHT
    rounded = np.rint(vectors / steps[:, None]).astype(np.int8)
    return np.ascontiguousarray(rounded.T), steps.astype(np.float32)


def products(rows: Left, columns: Right) -> NDArray[np.int32]:
    """(n, d) by (d, m): (n, m)."""
    found: NDArray[np.int32] = _session().run(None, {"rows": rows, "columns": columns})[0]
    return found


@functools.cache
def _session() -> onnxruntime.InferenceSession:
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["rows", "columns", "zero"], ["products"])],
        "products",
        [
            helper.make_tensor_value_info("rows", TensorProto.UINT8, ["n", "d"]),
            helper.make_tensor_value_info("columns", TensorProto.INT8, ["d", "m"]),
        ],
        [helper.make_tensor_value_info("products", TensorProto.INT32, ["n", "m"])],
        [helper.make_tensor("zero", TensorProto.UINT8, [], [ZERO])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # a second core would be waited for when it is busy
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
