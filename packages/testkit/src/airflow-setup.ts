import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { endLeftovers } from '@fairlead/devairflow/airflow'

/** Vitest's global set-up: a place for the one Airflow of a run, which is started by the file that needs it. */
export default function setup(): () => Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fairlead-airflow-'))
  process.env['FAIRLEAD_TEST_AIRFLOW_FOLDER'] = folder
  return async () => {
    // Also when the worker that started it was killed.
    await endLeftovers(folder)
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
