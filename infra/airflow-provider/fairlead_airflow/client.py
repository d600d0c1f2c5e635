from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowFailException

TIMEOUT_SECONDS = 30


class FairleadError(AirflowFailException):
    """Fairlead refused, in its words: trying again would not help. What it did not answer at all is an OSError."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{message} ({code})")
        self.code = code


class FairleadClient:
    """The public API, by the address and the token of an Airflow connection."""

    def __init__(self, conn_id: str) -> None:
        connection = BaseHook.get_connection(conn_id)
        host = connection.host or ""
        if "://" not in host:
            host = f"{connection.schema or 'https'}://{host}"
        self._url = host.rstrip("/") + (f":{connection.port}" if connection.port else "")
        self._token = connection.password or ""

    def call(self, name: str, **values: Any) -> Any:
        """`name` is a name of Fairlead's surface, such as `workflow.start`."""
        request = urllib.request.Request(
            f"{self._url}/api/trpc/{name}",
            data=json.dumps({"json": values}).encode(),
            headers={"authorization": f"Bearer {self._token}", "content-type": "application/json"},
            method="POST",
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                return json.load(answer)["result"]["data"]["json"]
        except urllib.error.HTTPError as error:
            if error.code >= 500 or error.code == 429:
                raise
            raise self._refusal(error) from error

    @staticmethod
    def _refusal(error: urllib.error.HTTPError) -> FairleadError:
        try:
            body = json.load(error)["error"]["json"]
            data = body["data"]
            return FairleadError(data["code"], " ".join([body["message"], *_particulars(data.get("detail") or {})]))
        except (ValueError, KeyError, TypeError):
            return FairleadError(str(error.code), "Something else than Fairlead answers there.")


def _particulars(detail: dict[str, Any]) -> list[str]:
    """Where it is wrong, what stood there and what would be right, as far as Fairlead says."""
    said = [f"{name} {detail[name]}" for name in ("expected", "found") if detail.get(name)]
    where = f"{detail['path']}: {', '.join(said)}." if detail.get("path") and said else None
    return [text for text in (where, detail.get("remedy")) if text]
