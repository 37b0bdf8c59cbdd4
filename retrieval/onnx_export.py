"""Write the bundled encoder as an ONNX graph over the weights of its safetensors file.

The graph is built node by node rather than traced: no torch is needed, and its weights are
references into `model.safetensors`, so 470 MB stand on disk once and ONNX Runtime maps them instead
of reading them. Only standard operators are used (opset 23, whose Attention runs faster here than
its parts).

Inputs `input_ids` and `attention_mask`: int64 (batch, tokens). Output `last_hidden_state`: float32
(batch, tokens, hidden), to be pooled by the caller.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from retrieval.packed_e5 import Shape

OPSET = 23
IR_VERSION = 11  # the first that has opset 23


def export(weights: Path, shape: Shape, target: Path) -> None:
    """Write the graph to `target`, in the folder of the safetensors file `weights`.

    Raises ValueError when they lie in different folders: ONNX keeps a relative path to the weights,
    and ONNX Runtime refuses one that leaves the graph's folder.
    """
    if weights.parent != target.parent:
        raise ValueError("the ONNX graph must lie beside its weights")
    graph = _Encoder(weights, shape).build()
    target.write_bytes(graph.SerializeToString())


class _Encoder:
    """Collects the nodes and constants of a BERT encoder.

    Between the embedding and the output the states are (batch * tokens, hidden): Gemm then takes
    the weights as torch stores them, (out, in), without a transposed copy.
    """

    def __init__(self, weights: Path, shape: Shape) -> None:
        self.shape = shape
        self.nodes: list[onnx.NodeProto] = []
        self.constants = _references(weights)

    def build(self) -> onnx.ModelProto:
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
                )
            ],
            [constant for name, constant in self.constants.items() if name in used],
        )
        return helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET)],
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
        return self.op("Gemm", state, f"{name}.weight", f"{name}.bias", transB=1)

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
        """An int64 constant, kept in the graph itself."""
        self.constants[name] = numpy_helper.from_array(np.array(values, np.int64), name)
        return name


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
