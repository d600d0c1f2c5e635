/** What the server has read for the first paint, the browser finds by the same key. */
export const containersKey = (release: string): readonly string[] => ['containers', release]
