from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Param

with DAG("greets", schedule=None, params={"times": Param(1, type="integer", description="how often")}):
    BashOperator(task_id="hello", bash_command="echo hello {{ params.times }}") >> BashOperator(
        task_id="bye", bash_command="echo bye"
    )

with DAG("fails", schedule=None):
    BashOperator(task_id="stumble", bash_command="echo stumbling; exit 3", retries=0)

with DAG("lasts", schedule=None):
    BashOperator(task_id="sleep", bash_command="for i in $(seq 600); do echo second $i; sleep 1; done")
