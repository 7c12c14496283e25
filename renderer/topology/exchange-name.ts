/** The default exchange has an empty name. */
export function exchangeName(name: string): string {
  return name === '' ? 'default exchange' : name;
}
