/** DAGs in Python whose tasks do nothing: Airflow ends an EmptyOperator in its scheduler, without a process. */
const head = `from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG
`

/** The same shapes as workflow-shapes.ts has. */
export const shapesFile = `${head}
with DAG("noop", schedule=None):
    EmptyOperator(task_id="only")

for length in (10, 40):
    with DAG(f"chain{length}", schedule=None):
        last = None
        for at in range(length):
            task = EmptyOperator(task_id=f"t{at}")
            if last is not None:
                last >> task
            last = task

with DAG("inout100", schedule=None):
    first, end = EmptyOperator(task_id="first"), EmptyOperator(task_id="last")
    first >> [EmptyOperator(task_id=f"m{at}") for at in range(100)] >> end
`

/** `count` DAGs of one task, in files of a hundred. */
export function manyDags(count: number): Readonly<Record<string, string>> {
  const files = Math.ceil(count / 100)
  return Object.fromEntries(
    Array.from({ length: files }, (_, file) => [
      `many_${file}.py`,
      `${head}
for at in range(${file * 100}, ${Math.min(count, (file + 1) * 100)}):
    with DAG(f"many_{at:04d}", schedule=None):
        EmptyOperator(task_id="only")
`,
    ]),
  )
}
