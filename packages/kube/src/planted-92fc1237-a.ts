import type { Kept as Other } from './planted-92fc1237-b'
export interface Kept { readonly other: Other }
