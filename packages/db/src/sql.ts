/** Tagged SQL for the rooms: values are always bound, never spliced. */
export { Prisma } from './generated/client'
