import { browserFolders, compositionRoots, law, rooms, serverRooms } from './law'

interface Pattern {
  readonly regex: string
  readonly message: string
  readonly allowTypeImports?: boolean
}
interface Override {
  readonly files: readonly string[]
  readonly excludeFiles?: readonly string[]
  readonly rules: Readonly<Record<string, unknown>>
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const anyOf = (names: readonly string[]): string => `(${names.map(escape).join('|')})`
const roomImport = (names: readonly string[]): string => `^@fairlead/${anyOf(names)}(/|$)`
/** A package is entered by its name: a relative path into it would walk around its exports and its fence. */
const aroundTheDoor: Pattern = {
  regex: '^(\\.\\./)+(packages|apps|infra)/|^(\\.\\./){2,}[a-z-]+/src/',
  message: 'around-the-door: import a package by its name, through its exports.',
}

const ownedBy = (holder: string, mayUse: readonly string[] = []): Pattern[] =>
  rooms
    .filter((room) => room !== holder)
    .map((room) => ({ room, owns: law[room]?.owns.filter((name) => !mayUse.includes(name)) ?? [] }))
    .filter(({ owns }) => owns.length > 0)
    .map(({ room, owns }) => ({
      regex: `^${anyOf(owns)}(/|$)`,
      message: `owner-${room}: only packages/${room} may import this; ${law[room]?.why ?? ''}.`,
    }))

const restrict = (patterns: readonly Pattern[]): Override['rules'] => ({
  'no-restricted-imports': ['error', { patterns }],
})

function roomOverride(room: string): Override {
  const { may = [], why = '' } = law[room] ?? {}
  const closed = [
    ...rooms,
    'workflow',
    'task-runner',
    'testkit',
    'devcluster',
    'devairflow',
    'devservices',
    ...Object.keys(compositionRoots),
  ].filter((name) => name !== room && !may.includes(name))
  const patterns = [
    { regex: roomImport(closed), message: `law-${room}: ${why}.` },
    aroundTheDoor,
    ...ownedBy(room),
  ]
  return { files: [`packages/${room}/src/**/*.{ts,tsx}`], rules: restrict(patterns) }
}

function appOverride([app, { mayUse }]: [string, { readonly mayUse: readonly string[] }]): Override {
  const others = Object.keys(compositionRoots).filter((name) => name !== app)
  const apart = {
    regex: roomImport(others),
    message: 'apps-apart: what two applications need belongs in a package.',
  }
  return {
    files: [`apps/${app}/src/**/*.{ts,tsx}`],
    rules: restrict([apart, aroundTheDoor, ...ownedBy('', mayUse)]),
  }
}

const browserOverride: Override = {
  files: browserFolders.map((folder) => `${folder}/**/*.{ts,tsx}`),
  rules: restrict([
    {
      regex: roomImport(serverRooms),
      message: 'browser: code for browsers reaches the server through tRPC alone.',
      allowTypeImports: true,
    },
    { regex: '(^|/)server/', message: 'browser: code for browsers reaches the server through tRPC alone.' },
    aroundTheDoor,
    ...ownedBy('').map((pattern) => ({ ...pattern, allowTypeImports: true })),
  ]),
}

/** Tests, and the scenes they share, may use the testkit and look at what a room owns; the other fences hold for them too. */
const testOverride: Override = {
  files: ['**/*.test.{ts,tsx}', 'packages/*/src/testing/**'],
  rules: { 'no-restricted-imports': 'off', 'node/no-process-env': 'off' },
}

const environmentOverride: Override = {
  files: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.{ts,tsx}'],
  excludeFiles: [
    '**/env.ts',
    '**/*.test.ts',
    'packages/testkit/**',
    'apps/cli/src/up/**',
    'apps/console/src/instrumentation.ts',
  ],
  rules: { 'node/no-process-env': 'error' },
}

/** The whole of .oxlintrc.json. */
export function lintConfig(): Record<string, unknown> {
  return {
    $schema: './node_modules/oxlint/configuration_schema.json',
    plugins: ['typescript', 'import', 'react', 'jsx-a11y', 'unicorn', 'oxc', 'promise', 'node'],
    categories: { correctness: 'error', suspicious: 'off' },
    rules: {
      'import/no-cycle': ['error', { ignoreTypes: false }],
      'typescript/no-explicit-any': 'error',
      'typescript/no-non-null-assertion': 'error',
      'typescript/no-floating-promises': 'error',
      'no-console': 'error',
      // Values parsed from JSON and forms are strings or numbers by then.
      'typescript/no-base-to-string': 'off',
      // Promise.all over a mix of values and promises is meant.
      'typescript/await-thenable': 'off',
      // Factories return closures, never methods that need `this`.
      'typescript/unbound-method': 'off',
      'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'promise/no-callback-in-promise': 'off',
      'unicorn/no-useless-fallback-in-spread': 'off',
      'typescript/no-meaningless-void-operator': 'off',
      'jsx-a11y/role-has-required-aria-props': 'off',
      // Rules of the React compiler, which is not used here.
      'react/incompatible-library': 'off',
      'react/static-components': 'off',
      'react/immutability': 'off',
      'react/refs': 'off',
      'react/purity': 'off',
      'react/preserve-manual-memoization': 'off',
      'react/error-boundaries': 'off',
      // axe judges the pages as rendered, in e2e; these judge single tags and are wrong about composite widgets.
      'jsx-a11y/prefer-tag-over-role': 'off',
      'jsx-a11y/no-noninteractive-tabindex': 'off',
      'jsx-a11y/no-autofocus': 'off',
      'jsx-a11y/control-has-associated-label': 'off',
      'jsx-a11y/no-noninteractive-element-interactions': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
    ignorePatterns: ['**/node_modules', '**/.next', '**/generated', '**/next-env.d.ts', 'prisma/engine'],
    overrides: [
      {
        files: ['infra/**', 'scripts/**', 'bench/**', 'e2e/**', 'apps/cli/**', '**/*.mjs'],
        rules: { 'no-console': 'off' },
      },
      environmentOverride,
      ...rooms.map(roomOverride),
      ...Object.entries(compositionRoots).map(appOverride),
      browserOverride,
      testOverride,
    ],
  }
}
