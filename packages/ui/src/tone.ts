import { cva } from 'class-variance-authority'

/** The closed list of things a mark may say. Pages map their states onto these, never onto colours. */
export const tones = ['ok', 'progress', 'failing', 'unknown', 'neutral', 'waiting', 'paused'] as const
export type Tone = (typeof tones)[number]

/** What each tone is called when a page gives no more exact word. */
export const toneWord: Record<Tone, string> = {
  ok: 'Healthy',
  progress: 'In progress',
  failing: 'Failing',
  unknown: 'Unknown',
  neutral: 'Finished',
  waiting: 'Waiting',
  paused: 'Paused',
}

export const toneText = cva('', {
  variants: {
    tone: {
      ok: 'text-ok',
      progress: 'text-progress',
      failing: 'text-fail',
      unknown: 'text-unknown',
      neutral: 'text-muted',
      waiting: 'text-wait',
      paused: 'text-muted',
    } satisfies Record<Tone, string>,
  },
})

export const toneSoft = cva('', {
  variants: {
    tone: {
      ok: 'bg-ok-soft text-ok',
      progress: 'bg-progress-soft text-progress',
      failing: 'bg-fail-soft text-fail',
      unknown: 'bg-unknown-soft text-unknown',
      neutral: 'bg-unknown-soft text-muted',
      waiting: 'bg-wait-soft text-wait',
      paused: 'bg-unknown-soft text-muted',
    } satisfies Record<Tone, string>,
  },
})

/** Solid fills, for bars and lines (SVG `fill`). */
export const toneFill = cva('', {
  variants: {
    tone: {
      ok: 'fill-ok-solid',
      progress: 'fill-progress-solid',
      failing: 'fill-fail-solid',
      unknown: 'fill-unknown-solid',
      neutral: 'fill-unknown-solid',
      waiting: 'fill-wait-solid',
      paused: 'fill-unknown-solid',
    } satisfies Record<Tone, string>,
  },
})
