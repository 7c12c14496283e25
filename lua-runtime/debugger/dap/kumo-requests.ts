/** The requests of `kumo-protocol.ts` that move nothing. */
import type { Entry } from '../../recording/entries.ts';
import type { ReadingRequest } from '../run-reading.ts';
import type { DapSession } from './dap-session.ts';
import type { KumoRequests } from './kumo-protocol.ts';
import { withProgress } from './progress.ts';
import type { RequestArguments } from './request-arguments.ts';
import type { RequestHandlers } from './request-handlers.ts';
import { RequestProblem } from './request-problem.ts';

/** One answer must stay small enough for a client to take between two frames. */
const ENTRIES_AT_ONCE = 500;
const MOST_ENTRIES_AT_ONCE = 5_000;
const MOST_PASSES = 100_000;

export function kumoRequests(session: DapSession): RequestHandlers {
  return {
    'kumo/position': (): KumoRequests['kumo/position']['body'] =>
      session.launched().target.position(),
    async 'kumo/marks'(): Promise<KumoRequests['kumo/marks']['body']> {
      return { marks: await session.launched().target.marks() };
    },
    async 'kumo/readings'(args, cancellation) {
      const reading = readingOf(args.object('reading'));
      const { target } = session.launched();
      const result = await withProgress(
        session,
        'Reading the run once more',
        () => target.read(reading, cancellation),
        cancellation,
      );
      return { result };
    },
    'kumo/entries'(args): KumoRequests['kumo/entries']['body'] {
      const all: readonly Entry[] = session.launched().target.entries();
      const after = args.optionalNumber('after') ?? 0;
      const limit = args.optionalNumber('limit') ?? ENTRIES_AT_ONCE;
      if (limit < 1 || limit > MOST_ENTRIES_AT_ONCE) {
        throw new RequestProblem(`\`limit\` must be from 1 to ${MOST_ENTRIES_AT_ONCE}.`);
      }
      const first = all.findIndex(({ seq }) => seq > after);
      const entries = first < 0 ? [] : all.slice(first, first + limit);
      return { entries, total: all.length };
    },
  };
}

function readingOf(args: RequestArguments): ReadingRequest {
  const kind = args.text('kind');
  switch (kind) {
    case 'profile':
      return { kind };
    case 'coverage':
      return { kind, values: args.flag('values') };
    case 'log-points': {
      const limit = args.optionalNumber('limit') ?? 1_000;
      if (limit < 1 || limit > MOST_PASSES) {
        throw new RequestProblem(`\`limit\` must be from 1 to ${MOST_PASSES}.`);
      }
      const points = args.objects('points').map((point) => {
        const condition = point.optionalText('condition');
        return {
          id: point.number('id'),
          file: point.text('file'),
          line: point.number('line'),
          ...(condition === undefined ? {} : { condition }),
          logMessage: point.text('logMessage'),
        };
      });
      return { kind, points, limit };
    }
    default:
      throw new RequestProblem(
        `There is no reading ${kind}; there are log-points, coverage, profile.`,
      );
  }
}
