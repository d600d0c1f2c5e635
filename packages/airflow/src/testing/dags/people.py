from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.hitl import ApprovalOperator, HITLOperator
from airflow.sdk import DAG, Param

with DAG("asks", schedule=None):
    ApprovalOperator(
        task_id="approve",
        subject="Ship it?",
        body="**All** of it.",
        params={
            "amount": Param(5, type="integer", minimum=1, description="how many"),
            "note": Param(None, type=["null", "string"]),
        },
    ) >> BashOperator(task_id="ship", bash_command="echo shipped")
    HITLOperator(
        task_id="choose",
        subject="Which ones?",
        options=["red", "green", "blue"],
        multiple=True,
        assigned_users={"id": "bob", "name": "Bob"},
    )

with DAG(
    "orders",
    schedule=None,
    tags=["shop"],
    params={
        "region": Param(type="string", enum=["eu", "us"], description="where they come from"),
        "limit": Param(10, type="integer", minimum=1, maximum=99),
        "since": Param(None, type=["null", "string"], format="date"),
    },
):
    BashOperator(task_id="count", bash_command="echo {{ params.region }} {{ params.limit }}")

with DAG("confirms", schedule=None):
    ApprovalOperator(task_id="confirm", subject="Go on?") >> BashOperator(task_id="go", bash_command="echo went")
