import type { ASTNode } from '@marcbachmann/cel-js'
import { childNodes } from './cel-bounds'

/** An expression that asks for `tasks.<id>`, `tasks.<id>.outputs`, `tasks.<id>.outputs.<name>`. */
export interface TaskRead {
  readonly id: string
  /** What follows the id, as far as it is written out. */
  readonly path: readonly string[]
  readonly start: number
  readonly end: number
}

/** `tasks` was used in a way that doesn't say which task is meant. */
export interface VagueRead {
  readonly start: number
  readonly end: number
}

export interface Reads {
  readonly tasks: readonly TaskRead[]
  readonly vague: readonly VagueRead[]
}

/** The name that a `.name` or `['name']` asks for. */
function keyOf(node: ASTNode): { of: ASTNode; key: string } | null {
  if (node.op === '.') return { of: node.args[0], key: node.args[1] }
  if (node.op !== '[]') return null
  const [of, index] = node.args
  return index.op === 'value' && typeof index.args === 'string' ? { of, key: index.args } : null
}

function chainOf(node: ASTNode): string[] | null {
  const keys: string[] = []
  let at = node
  for (let access = keyOf(at); access !== null; access = keyOf(at)) {
    keys.unshift(access.key)
    at = access.of
  }
  return at.op === 'id' && at.args === 'tasks' && keys.length > 0 ? keys : null
}

/** Which tasks an expression reads: known before it is ever evaluated, because ids have to be written out. */
export function taskReads(ast: ASTNode): Reads {
  const tasks: TaskRead[] = []
  const vague: VagueRead[] = []
  const visit = (node: ASTNode): void => {
    const [id, ...path] = chainOf(node) ?? []
    if (id !== undefined) {
      tasks.push({ id, path, start: node.start, end: node.end })
      return
    }
    if (node.op === 'id' && node.args === 'tasks') vague.push({ start: node.start, end: node.end })
    childNodes(node.args).forEach(visit)
  }
  visit(ast)
  return { tasks, vague }
}
