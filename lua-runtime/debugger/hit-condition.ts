/** On which of its hits a breakpoint stops: `5`, `== 5`, `>= 5`, `> 5`, `<= 5`, `< 5`, `% 5`. */

export type HitTest = (hits: number) => boolean;

const PATTERN = /^\s*(==|=|>=|>|<=|<|%)?\s*(\d+)\s*$/;

/** @returns the test, or a sentence that says what is wrong. */
export function parseHitCondition(text: string): HitTest | string {
  const match = PATTERN.exec(text);
  if (match === null) {
    return `“${text}” is no hit condition. Write a number, or one after ==, >=, >, <=, < or %.`;
  }
  const operator = match[1] ?? '==';
  const number = Number(match[2]);
  switch (operator) {
    case '>=':
      return (hits) => hits >= number;
    case '>':
      return (hits) => hits > number;
    case '<=':
      return (hits) => hits <= number;
    case '<':
      return (hits) => hits < number;
    case '%':
      return number === 0
        ? 'A hit condition “% 0” never holds. Write % and a number above 0.'
        : (hits) => hits % number === 0;
    default:
      return (hits) => hits === number;
  }
}
