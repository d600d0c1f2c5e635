import type { Kept as Other } from './planted-92fc1237-a'
export interface Kept { readonly other: Other }
