import { isMet, type Comparison, type Reading } from './measure.ts';

const number = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

function shownAim({ aim }: Comparison): string {
  if (aim === undefined) return '';
  return 'atMost' in aim ? `at most ${aim.atMost}x` : `at least ${aim.atLeast}x`;
}

function shownVerdict(met: boolean | undefined): string {
  return met === undefined ? '' : met ? 'met' : 'MISSED';
}

/** The figures as a text table, one row a subject. */
export function renderTable(
  comparisons: readonly Comparison[],
  readings: readonly Reading[],
): string {
  const rows = [
    ['', 'ours', 'peer', 'ratio', 'spread', 'aim', ''],
    ...comparisons.map((row) => [
      row.subject,
      `${number(row.ours)} ${row.unit}`,
      `${number(row.peer)} ${row.unit} (${row.peerName})`,
      `${row.ratio.toFixed(2)}x`,
      `${Math.min(...row.ratios).toFixed(2)} to ${Math.max(...row.ratios).toFixed(2)}`,
      shownAim(row),
      shownVerdict(isMet(row)),
    ]),
    ...readings.map((row) => [
      row.subject,
      row.value,
      '',
      '',
      '',
      row.aim ?? '',
      shownVerdict(row.met),
    ]),
  ];
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
