"""Airflow tasks that start Fairlead workflows and wait for Fairlead rollouts. README.md says how they are used."""
