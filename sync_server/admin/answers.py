"""What a command gets back: JSON to print, or a refusal with its sentence."""

from typing import Any

from sync_server.use_cases.refusal import Refusal

Json = dict[str, Any]
Answer = Json | Refusal
