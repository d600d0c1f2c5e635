import { airflowSteps, type AirflowCheck, type AirflowStep } from '@fairlead/contracts/airflow'
import { messageOf } from '@fairlead/contracts/errors'
import { AirflowError } from './client/airflow-error'
import type { AirflowClient } from './client/airflow-client'

const passedWords: Readonly<Record<AirflowStep, string>> = {
  address: 'The address is one that may be dialled.',
  dns: 'Its name is known.',
  tcp: 'It answers.',
  tls: 'The connection holds.',
  airflow: 'It is an Airflow.',
  version: 'Its version is supported.',
  login: 'It accepts the user name and password.',
  health: 'Its scheduler and its database are healthy.',
}

/** Asks step by step; the first one that fails ends it, and says what failed. */
export async function checkAirflow(client: AirflowClient): Promise<AirflowCheck> {
  let version: string | null = null
  try {
    version = (await client.detect()).version
    await client.assertLogin()
    const sick = (await client.health()).filter(
      ({ name, status }) => status !== 'healthy' && (name === 'scheduler' || name === 'metadatabase'),
    )
    const [first] = sick
    if (first !== undefined)
      return failedAt(
        'health',
        version,
        `Its ${first.name} is ${first.status}: nothing will run until it is mended.`,
      )
    return { passed: true, version, steps: airflowSteps.map((step) => passed(step, version)) }
  } catch (error) {
    if (!(error instanceof AirflowError)) throw error
    const { remedy } = error.detail
    return failedAt(
      error.step,
      version,
      remedy === undefined ? messageOf(error) : `${messageOf(error)} ${remedy}`,
    )
  }
}

const passed = (step: AirflowStep, version: string | null) => ({
  step,
  passed: true,
  message: step === 'version' && version !== null ? `Airflow ${version}.` : passedWords[step],
})

function failedAt(step: AirflowStep, version: string | null, message: string): AirflowCheck {
  const before = airflowSteps.slice(0, airflowSteps.indexOf(step))
  const steps = [...before.map((each) => passed(each, version)), { step, passed: false, message }]
  return { passed: false, version, steps }
}
