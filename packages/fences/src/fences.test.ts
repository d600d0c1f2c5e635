import { execFileSync, spawnSync } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compositionRoots, law, rooms } from './law'
import { lintConfig } from './lint-config'

const root = path.resolve(import.meta.dirname, '../../..')
const mark = `planted-${crypto.randomBytes(4).toString('hex')}`

interface Planted {
  readonly fence: string
  readonly folder: string
  readonly code: string
  readonly rule: string
}

const outsider = (room: string): string =>
  [...rooms].reverse().find((name) => name !== room && !(law[room]?.may ?? []).includes(name)) ?? 'ui'
const stranger = (room: string): string => (room === 'contracts' ? 'ui' : 'contracts')
const use = (name: string): string => `import * as planted from '${name}'\nexport const kept = planted\n`

const planted: Planted[] = [
  ...rooms.map((room) => ({
    fence: `law-${room}`,
    folder: `packages/${room}/src`,
    code: use(`@fairlead/${outsider(room)}/anything`),
    rule: `law-${room}:`,
  })),
  ...rooms.flatMap((room) =>
    (law[room]?.owns ?? []).map((name) => ({
      fence: `owner-${room}: ${name}`,
      folder: `packages/${stranger(room)}/src`,
      code: use(name),
      rule: `owner-${room}:`,
    })),
  ),
  ...Object.keys(compositionRoots).map((app) => {
    const other = Object.keys(compositionRoots).find((name) => name !== app) ?? ''
    return {
      fence: `apps-apart: ${app}`,
      folder: `apps/${app}/src`,
      code: use(`@fairlead/${other}/anything`),
      rule: 'apps-apart:',
    }
  }),
  {
    fence: 'workload never sees workflow',
    folder: 'packages/workload/src',
    code: use('@fairlead/workflow/run'),
    rule: 'law-workload:',
  },
  {
    fence: 'workload never sees the task runner',
    folder: 'packages/workload/src',
    code: use('@fairlead/task-runner/launch'),
    rule: 'law-workload:',
  },
  {
    fence: 'browser never sees the server',
    folder: 'apps/console/src/features',
    code: use('@fairlead/db/database'),
    rule: 'browser:',
  },
  {
    fence: 'nobody walks around the door',
    folder: 'packages/workload/src',
    code: use('../../inventory/src/entries'),
    rule: 'around-the-door:',
  },
  {
    fence: 'process.env is read in env.ts alone',
    folder: 'packages/kube/src',
    code: 'export const kept = process.env\n',
    rule: 'no-process-env',
  },
  {
    fence: 'no any',
    folder: 'packages/kube/src',
    code: 'export const kept = (value: any): any => value\n',
    rule: 'no-explicit-any',
  },
  {
    fence: 'no non-null assertions',
    folder: 'packages/kube/src',
    code: 'export const kept = (value: string | null): string => value!\n',
    rule: 'no-non-null-assertion',
  },
  {
    fence: 'no file past 300 lines',
    folder: 'packages/kube/src',
    code: Array.from({ length: 301 }, (_, n) => `export const kept${n} = ${n}`).join('\n'),
    rule: 'max-lines',
  },
]

const fileOf = (index: number): string => path.join(planted[index]?.folder ?? '', `${mark}-${index}.ts`)
const cycle = ['a', 'b'].map((name) => `packages/kube/src/${mark}-${name}.ts`)
let findings: readonly Finding[]

interface Finding {
  readonly filename: string
  readonly code: string
  readonly message: string
  readonly help?: string
}
const saidOf = (file: string): string =>
  findings
    .filter((finding) => finding.filename.endsWith(path.basename(file)))
    .map((finding) => `${finding.code} ${finding.message} ${finding.help ?? ''}`)
    .join('\n')

beforeAll(() => {
  for (const [index, { code }] of planted.entries()) fs.writeFileSync(path.join(root, fileOf(index)), code)
  for (const [file, other] of [cycle, [...cycle].reverse()] as [string, string][])
    fs.writeFileSync(
      path.join(root, file),
      `import type { Kept as Other } from './${path.basename(other, '.ts')}'\nexport interface Kept { readonly other: Other }\n`,
    )
  const files = [...planted.map((_, index) => fileOf(index)), ...cycle]
  const { stdout } = spawnSync('node_modules/.bin/oxlint', ['--format', 'json', ...files], {
    cwd: root,
    encoding: 'utf8',
  })
  findings = (JSON.parse(stdout) as { diagnostics: Finding[] }).diagnostics
})
afterAll(() => {
  for (const file of [...planted.map((_, index) => fileOf(index)), ...cycle])
    fs.rmSync(path.join(root, file), { force: true })
})

describe('every fence stops whoever climbs it, by its name', () => {
  it.each(planted.map((row, index) => ({ ...row, index })))('$fence', ({ rule, index }) => {
    expect(saidOf(fileOf(index))).toContain(rule)
  })

  it('no-cycle, of types alone too', () => {
    expect(saidOf(cycle[0] ?? '')).toContain('no-cycle')
  })

  it('an undeclared dependency', () => {
    const file = path.join(root, `packages/contracts/src/${mark}-hoisted.ts`)
    fs.writeFileSync(file, use('pino'))
    try {
      const { stdout } = spawnSync('node_modules/.bin/knip', ['--include', 'unlisted', '--no-config-hints'], {
        cwd: root,
        encoding: 'utf8',
      })
      expect(stdout).toMatch(new RegExp(`pino\\s+packages/contracts/src/${mark}-hoisted`))
    } finally {
      fs.rmSync(file)
    }
  })

  it('a module that a package does not export', () => {
    const file = path.join(root, `packages/kernel/src/${mark}-unexported.ts`)
    fs.writeFileSync(file, use('@fairlead/db/generated/client'))
    try {
      const { stdout } = spawnSync('node_modules/.bin/tsc', ['-p', 'packages/kernel'], {
        cwd: root,
        encoding: 'utf8',
      })
      expect(stdout).toMatch(new RegExp(`${mark}-unexported\\.ts.*TS2307`))
    } finally {
      fs.rmSync(file)
    }
  })

  it("a table of another room through a room's view of the database", () => {
    const file = path.join(root, `packages/kernel/src/${mark}-view.ts`)
    fs.writeFileSync(
      file,
      "import type { InventoryDb } from '@fairlead/db/views'\nexport const kept = (db: InventoryDb) => db.rollout\n",
    )
    try {
      const { stdout } = spawnSync('node_modules/.bin/tsc', ['-p', 'packages/kernel'], {
        cwd: root,
        encoding: 'utf8',
      })
      expect(stdout).toMatch(new RegExp(`${mark}-view\\.ts.*TS2339`))
    } finally {
      fs.rmSync(file)
    }
  })
})

describe('the house', () => {
  it('keeps its lint configuration in step with the law', () => {
    expect(JSON.parse(fs.readFileSync(path.join(root, '.oxlintrc.json'), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(lintConfig())),
    )
  })

  it('has a law for every room, and no law for a room that is not there', () => {
    const packages = execFileSync('ls', [path.join(root, 'packages')], { encoding: 'utf8' })
      .trim()
      .split('\n')
    expect([...rooms, 'fences', 'testkit'].sort()).toEqual(packages.sort())
  })

  it('draws no Prisma relation between rooms', () => {
    const roomOf = new Map<string, string>()
    const files = fs.readdirSync(path.join(root, 'prisma/models'))
    const text = (file: string): string => fs.readFileSync(path.join(root, 'prisma/models', file), 'utf8')
    for (const file of files)
      for (const [, model = ''] of text(file).matchAll(/^model (\w+)/gm)) roomOf.set(model, file)
    for (const file of files)
      for (const [, type = ''] of text(file).matchAll(/^\s+\w+\s+(\w+)(?:\[\]|\?)?(?:\s|$)/gm))
        if (roomOf.has(type)) expect(`${file} → ${roomOf.get(type)}`).toBe(`${file} → ${file}`)
  })
})
