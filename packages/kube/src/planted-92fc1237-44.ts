export const kept = (value: any): any => value
