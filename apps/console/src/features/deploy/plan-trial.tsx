import type { PlannedTrial } from '@fairlead/contracts/strategy'

/** What each step of a trial would put beside what runs now, and the share of the pods that it makes. */
export function PlanTrial({ trial, cluster }: { trial: readonly PlannedTrial[]; cluster: string }) {
  return (
    <section
      aria-label={`Tried first on ${cluster}`}
      className="space-y-2 border-b border-line px-3 py-2.5 text-xs"
    >
      <h4 className="font-medium text-muted">Tried first, beside what runs</h4>
      {trial.map(({ workload, beside, stablePods, steps }) => (
        <div key={workload} className="space-y-1">
          <p>
            <span className="font-mono">{beside}</span>{' '}
            <span className="text-muted">
              beside {stablePods} of <span className="font-mono">{workload}</span>, which stay as they are
            </span>
          </p>
          <ol className="flex flex-wrap gap-x-4 gap-y-0.5 tabular-nums" aria-label={`Steps of ${beside}`}>
            {steps.map(({ weight, pods, actual }, index) => (
              <li key={index} className="text-muted">
                <span className="text-fg">{weight}%</span>: {pods} {pods === 1 ? 'pod' : 'pods'}
                {actual === weight ? '' : `, which is ${actual}%`}
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  )
}
