import type { ResultRow } from './result'
import type { BenchStack } from './stack'

export type Say = (text: string) => void

export interface SuiteContext {
  readonly say: Say
  /** What must happen once, at the end or when somebody interrupts. Call it to have it happen now. */
  readonly atEnd: (undo: () => Promise<void>) => () => Promise<void>
}

/** `clusters`: an installation beside real clusters; `console`: one without any; `nothing`: brings up its own. */
export type Suite =
  | {
      readonly needs: 'clusters' | 'console'
      readonly run: (bench: BenchStack, context: SuiteContext) => Promise<readonly ResultRow[]>
    }
  | { readonly needs: 'nothing'; readonly run: (context: SuiteContext) => Promise<readonly ResultRow[]> }
