import type { ASTNode } from '@marcbachmann/cel-js'
import { linearRegExp } from './linear-reg-exp'

/*
 * CEL always ends, but not soon: lists can be doubled in a row and loops nested, and the library's `matches` backtracks.
 * So each node of a parsed expression is wrapped: it pays for being evaluated and for what it gives, out of one budget.
 * The wrapper sits on `evaluate`, which the library's types don't show; cel-bounds.test.ts fails where that changes.
 */

const budget = 20_000_000
const stepCost = 10
const maxStringLength = 256 * 1024
const maxListLength = 100_000

interface Runner {
  run(node: unknown, context: unknown): unknown
}
interface Runnable {
  evaluate: (runner: Runner, node: unknown, context: unknown) => unknown
}

export interface Meter {
  /** Before each evaluation. */
  reset(): void
  pay(units: number): void
  readonly exhausted: boolean
}

/** One instance: it may be thrown once for each item of a list. */
const tooCostly = new Error('it takes too many steps')
const tooLarge = new Error('a value on the way grows too large')

export function createMeter(): Meter {
  let left = budget
  return {
    reset: () => {
      left = budget
    },
    pay: (units) => {
      left -= units
      if (left < 0) throw tooCostly
    },
    get exhausted() {
      return left < 0
    },
  }
}

const sizeOf = (value: unknown): number =>
  typeof value === 'string' || value instanceof Uint8Array
    ? value.length / 4
    : Array.isArray(value)
      ? value.length
      : 0

function payFor(value: unknown, meter: Meter): void {
  if ((typeof value === 'string' || value instanceof Uint8Array) && value.length > maxStringLength)
    throw tooLarge
  if (Array.isArray(value) && value.length > maxListLength) throw tooLarge
  meter.pay(sizeOf(value))
}

/** What comparing or joining it may cost: values that are shared count each time. */
function payDeeply(value: unknown, meter: Meter): void {
  meter.pay(1 + sizeOf(value))
  if (Array.isArray(value)) for (const part of value) payDeeply(part, meter)
  else if (value instanceof Map) for (const part of value.values()) payDeeply(part, meter)
  else if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    for (const part of Object.values(value)) payDeeply(part, meter)
}

const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value && 'args' in value

export function childNodes(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childNodes)
  return isNode(args) ? [args] : []
}

const isRunnable = (node: unknown): node is Runnable =>
  typeof node === 'object' && node !== null && 'evaluate' in node && typeof node.evaluate === 'function'

/** Nodes whose operands are read as a whole, however deep they are. */
const readsDeeply = (node: ASTNode): boolean =>
  ['==', '!=', 'in', '<', '<=', '>', '>=', 'call'].includes(node.op) ||
  (node.op === 'rcall' && !['map', 'filter', 'all', 'exists', 'exists_one'].includes(node.args[0]))

/** RE2 instead of JavaScript's expressions, as CEL asks for. */
function matching(node: Extract<ASTNode, { op: 'rcall' }>, meter: Meter): Runnable['evaluate'] {
  const [, receiver, [argument]] = node.args
  return (runner, _node, context) => {
    const text = runner.run(receiver, context)
    const pattern = runner.run(argument, context)
    if (typeof text !== 'string' || typeof pattern !== 'string') throw new Error('matches() takes texts')
    meter.pay((text.length * pattern.length) / 4)
    return linearRegExp(pattern).test(text)
  }
}

function wrap(node: ASTNode & Runnable, deep: boolean, meter: Meter): void {
  let inner = node.op === 'rcall' && node.args[0] === 'matches' ? matching(node, meter) : node.evaluate
  const measured: Runnable['evaluate'] = (runner, self, context) => {
    meter.pay(stepCost)
    let result: unknown
    try {
      result = inner.call(node, runner, self, context)
    } finally {
      // The library puts a quicker method in place when a node is first run.
      if (node.evaluate !== measured) {
        inner = node.evaluate
        node.evaluate = measured
      }
    }
    payFor(result, meter)
    if (deep) payDeeply(result, meter)
    return result
  }
  node.evaluate = measured
}

/** Wraps every node of an expression that was just parsed. */
export function bound(ast: ASTNode, meter: Meter, deep = false): void {
  const children = childNodes(ast.args)
  for (const child of children) bound(child, meter, readsDeeply(ast))
  if (!isRunnable(ast)) throw new Error('the CEL library no longer evaluates by nodes')
  wrap(ast, deep, meter)
}
