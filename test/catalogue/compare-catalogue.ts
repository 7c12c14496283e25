/**
 * `npm run catalogue -- --kumomta DIR`: holds the catalogue against the documentation and the source
 * of a KumoMTA checkout. Prints what differs; ends with 1 when there is anything.
 */
import { parseArgs } from 'node:util';
import { catalogue } from '../../lua-runtime/analysis/catalogue/catalogue.ts';
import { Checkout } from './checkout.ts';
import { compareDocs } from './compare-docs.ts';
import { compareSource } from './compare-source.ts';
import { compareTables } from './compare-tables.ts';
import { EXCEPTIONS } from './exceptions.ts';
import { withoutExceptions, type Finding } from './finding.ts';

const { kumomta } = parseArgs({ options: { kumomta: { type: 'string' } } }).values;
if (kumomta === undefined) {
  console.error('Say where KumoMTA is: npm run catalogue -- --kumomta DIR');
  process.exitCode = 2;
} else {
  const checkout = new Checkout(kumomta);
  const findings = withoutExceptions(
    [
      ...compareDocs(catalogue, checkout),
      ...compareSource(catalogue, checkout),
      ...compareTables(catalogue, checkout),
    ],
    EXCEPTIONS,
  );
  console.log(findings.length === 0 ? summary() : table(findings));
  if (findings.length > 0) process.exitCode = 1;
}

function summary(): string {
  const { modules, objects, tables, events } = catalogue;
  const count = (entries: readonly (readonly unknown[])[]) =>
    entries.reduce((sum, { length }) => sum + length, 0);
  const functions = count(modules.map(({ functions, methods = [] }) => [...functions, ...methods]));
  return [
    `The catalogue and KumoMTA agree: ${events.length} events, ${functions} functions in`,
    `${modules.length} modules, ${count(objects.map(({ methods }) => methods))} methods of`,
    `${objects.length} objects, ${count(tables.map(({ fields }) => fields))} fields of`,
    `${tables.length} tables; ${EXCEPTIONS.length} exceptions, each with its reason.`,
  ].join(' ');
}

function table(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  const rows = findings.map(
    ({ kind, subject, detail }) => `${kind.padEnd(9)}  ${subject.padEnd(width)}  ${detail}`,
  );
  return [...rows, `${findings.length} differences`].join('\n');
}
