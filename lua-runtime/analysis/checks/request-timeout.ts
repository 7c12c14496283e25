/** Waits that take a fraction or text and no whole number (KumoMTA crates/mod-http/src/lib.rs 130-143). */
import { apiCallsOf } from '../values/api-calls.ts';
import { ERROR, type Check } from './check.ts';

const TAKES_NO_INTEGER = ['HttpRequest:timeout', 'WebSocketStream:recv_batch'];

export const requestTimeout: Check = ({ evaluator, file, report }) => {
  for (const { file: where, args, entry } of apiCallsOf(evaluator).to(...TAKES_NO_INTEGER)) {
    const [time] = args;
    if (where !== file || time?.kind !== 'Number' || !time.isInteger) continue;
    report({
      code: 'wrong-type',
      at: time,
      severity: ERROR,
      message: `A whole number is refused here: kumod raises "invalid timeout duration". Write a fraction (\`${time.value}.0\`) or text ('${time.value}s').`,
      page: entry.page,
      fixes: [
        {
          title: `Write '${time.value}s'`,
          preferred: true,
          edits: [{ at: time, newText: `'${time.value}s'` }],
        },
      ],
    });
  }
};
