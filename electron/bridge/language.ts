/** What the editor knows of policies while they are written. Shapes are LSP's (3.17). */
import { z } from 'zod';
import type { Diagnostic } from './workspace.ts';

/** `path` is relative to the workspace root; `text` is what the editor has, saved or not. */
const editedTextSchema = z.object({ path: z.string(), text: z.string() });

export const languageCalls = {
  /**
   * Findings of the checks in the .lua files that are given as they are in the editor, and in those
   * that were given before and not closed.
   */
  'language.check': {
    input: z.object({ texts: z.array(editedTextSchema).max(1000) }),
    output: z.object({
      /** Paths of the files that were checked. */
      checked: z.array(z.string()),
      findings: z.array(z.custom<Diagnostic>()),
    }),
  },
  /** Findings of the checks in all files of the workspace, workbench.json among them. */
  'language.problems': { input: z.object({}), output: z.array(z.custom<Diagnostic>()) },
  /** The page's editor has the file no more: what is on disk counts. */
  'language.close': { input: z.object({ path: z.string() }), output: z.object({}) },
};
