/** The command line was used wrongly: exit status 2. The message is one sentence that says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command was understood and cannot be carried out: exit status 1. One sentence. */
export class CommandProblem extends Error {
  override readonly name = 'CommandProblem';
}

/** What a command ends with. */
export const ExitStatus = { fine: 0, findings: 1, usage: 2, bug: 3 } as const;
export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];
