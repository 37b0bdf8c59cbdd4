"""The bundled model's files in the layout of Hugging Face and sentence-transformers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from retrieval.packed_e5 import Shape, Vocabulary

WEIGHTS = "model.safetensors"
PROMPTS = {"query": "query: ", "passage": "passage: "}
"""What multilingual-e5 was trained with; its model card asks for one of them before every text."""

MAX_TOKENS = 512


def layer_tensors(shape: Shape) -> Iterator[tuple[str, str | None, tuple[int, ...]]]:
    """For all layers: name in Hugging Face's BertModel, name in the packed file, shape."""
    hidden, wide = shape.hidden, shape.intermediate
    parts = {
        "attention.self.query": ("q", (hidden, hidden)),
        "attention.self.key": ("k", (hidden, hidden)),
        "attention.self.value": ("v", (hidden, hidden)),
        "attention.output.dense": ("ao", (hidden, hidden)),
        "attention.output.LayerNorm": ("aln", (hidden,)),
        "intermediate.dense": ("fi", (wide, hidden)),
        "output.dense": ("fo", (hidden, wide)),
        "output.LayerNorm": ("oln", (hidden,)),
    }
    for layer in range(shape.layers):
        for name, (packed, size) in parts.items():
            yield f"encoder.layer.{layer}.{name}.weight", f"l{layer}.{packed}.w", size
            yield f"encoder.layer.{layer}.{name}.bias", f"l{layer}.{packed}.b", size[:1]


def configuration(shape: Shape, vocabulary: Vocabulary) -> dict[str, dict[str, Any] | list[Any]]:
    """File name to JSON content, of every small file of the folder."""
    pieces = vocabulary.pieces
    begin, end = pieces[vocabulary.begin], pieces[vocabulary.end]
    special = {
        "bos_token": begin,
        "eos_token": end,
        "cls_token": begin,
        "sep_token": end,
        "pad_token": pieces[vocabulary.pad],
        "unk_token": pieces[vocabulary.unknown],
        "mask_token": pieces[-1],
    }
    modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    return {
        "config.json": _bert(shape, vocabulary),
        "tokenizer_config.json": {
            # The class that takes tokenizer.json as it is; XLMRobertaTokenizer would rebuild it.
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": MAX_TOKENS,
            "model_input_names": ["input_ids", "attention_mask"],
            "padding_side": "right",
            "truncation_side": "right",
            "clean_up_tokenization_spaces": False,
            **special,
        },
        "special_tokens_map.json": special,
        "modules.json": [
            # Names that sentence-transformers reads since version 2; version 6 translates them.
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(modules)
        ],
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
        "config_sentence_transformers.json": {
            # encode_document() of version 6 takes an empty prompt when "document" is not named.
            "prompts": {**PROMPTS, "document": PROMPTS["passage"]},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
        "2_Normalize/config.json": {},
    }


def _bert(shape: Shape, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.intermediate,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": shape.epsilon,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "initializer_range": 0.02,
        "pad_token_id": vocabulary.pad,
        "dtype": "float32",
    }
