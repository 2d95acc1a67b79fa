"""Model files read fast: by Python's own unpickler, which is given nothing but the parts of tensors to call.

`torch.load` with `weights_only` unpickles in Python code, which takes most of the time to load models with large vocabularies.
"""

from __future__ import annotations

import codecs
import collections
import pickle
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import torch

__all__ = ["read_checkpoint"]

# What a file of tensors, dicts, lists and plain values names, and nothing else.
_KNOWN = {
    ("collections", "OrderedDict"): collections.OrderedDict,
    # How older protocols write bytes.
    ("_codecs", "encode"): codecs.encode,
    ("torch._utils", "_rebuild_tensor_v2"): torch._utils._rebuild_tensor_v2,
    ("torch._utils", "_rebuild_parameter"): torch._utils._rebuild_parameter,
}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """The few callables of a file of weights; anything else is refused."""
        try:
            return _KNOWN[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"a model file has no use for {module}.{name}") from None


def read_checkpoint(path: Path) -> dict[str, Any]:
    """What `torch.load` reads from a model's file, its weights (`model`) as floats.

    Raises `pickle.UnpicklingError` for anything but weights and plain values.
    """
    fast = {"weights_only": False, "pickle_module": _PICKLE} if zipfile.is_zipfile(path) else {"weights_only": True}
    stored: dict[str, Any] = torch.load(path, map_location="cpu", **fast)
    weights = stored.get("model")
    if isinstance(weights, Mapping):
        stored["model"] = {name: value.float() if value.is_floating_point() else value for name, value in weights.items()}
    return stored


# As much of the module `pickle` as `torch.load` asks for.
_PICKLE = SimpleNamespace(Unpickler=_Unpickler, __name__=__name__)
