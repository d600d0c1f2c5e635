from __future__ import annotations

from typing import Any

from airflow.sdk import BaseSensorOperator
from airflow.sdk.exceptions import AirflowFailException

from fairlead_airflow.client import FairleadClient

BAD_ENDS = {"rolled_back", "failed", "cancelled", "rejected", "superseded"}


class FairleadRolloutSensor(BaseSensorOperator):
    """
    Waits until a rollout has converged, or one of its stages has. Without `rollout` it is the application's newest one
    at each look. A rollout that ends otherwise fails the task for good: it will not converge any more.
    """

    template_fields = ("project", "application", "stage", "rollout")

    def __init__(
        self,
        *,
        project: str,
        application: str,
        stage: str | None = None,
        rollout: str | None = None,
        conn_id: str = "fairlead_default",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.project = project
        self.application = application
        self.stage = stage
        self.rollout = rollout
        self.conn_id = conn_id

    def poke(self, context: Any) -> bool:
        try:
            rollout = self._look(FairleadClient(self.conn_id))
        except OSError as error:
            self.log.warning("Fairlead does not answer: %s", error)
            return False
        if rollout is None:
            self.log.info("%s has no rollout yet.", self.application)
            return False
        stages = {stage["name"]: stage["state"] for stage in rollout["stages"]}
        if self.stage is not None and self.stage not in stages:
            raise AirflowFailException(f"Rollout {rollout['number']} has no stage {self.stage}.")
        state = rollout["state"] if self.stage is None else stages[self.stage]
        self.log.info("Rollout %s of %s: %s", rollout["number"], self.application, state)
        if state == ("succeeded" if self.stage is None else "converged"):
            return True
        if rollout["state"] in BAD_ENDS:
            reason = f"{rollout['state']}. {rollout['reason']}"
            raise AirflowFailException(f"Rollout {rollout['number']} of {self.application}: {reason}")
        return False

    def _look(self, client: FairleadClient) -> dict[str, Any] | None:
        if self.rollout is not None:
            return client.call("rollout.get", rollout=self.rollout)
        newest = client.call("rollout.list", project=self.project, application=self.application, limit=1)
        return newest[0] if newest else None
