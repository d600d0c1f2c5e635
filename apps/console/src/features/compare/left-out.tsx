import { comparedKinds, type ComparisonView } from '@fairlead/contracts/comparison'

/** What no comparison of namespaces looks at. */
const byNature =
  'Status, UIDs, versions, times and owners of objects; addresses and ports that the server gives; copies and revisions that kubectl and controllers keep in annotations; labels of Fairlead; the own namespace, also within names of Services; replicas that an autoscaler sets on both sides; the order of containers, variables, ports and volumes; and every value of a Secret, of which only the keys are compared.'

/** Says what the figures above don't cover: what differs by nature, and what could not be read. */
export function LeftOut({ view: { read, leftOut } }: { view: ComparisonView }) {
  return (
    <section aria-label="Left out" className="flex flex-col gap-2 text-xs text-muted">
      {leftOut.length > 0 ? (
        <div className="rounded-lg border border-dashed border-line-strong px-4 py-3">
          <h2 className="font-semibold text-fg">Not compared</h2>
          <ul className="mt-1 list-disc pl-4">
            {leftOut.map((words) => (
              <li key={words} className="break-words">
                {words}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <details>
        <summary className="w-fit cursor-pointer">What is left out of every comparison</summary>
        <p className="mt-1 max-w-4xl text-pretty">
          {read === 'live'
            ? `${byNature} Compared are: ${comparedKinds.join(', ')}.`
            : 'The state of the moment: health, conditions, times, names of nodes, what runs. Compared are the version, the nodes in sum, classes of storage, ingresses and gateways, custom resource definitions, webhooks, API services, and which namespaces there are with how many objects of each kind.'}
        </p>
      </details>
    </section>
  )
}
