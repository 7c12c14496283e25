/** Whether a delivery here ended as kumod's log says that it ended there. */
import type { LogRecord } from '../recording/log-record.ts';
import type { LoggedRecord } from './logged-record.ts';

export type LoggedOutcome = Pick<LoggedRecord, 'type' | 'code' | 'content' | 'site'>;

export interface LoggedDifference {
  readonly what: 'type' | 'code' | 'text' | 'ready queue';
  readonly logged: string;
  readonly here: string;
}

/** Empty: it is reproduced. */
export function loggedDifferences(logged: LoggedOutcome, here: LogRecord): LoggedDifference[] {
  const { code, content } = here.response;
  const pairs: readonly LoggedDifference[] = [
    { what: 'type', logged: logged.type, here: here.type },
    { what: 'code', logged: String(logged.code), here: String(code) },
    { what: 'text', logged: comparable(logged.content), here: comparable(content) },
    { what: 'ready queue', logged: logged.site, here: here.site },
  ];
  return pairs.filter(
    (pair) => pair.logged !== pair.here && !(pair.what === 'ready queue' && pair.logged === ''),
  );
}

/** What an error said, before the frames that Lua lists. */
export function withoutTraceback(content: string): string {
  return content.replace(/\s*stack traceback:.*$/s, '');
}

/**
 * Without the traceback, whose frames are named otherwise in kumod, and with the files of the policy
 * by their last name: kumod prints `[string "/opt/kumomta/etc/policy/init.lua"]:12:`.
 */
function comparable(content: string): string {
  return withoutTraceback(content)
    .replaceAll(/\[string "(?:[^"]*\/)?([^"/]*)"\]/g, '$1')
    .replaceAll(/(?:[\w.-]+\/)+([\w.-]+\.lua:\d+)/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
