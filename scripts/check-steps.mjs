// What `npm run check` runs, shared with `npm test`.
import { bin } from './run-steps.mjs'

export const checkGroups = (unitReport) => [
  [
    { title: 'format', command: bin('prettier'), args: ['--check', '--log-level', 'warn', '.'] },
    {
      title: 'types',
      command: bin('turbo'),
      args: ['run', 'typecheck', '--output-logs=errors-only', '--concurrency=2'],
    },
  ],
  [
    { title: 'lint and import law', command: bin('oxlint'), args: ['--type-aware'] },
    { title: 'dead code and undeclared dependencies', command: bin('knip'), args: ['--no-config-hints'] },
  ],
  [
    {
      title: 'unit tests and fences',
      command: bin('vitest'),
      args: [
        'run',
        '--project',
        'unit',
        '--reporter=default',
        ...(unitReport === undefined ? [] : ['--reporter=json', `--outputFile.json=${unitReport}`]),
      ],
    },
  ],
]
