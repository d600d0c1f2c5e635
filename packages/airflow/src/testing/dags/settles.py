from datetime import timedelta

from airflow.sdk import DAG
from fairlead_airflow.operators import FairleadWorkflowOperator
from fairlead_airflow.sensors import FairleadRolloutSensor

patient = {"retries": 3, "retry_delay": timedelta(seconds=1)}

with DAG("settles", schedule=None, default_args=patient, params={"workflow": "settle", "day": "monday"}):
    FairleadRolloutSensor(task_id="released", project="shop", application="web", poke_interval=0.5) >> (
        FairleadWorkflowOperator(
            task_id="settle",
            project="shop",
            workflow="{{ params.workflow }}",
            parameters={"day": "{{ params.day }}"},
            poll_interval=0.3,
        )
    )
