from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from typing import Any

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException

from fairlead_airflow.client import FairleadClient

SUCCEEDED = {"succeeded", "succeeded_with_failures"}
ENDED = SUCCEEDED | {"failed", "cancelled"}


class FairleadWorkflowOperator(BaseOperator):
    """
    Starts a run of a Fairlead workflow and waits for its end.

    The run has a key that is made of the DAG run, the task and its try, so that a try that is begun again starts no
    second one. A later try waits for the run of the one before it while that still goes on, and starts another
    otherwise. A run that is to end with the task (marked failed, cleared, timed out) is cancelled.
    """

    template_fields = ("project", "workflow", "parameters")

    def __init__(
        self,
        *,
        project: str,
        workflow: str,
        parameters: Mapping[str, Any] | None = None,
        conn_id: str = "fairlead_default",
        poll_interval: float = 5.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.project = project
        self.workflow = workflow
        self.parameters = parameters or {}
        self.conn_id = conn_id
        self.poll_interval = poll_interval
        self._run: str | None = None

    def execute(self, context: Any) -> dict[str, Any]:
        client = FairleadClient(self.conn_id)
        instance = context["ti"]
        run = self._start(client, instance, instance.try_number)
        self._run = run["run"]
        self.log.info("Run %s of %s/%s.", run["number"], self.project, self.workflow)
        state, reason = self._wait(client)
        self._run = None
        if state not in SUCCEEDED:
            raise AirflowException(f"Run {run['number']} of {self.workflow}: {state}. {reason}")
        return {"run": run["run"], "number": run["number"], "state": state}

    def on_kill(self) -> None:
        if self._run is not None:
            FairleadClient(self.conn_id).call("run.cancel", run=self._run, reason="Its Airflow task was ended.")

    def _start(self, client: FairleadClient, instance: Any, attempt: int) -> dict[str, Any]:
        if attempt > 1:
            earlier = self._started(client, instance, attempt - 1)
            if self._ask(client, "run.get", run=earlier["run"])["state"] not in ENDED:
                return earlier
        return self._started(client, instance, attempt)

    def _started(self, client: FairleadClient, instance: Any, attempt: int) -> dict[str, Any]:
        parts = [instance.dag_id, instance.run_id, instance.task_id, instance.map_index, attempt]
        digest = hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()
        return self._ask(
            client,
            "workflow.start",
            project=self.project,
            workflow=self.workflow,
            parameters=dict(self.parameters),
            key=f"airflow/{digest[:40]}",
        )

    def _wait(self, client: FairleadClient) -> tuple[str, str]:
        while True:
            run = self._ask(client, "run.get", run=self._run)
            if run["state"] in ENDED:
                return run["state"], run["reason"]
            time.sleep(self.poll_interval)

    def _ask(self, client: FairleadClient, name: str, **values: Any) -> Any:
        """Silence is not failure: it goes on asking until Airflow's own timeout ends the task."""
        while True:
            try:
                return client.call(name, **values)
            except OSError as error:
                self.log.warning("Fairlead does not answer: %s", error)
                time.sleep(self.poll_interval)
