import {
  schedulerScoreNames,
  schedulerScores,
  type Ranking,
  type SchedulerScore,
} from '@fairlead/contracts/scheduling-scores'

const shown = 10

/** Nodes that fit, with what each score plugin gives them; its weight stands in the head. */
export function RankingTable({ ranking }: { ranking: Ranking }) {
  const { nodes, best, words } = ranking
  const plugins = schedulerScoreNames.filter((name) => nodes.some(({ scores }) => scores[name] !== undefined))
  return (
    <div className="border-t border-line px-4 py-3 text-sm">
      <h3 className="mb-1.5 text-xs font-semibold text-muted">Scores of the nodes that fit</h3>
      <p className="text-pretty">{words}</p>
      {nodes.length === 0 ? null : (
        <div role="region" aria-label="Scores by node" tabIndex={0} className="mt-2 overflow-x-auto">
          <table className="w-full text-xs tabular-nums">
            <thead>
              <tr className="text-left text-muted">
                <th scope="col" className="py-1 pr-4 font-medium">
                  Node
                </th>
                <th scope="col" className="py-1 pr-4 text-right font-medium">
                  Sum
                </th>
                {plugins.map((name) => (
                  <PluginHead key={name} name={name} />
                ))}
              </tr>
            </thead>
            <tbody>
              {nodes.slice(0, shown).map(({ node, total, scores }) => (
                <tr key={node} className="border-t border-line">
                  <th
                    scope="row"
                    className="max-w-56 truncate py-1 pr-4 text-left font-mono font-normal"
                    title={node}
                  >
                    {node}
                  </th>
                  <td
                    className={
                      best.includes(node) ? 'py-1 pr-4 text-right font-semibold' : 'py-1 pr-4 text-right'
                    }
                  >
                    {total}
                    {best.includes(node) ? <span className="sr-only"> (highest)</span> : null}
                  </td>
                  {plugins.map((name) => (
                    <td key={name} className="py-1 pr-4 text-right text-muted">
                      {scores[name] ?? '–'}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {nodes.length > shown ? (
            <p className="mt-1 text-xs text-faint">and {nodes.length - shown} with lower sums</p>
          ) : null}
        </div>
      )}
    </div>
  )
}

function PluginHead({ name }: { name: SchedulerScore }) {
  const { weight, prefers } = schedulerScores[name]
  return (
    <th
      scope="col"
      className="py-1 pr-4 text-right font-medium whitespace-nowrap"
      title={`Prefers ${prefers}`}
    >
      {name} × {weight}
    </th>
  )
}
