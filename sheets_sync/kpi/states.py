"""Arrays of figures and of their states: the types and the codes that stand for `model.State` in them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sheets_sync.model import State

Floats: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.int8]
Flags: TypeAlias = NDArray[np.bool_]

# A state's code is its place here. Where two cells speak of one figure, the later state in this order wins.
STATES = (State.EMPTY, State.NOT_APPLICABLE, State.ZERO, State.REPORTED, State.UNREADABLE, State.BLOCKED)
CODE: Mapping[State, int] = MappingProxyType({state: code for code, state in enumerate(STATES)})
EMPTY, NOT_APPLICABLE, ZERO, REPORTED, UNREADABLE, BLOCKED = range(len(STATES))
