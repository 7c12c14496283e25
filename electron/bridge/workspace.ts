import * as z from 'zod';
import type { Finding } from '../../lua-runtime/analysis/analysis-contract.ts';

export const trustSchema = z.enum(['restricted', 'trusted']);
export type Trust = z.infer<typeof trustSchema>;

/** `path` is relative to the workspace root with `/` separators. */
export const workspaceFileSchema = z.object({
  path: z.string(),
  kind: z.enum(['file', 'folder']),
  size: z.number(),
});
export type WorkspaceFile = z.infer<typeof workspaceFileSchema>;

export const workspaceSchema = z.object({
  root: z.string(),
  name: z.string(),
  /** The policy that runs: `init.lua`, or the file that was opened, or the first .lua. Empty when none. */
  policyFile: z.string(),
  trust: trustSchema,
  files: z.array(workspaceFileSchema),
  /** For a shipped sample: one sentence on what to try. */
  hint: z.string().optional(),
});
export type Workspace = z.infer<typeof workspaceSchema>;

/** `version` is a hash of the bytes; writing needs the version that was read. */
export const textFileSchema = z.object({ path: z.string(), text: z.string(), version: z.string() });
export type TextFile = z.infer<typeof textFileSchema>;

export const sampleSchema = z.object({
  name: z.string(),
  title: z.string(),
  hint: z.string(),
});
export type Sample = z.infer<typeof sampleSchema>;

/** What the compiler or a check says about a place, in LSP's shapes. */
export type Diagnostic = Finding;

export const folderListingSchema = z.object({
  path: z.string(),
  parent: z.string().optional(),
  folders: z.array(z.string()),
  policies: z.array(z.string()),
});

export const workspaceCalls = {
  /** The open workspace; on the first start a copy of the first sample. */
  'workspace.current': { input: z.object({}), output: workspaceSchema },
  /** A folder or a .lua file, absolute or `~`-relative. */
  'workspace.open': { input: z.object({ path: z.string().min(1) }), output: workspaceSchema },
  'workspace.recent': { input: z.object({}), output: z.array(z.string()) },
  /** What is in a folder of this machine, for the Open dialog of the browser shell. */
  'workspace.browse': { input: z.object({ path: z.string() }), output: folderListingSchema },
  /**
   * The system's own dialog for a folder. Only a shell with windows of its own has one; where it is
   * `unavailable` the page lists folders with `workspace.browse`.
   */
  'workspace.pickFolder': {
    input: z.object({}),
    output: z.discriminatedUnion('result', [
      z.object({ result: z.literal('picked'), path: z.string() }),
      z.object({ result: z.literal('cancelled') }),
      z.object({ result: z.literal('unavailable') }),
    ]),
  },
  'workspace.setPolicy': { input: z.object({ path: z.string() }), output: workspaceSchema },
  'workspace.setTrust': { input: z.object({ trust: trustSchema }), output: workspaceSchema },
  'workspace.read': { input: z.object({ path: z.string() }), output: textFileSchema },
  /**
   * Writes when the file on disk still has `version`; else answers `conflict` with what is there.
   * Without `version`: creates, and answers `conflict` when the file exists.
   */
  'workspace.write': {
    input: z.object({ path: z.string(), text: z.string(), version: z.string().optional() }),
    output: z.discriminatedUnion('result', [
      z.object({ result: z.literal('written'), file: textFileSchema }),
      z.object({ result: z.literal('conflict'), file: textFileSchema }),
    ]),
  },
  'samples.list': { input: z.object({}), output: z.array(sampleSchema) },
  /** Opens a copy of the sample that is the person's own. */
  'samples.open': { input: z.object({ name: z.string() }), output: workspaceSchema },
  /** Syntax errors in the words of the engine's own compiler; for text that need not be saved. */
  'policy.check': {
    input: z.object({ path: z.string(), text: z.string() }),
    output: z.array(z.custom<Diagnostic>()),
  },
};

export const workspaceEvents = {
  /** The workspace changed: opened, files came or went, trust. */
  workspace: workspaceSchema,
  /** A file's content changed on disk, by us or by another program. */
  fileChanged: z.object({ path: z.string(), version: z.string().optional() }),
};
