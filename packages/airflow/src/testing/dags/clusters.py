import os

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.sdk import DAG, Param

with DAG("crunches", schedule=None, params={"namespace": Param("default", type="string")}):
    # No node is of that size: its pod stays pending, and Airflow says that the task runs.
    KubernetesPodOperator(
        task_id="crunch",
        namespace="{{ params.namespace }}",
        image="registry.example.org/crunch:1",
        node_selector={"size": "huge"},
        in_cluster=False,
        config_file=os.environ["FAIRLEAD_TEST_ADMIN_KUBECONFIG"],
        startup_timeout_seconds=3600,
    )
