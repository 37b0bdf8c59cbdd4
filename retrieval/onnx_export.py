"""Write the bundled encoder as an ONNX graph over the weights of its safetensors file.

The graph is built node by node rather than traced: no torch is needed, and its embeddings are
references into `model.safetensors`, so that ONNX Runtime maps them instead of reading them. Opset
23, whose Attention runs faster here than its parts.

The dense layers multiply in 8 bits, twice as fast as float32 (benchmarks/NOTES.md): weights by
output channel, in the range ±63 whose products no CPU's 16-bit sums can overflow; activations by
tensor, as they come. A few channels of this model are ten times as large as the others and would
take the 8 bits for themselves, so they are made smaller by a power of two, and their weights larger
by the same (Xiao et al., "SmoothQuant", 2023). Which ones is measured once, on ordinary sentences,
by running the float graph.

Inputs `input_ids` and `attention_mask`: int64 (batch, tokens). Output `last_hidden_state`: float32
(batch, tokens, hidden), to be pooled by the caller.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from retrieval.packed_e5 import Shape

OPSET = 23
IR_VERSION = 11  # the first that has opset 23

WEIGHT_RANGE = 63
SMOOTHING = 0.75
"""How much of an outlier moves from the activations into the weights: 0 none, 1 all."""

ORDINARY = 0.9
"""The share of channels that are no outliers."""

_MICROSOFT = "com.microsoft"  # ONNX Runtime's own operators

Peaks = Mapping[str, NDArray[np.float32]]
"""Largest absolute value of each channel (in,) by the name of the dense layer that takes it."""


def export(weights: Path, shape: Shape, target: Path, sentences: Sequence[Sequence[int]]) -> None:
    """Write the graph to `target`, in the folder of the safetensors file `weights`.

    `sentences` are the token ids of ordinary texts. Raises ValueError when the files lie in
    different folders: ONNX keeps a relative path to the weights, and ONNX Runtime refuses one that
    leaves the graph's folder.
    """
    if weights.parent != target.parent:
        raise ValueError("the ONNX graph must lie beside its weights")
    measuring = _Encoder(weights, shape)
    target.write_bytes(measuring.build(watched=True).SerializeToString())
    peaks = _peaks(target, measuring.inputs, sentences)
    target.write_bytes(_Encoder(weights, shape, peaks).build().SerializeToString())


def _peaks(graph: Path, inputs: Mapping[str, str], sentences: Sequence[Sequence[int]]) -> Peaks:
    session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
    states = list(dict.fromkeys(inputs.values()))
    highest: dict[str, NDArray[np.float32]] = {}
    for ids in sentences:
        tokens = np.array([ids], np.int64)
        feed = {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        for state, values in zip(states, session.run(states, feed), strict=True):
            peak = np.abs(values).max(axis=0)
            highest[state] = np.maximum(highest.get(state, peak), peak)
    return {layer: highest[state] for layer, state in inputs.items()}


class _Encoder:
    """Collects the nodes and constants of a BERT encoder, in float or, given `peaks`, in 8 bits.

    Between the embedding and the output the states are (batch * tokens, hidden): Gemm then takes
    the weights as torch stores them, (out, in), without a transposed copy.
    """

    def __init__(self, weights: Path, shape: Shape, peaks: Peaks | None = None) -> None:
        self.shape = shape
        self.peaks = peaks
        self.nodes: list[onnx.NodeProto] = []
        self.inputs: dict[str, str] = {}
        self.smoothed: dict[str, str] = {}
        self.weights = weights
        self.constants = _references(weights)

    def build(self, *, watched: bool = False) -> onnx.ModelProto:
        """The whole graph; `watched` gives out what the dense layers take, too."""
        shape = self.shape
        size = self.op("Shape", "input_ids")
        batch = self.op("Gather", size, self.whole("first", [0]))
        tokens = self.op("Gather", size, self.whole("second", [1]))
        per_text = self.op("Concat", batch, tokens, self.whole("hidden", [shape.hidden]), axis=0)
        square = self.op("Concat", batch, self.whole("one", [1]), tokens, tokens, axis=0)
        # One mask for all heads and for every asking token: padding is never looked at.
        visible = self.op("Unsqueeze", "attention_mask", self.whole("middle", [1, 2]))
        visible = self.op("Expand", self.op("Cast", visible, to=TensorProto.BOOL), square)

        state = self.embed(tokens)
        for layer in range(shape.layers):
            state = self.layer(f"encoder.layer.{layer}", state, visible, per_text)
        self.nodes.append(helper.make_node("Reshape", [state, per_text], ["last_hidden_state"]))

        used = {name for node in self.nodes for name in node.input}
        axes = ["batch", "tokens"]
        graph = helper.make_graph(
            self.nodes,
            "encoder",
            [
                helper.make_tensor_value_info(name, TensorProto.INT64, axes)
                for name in ("input_ids", "attention_mask")
            ],
            [
                helper.make_tensor_value_info(
                    "last_hidden_state", TensorProto.FLOAT, [*axes, shape.hidden]
                ),
                *(
                    helper.make_tensor_value_info(state, TensorProto.FLOAT, None)
                    for state in dict.fromkeys(self.inputs.values())
                    if watched
                ),
            ],
            [constant for name, constant in self.constants.items() if name in used],
        )
        return helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(_MICROSOFT, 1)],
            ir_version=IR_VERSION,
            producer_name="attache",
        )

    def embed(self, tokens: str) -> str:
        """Word, place and type embeddings added and normalised; every token is of type 0."""
        zero, one = self.whole("zero", 0), self.whole("step", 1)
        places = self.op("Range", zero, self.op("Squeeze", tokens), one)
        state = self.op("Gather", "embeddings.word_embeddings.weight", "input_ids")
        place = self.op("Gather", "embeddings.position_embeddings.weight", places)
        kind = self.op("Gather", "embeddings.token_type_embeddings.weight", zero)
        state = self.op("Add", self.op("Add", state, place), kind)
        state = self.op("Reshape", state, self.whole("flat", [-1, self.shape.hidden]))
        return self.normalise("embeddings.LayerNorm", state)

    def layer(self, name: str, state: str, visible: str, per_text: str) -> str:
        """One transformer layer (Vaswani et al. 2017, normalised after each sum, as BERT does)."""
        asked = [
            self.op("Reshape", self.dense(f"{name}.attention.self.{part}", state), per_text)
            for part in ("query", "key", "value")
        ]
        heads = self.shape.heads
        seen = self.op("Attention", *asked, visible, q_num_heads=heads, kv_num_heads=heads)
        seen = self.op("Reshape", seen, self.whole("flat", [-1, self.shape.hidden]))
        seen = self.dense(f"{name}.attention.output.dense", seen)
        state = self.normalise(f"{name}.attention.output.LayerNorm", self.op("Add", seen, state))
        wide = self.op("Gelu", self.dense(f"{name}.intermediate.dense", state))
        wide = self.dense(f"{name}.output.dense", wide)
        return self.normalise(f"{name}.output.LayerNorm", self.op("Add", wide, state))

    def dense(self, name: str, state: str) -> str:
        self.inputs[name] = state
        if self.peaks is None:
            return self.op("Gemm", state, f"{name}.weight", f"{name}.bias", transB=1)
        factor = _smoothing(self.peaks[name])
        weights = self.read(f"{name}.weight").T * factor[:, None]
        scale = np.abs(weights).max(axis=0) / WEIGHT_RANGE
        whole = np.rint(weights / np.maximum(scale, 1e-12)).astype(np.int8, order="C")
        return self.op(
            "DynamicQuantizeMatMul",
            self.smooth(state, factor),
            self.array(f"{name}.whole", whole),
            self.array(f"{name}.scale", scale),
            self.array(f"{name}.zero", np.zeros(len(scale), np.int8)),
            f"{name}.bias",
            domain=_MICROSOFT,
        )

    def smooth(self, state: str, factor: NDArray[np.float32]) -> str:
        """`state` with its outlying channels made smaller; once for all layers that take it."""
        if state not in self.smoothed:
            inverse = self.array(f"{state}.smoothing", 1 / factor)
            self.smoothed[state] = self.op("Mul", state, inverse)
        return self.smoothed[state]

    def array(self, name: str, values: NDArray[Any]) -> str:
        """A constant kept in the graph itself."""
        self.constants[name] = numpy_helper.from_array(values, name)
        return name

    def read(self, name: str) -> NDArray[np.float32]:
        """The values of a weight, float32 in the shape it is stored in."""
        values: NDArray[np.float32] = numpy_helper.to_array(
            self.constants[name], str(self.weights.parent)
        )
        return values

    def normalise(self, name: str, state: str) -> str:
        scale, bias = f"{name}.weight", f"{name}.bias"
        epsilon = self.shape.epsilon
        return self.op("LayerNormalization", state, scale, bias, axis=-1, epsilon=epsilon)

    def op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add a node with one output and return that output's name."""
        output = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], output, **attributes))
        return output

    def whole(self, name: str, values: int | list[int]) -> str:
        """An int64 constant."""
        return self.array(name, np.array(values, np.int64))


def _smoothing(peaks: NDArray[np.float32]) -> NDArray[np.float32]:
    """What to divide each channel by (in,): powers of two, which lose no digit; most are 1."""
    outlying = np.maximum(peaks / np.quantile(peaks, ORDINARY), 1)
    powers: NDArray[np.float32] = np.exp2(np.rint(SMOOTHING * np.log2(outlying)))
    return powers.astype(np.float32)


def _references(weights: Path) -> dict[str, TensorProto]:
    """Constants that point at the tensors of a safetensors file.

    The format: eight bytes with the length of a JSON header, the header, the data
    (https://github.com/huggingface/safetensors#format).
    """
    with weights.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    references = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        tensor = TensorProto(
            name=name,
            dims=entry["shape"],
            data_type=TensorProto.FLOAT,
            data_location=TensorProto.EXTERNAL,
        )
        place = {"location": weights.name, "offset": 8 + length + begin, "length": end - begin}
        for key, value in place.items():
            tensor.external_data.add(key=key, value=str(value))
        references[name] = tensor
    return references
