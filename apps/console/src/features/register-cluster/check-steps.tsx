import { checkStepNames, type CheckStep, type ConnectionCheck } from '@fairlead/contracts/cluster'
import { durationText } from '@fairlead/ui/time-text'
import { StatusMark } from '@fairlead/ui/status-mark'

const words: Record<CheckStep['step'], string> = {
  aws: 'Sign in to AWS',
  eks: 'Find it in EKS',
  dns: 'Find the address',
  tcp: 'Reach it',
  tls: 'Agree on encryption',
  auth: 'Sign in',
  version: 'Ask its version',
  identity: 'Know which cluster it is',
  rights: 'See what Fairlead may do',
}
const ofEks: readonly CheckStep['step'][] = ['aws', 'eks']

/** The way to the cluster, step by step: what worked, what it took, and where it ended. */
export function CheckSteps({ check }: { check: ConnectionCheck }) {
  const done = new Map(check.steps.map((step) => [step.step, step]))
  // Only an EKS cluster is asked for in AWS, and there first.
  const order = checkStepNames.filter((name) => done.has('aws') || !ofEks.includes(name))
  return (
    <ol aria-label="Connection check" className="divide-y divide-line rounded-md border border-line">
      {order.map((name) => {
        const step = done.get(name)
        return (
          <li
            key={name}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 px-3 py-2 sm:grid-cols-[13rem_minmax(0,1fr)_auto]"
          >
            <StatusMark
              tone={step === undefined ? 'neutral' : step.passed ? 'ok' : 'failing'}
              word={words[name]}
            />
            <span className="text-sm break-words text-muted max-sm:order-3 max-sm:col-span-2">
              {step?.message ?? 'not reached'}
            </span>
            <span className="text-xs text-faint">{step ? durationText(step.durationMs) : ''}</span>
          </li>
        )
      })}
    </ol>
  )
}
