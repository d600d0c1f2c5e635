/** The page's own nonce, without which the browser refuses the style sheets that editors and terminals add. */
export const pageNonce = (): string => document.querySelector<HTMLElement>('script[nonce]')?.nonce ?? ''
