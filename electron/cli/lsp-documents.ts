/**
 * Between the workspace's paths and a client's documents: what the language service answers, in the
 * shapes of the Language Server Protocol 3.17 (sections are named where they are used).
 */
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding, Range, TextEdit } from '../../lua-runtime/analysis/analysis-contract.ts';
import type { CodeLens, Location } from '../../lua-runtime/analysis/lsp-types.ts';
import { LspErrorCode, LspProblem } from './lsp-problem.ts';

/** Absolute path of a file URI; undefined for another scheme. */
export type PathOfUri = (uri: string) => string | undefined;

export class LspDocuments {
  /** Absolute path of the folder that is open. */
  readonly root: string;
  readonly #pathOfUri: PathOfUri;

  constructor(root: string, pathOfUri: PathOfUri) {
    this.root = root;
    this.#pathOfUri = pathOfUri;
  }

  uri(path: string): string {
    return pathToFileURL(join(this.root, path)).href;
  }

  /**
   * Relative to the folder that is open.
   *
   * @throws LspProblem for what is no file
   */
  path(uri: string): string {
    const absolute = this.#pathOfUri(uri);
    if (absolute === undefined) {
      throw new LspProblem(LspErrorCode.invalidParams, `${uri} is no file of this machine.`);
    }
    return relative(this.root, absolute).replaceAll(sep, '/');
  }

  location({ file, range }: Location): object {
    return { uri: this.uri(file), range };
  }

  /** "Basic JSON Structures: WorkspaceEdit" */
  workspaceEdit(edits: readonly TextEdit[]): object {
    const changes: Record<string, object[]> = {};
    for (const { file, range, newText } of edits) {
      (changes[this.uri(file)] ??= []).push({ range, newText });
    }
    return { changes };
  }

  /** "Basic JSON Structures: Diagnostic" */
  diagnostic({ range, severity, code, message, href, tags, related }: Finding): object {
    return {
      ...{ range, severity, code, message, source: 'kumomta' },
      ...(href === undefined ? {} : { codeDescription: { href } }),
      ...(tags === undefined ? {} : { tags }),
      ...(related === undefined
        ? {}
        : {
            relatedInformation: related.map((place) => ({
              location: this.location(place),
              message: place.message,
            })),
          }),
    };
  }

  /** "Code Action Request": the fixes of the findings on the lines of a range. */
  quickFixes(findings: readonly Finding[], range: Range): object[] {
    return findings
      .filter(({ range: at }) => at.start.line <= range.end.line && range.start.line <= at.end.line)
      .flatMap((finding) =>
        (finding.fixes ?? []).map(({ title, preferred, edits }) => ({
          title,
          kind: 'quickfix',
          isPreferred: preferred === true,
          diagnostics: [this.diagnostic(finding)],
          edit: this.workspaceEdit(edits),
        })),
      );
  }

  /**
   * "Code Lens Request". What the client cannot do is not offered; what only tells something is told.
   *
   * @param commands those that the client carries out
   */
  codeLens({ range, command }: CodeLens, commands: ReadonlySet<string>): object[] {
    const canDo = commands.has(command.command);
    switch (command.command) {
      case 'kumo.showReferences': {
        const [path, position, locations] = command.arguments;
        const given = [this.uri(path), position, locations.map((place) => this.location(place))];
        const told = { title: command.title, command: '' };
        return [{ range, command: canDo ? { ...command, arguments: given } : told }];
      }
      case 'kumo.debug': {
        const [path, position] = command.arguments;
        return canDo
          ? [{ range, command: { ...command, arguments: [this.uri(path), position] } }]
          : [];
      }
      default:
        return canDo || command.command === '' ? [{ range, command }] : [];
    }
  }
}
