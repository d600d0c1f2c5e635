/**
 * How much of the largest suites to run, from 0 to 1: 1 is what their goals speak of. A machine that cannot carry it
 * beside the product takes a part, which every row names; a goal is then judged by nobody.
 */
export const share = Number(process.env['FAIRLEAD_BENCH_SHARE'] ?? 1)
if (!(share > 0 && share <= 1)) throw new Error('FAIRLEAD_BENCH_SHARE: more than 0, at most 1.')
