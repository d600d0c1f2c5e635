from airflow.sdk import DAG

raise RuntimeError(f"this file can't be read: {DAG}")
