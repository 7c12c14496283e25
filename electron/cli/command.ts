import type { ExitStatus } from './cli-error.ts';

/** Where a command reads and writes, and how it learns that it shall stop. */
export interface CommandIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly readStdin: () => Promise<Uint8Array>;
  /** For a command that talks; `readStdin` is for one that reads. */
  readonly stdin: NodeJS.ReadableStream;
  /** Aborted by SIGINT or SIGTERM. */
  readonly stop: AbortSignal;
}

export interface Command {
  readonly name: string;
  /** A few words for the list of commands. */
  readonly summary: string;
  /** All of `--help`. */
  readonly help: string;
  run(args: readonly string[], io: CommandIo): Promise<ExitStatus>;
}
