const error =
  /\b(ERROR|FATAL|PANIC|CRITICAL)\b|"level":\s*"?(error|fatal|50|60)\b|level=(error|fatal)|^[EF]\d{4} /
const warn = /\bWARN(ING)?\b|"level":\s*"?(warn|40)\b|level=warn|^W\d{4} /

/** A guess from the usual forms: words, JSON, logfmt, klog. */
export function levelOf(text: string): 'error' | 'warn' | undefined {
  const start = text.slice(0, 300)
  if (error.test(start)) return 'error'
  return warn.test(start) ? 'warn' : undefined
}
