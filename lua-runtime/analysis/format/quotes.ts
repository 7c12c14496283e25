/** The quotes of a string: single ones, unless double ones save escapes (StyLua: AutoPreferSingle). */
export function withPreferredQuotes(source: string): string {
  const [quote] = source;
  if (quote !== "'" && quote !== '"') return source;
  const content = source.slice(1, -1);
  const count = (wanted: string): number => content.split(wanted).length - 1;
  const chosen = count("'") > count('"') ? '"' : "'";
  const requoted = content.replace(/\\([\s\S])|(['"])/g, (all, escaped?: string, bare?: string) => {
    if (escaped === "'" || escaped === '"') return escaped === chosen ? all : escaped;
    return bare === chosen ? `\\${bare}` : all;
  });
  return `${chosen}${requoted}${chosen}`;
}
