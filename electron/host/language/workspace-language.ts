/** Keeps the language service in step with the workspace, and tells what it says of it. */
import type { Diagnostic, Workspace } from '../../bridge/workspace.ts';
import type { CallingPage } from '../../bridge/contract.ts';
import type { LastRun } from '../../../lua-runtime/analysis/last-run.ts';
import type {
  FileRequest,
  LanguageAnswers,
  LanguageMethod,
} from '../../../lua-runtime/analysis/service/language-requests.ts';
import { analysedFiles } from './analysed-files.ts';
import { LanguageThread, type AskOptions } from './language-thread.ts';
import type { LastRunReader } from './read-last-run.ts';
import { readWorkbenchFile, WORKBENCH_FILE } from './workbench-file.ts';

export class WorkspaceLanguage {
  readonly thread: LanguageThread;
  readonly #openIn = new Map<CallingPage, Set<string>>();
  readonly #numbers = new WeakMap<CallingPage, number>();
  #lastNumber = 0;
  #root: string | undefined;
  #reader: Pick<LastRunReader, 'read'> | undefined;
  #onRead: (runId: string) => void = () => undefined;
  #agreed: Promise<readonly Diagnostic[]> = Promise.resolve([]);

  constructor(thread = new LanguageThread()) {
    this.thread = thread;
  }

  useWorkspace({ root, policyFile, files }: Workspace): void {
    this.thread.setWorkspace(root, policyFile, analysedFiles(files));
    if (root === this.#root) return;
    this.#root = root;
    for (const paths of this.#openIn.values()) paths.clear();
    this.#readAgreed();
  }

  fileChanged(path: string): void {
    this.thread.fileChanged(path);
    if (path === WORKBENCH_FILE) this.#readAgreed();
  }

  /** @param reader reads what runs did on each line; `onRead` is told when that is known */
  readRuns(reader: Pick<LastRunReader, 'read'>, onRead: (runId: string) => void): void {
    this.#reader = reader;
    this.#onRead = onRead;
  }

  /** What a run did that has ended; the policy of another folder is no longer looked at. */
  runEnded(root: string, runId: string, messages: number, lastRun: LastRun): void {
    if (root !== this.#root) return;
    this.thread.setLastRun(lastRun);
    void this.#reader?.read(runId, messages).then((files) => {
      if (files === undefined || root !== this.#root) return;
      this.thread.setLastRun({ ...lastRun, files });
      this.#onRead(runId);
    });
  }

  /** Notes that the page has these texts, and gives them to whatever is asked next. */
  edited(page: CallingPage | undefined, texts: NonNullable<AskOptions['texts']>): void {
    if (page === undefined) return;
    const known = this.#openIn.get(page) ?? new Set<string>();
    if (!this.#openIn.has(page)) {
      this.#openIn.set(page, known);
      page.onClose(() => this.#pageClosed(page));
    }
    for (const { path } of texts) known.add(path);
  }

  closed(page: CallingPage | undefined, path: string): void {
    if (page !== undefined) this.#openIn.get(page)?.delete(path);
    if (![...this.#openIn.values()].some((paths) => paths.has(path))) this.thread.closeText(path);
  }

  /** Findings in the given files and in those that the page has open. */
  async check(page: CallingPage | undefined, texts: NonNullable<AskOptions['texts']>) {
    this.edited(page, texts);
    const own = page === undefined ? [] : [...(this.#openIn.get(page) ?? [])];
    const checked = [...new Set([...texts.map(({ path }) => path), ...own])];
    await this.#agreed;
    const findings = await this.thread.ask<'findings'>(
      { method: 'findings', paths: checked },
      { texts },
    );
    return { checked, findings: [...findings] };
  }

  /** Drops a question of this page about the same that was not begun yet. */
  ask(
    page: CallingPage | undefined,
    request: FileRequest,
    text: string,
  ): Promise<LanguageAnswers[LanguageMethod]> {
    const texts = [{ path: request.path, text }];
    this.edited(page, texts);
    const topic = page && `${request.method} of page ${this.#numberOf(page)}`;
    return this.thread.ask<LanguageMethod>(request, { texts, topic });
  }

  symbols(
    page: CallingPage | undefined,
    query: string,
  ): Promise<LanguageAnswers['workspaceSymbol']> {
    const topic = page && `symbols of page ${this.#numberOf(page)}`;
    return this.thread.ask<'workspaceSymbol'>({ method: 'workspaceSymbol', query }, { topic });
  }

  /** Findings in all files of the workspace. */
  async problems(): Promise<Diagnostic[]> {
    const agreed = await this.#agreed;
    const findings = await this.thread.ask<'findings'>({ method: 'findings' });
    return [...agreed, ...findings];
  }

  close(): Promise<void> {
    return this.thread.close();
  }

  #numberOf(page: CallingPage): number {
    const known = this.#numbers.get(page) ?? ++this.#lastNumber;
    this.#numbers.set(page, known);
    return known;
  }

  #pageClosed(page: CallingPage): void {
    const paths = this.#openIn.get(page) ?? [];
    this.#openIn.delete(page);
    for (const path of paths) this.closed(undefined, path);
  }

  /** What the people of this workspace have agreed on. */
  #readAgreed(): void {
    const root = this.#root;
    if (root === undefined) return;
    this.#agreed = readWorkbenchFile(root).then(({ options, problems }) => {
      if (root === this.#root) this.thread.setOptions(options);
      return problems;
    });
    // A file that cannot be read says nothing; opening it tells why.
    this.#agreed = this.#agreed.catch(() => []);
  }
}
