export type DifferenceId = 'x';
