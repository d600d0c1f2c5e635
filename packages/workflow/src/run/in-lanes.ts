/** Does `work` for each item, so many side by side; results as they come. The first error ends it all. */
export async function inLanes<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const left = items.values()
  const lane = async (): Promise<void> => {
    for (const item of left) results.push(await work(item))
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane))
  return results
}
