const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

const short = (value: number): string =>
  value >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(1)

/** Bytes as `6.1 GiB`. */
export function bytesText(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < binaryUnits.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${short(value)} ${binaryUnits[unit] ?? 'B'}`
}

/** Millicores as `250 m` or `3.2 cores`. */
export function coresText(millicores: number): string {
  if (millicores < 1000) return `${Math.round(millicores)} m`
  return `${short(millicores / 1000)} ${millicores === 1000 ? 'core' : 'cores'}`
}

export const countText = (count: number): string => count.toLocaleString('en')

export const percentText = (part: number, whole: number): string =>
  whole > 0 ? `${Math.round((part / whole) * 100)} %` : '–'
