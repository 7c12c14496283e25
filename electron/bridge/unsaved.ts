/** Text that was typed and not saved, as the host keeps it for the next start. */
import * as z from 'zod';

export const unsavedTextSchema = z.object({
  path: z.string(),
  text: z.string(),
  /** The version on disk that the text was based on; absent for a file that was not there. */
  version: z.string().optional(),
  /** When it was typed, in milliseconds since the epoch. */
  at: z.number(),
});
export type UnsavedText = z.infer<typeof unsavedTextSchema>;

export const unsavedCalls = {
  /** Answers when the text is on disk. */
  'unsaved.keep': { input: unsavedTextSchema, output: z.object({}) },
  'unsaved.forget': { input: z.object({ path: z.string() }), output: z.object({}) },
  /** Those of the open workspace. */
  'unsaved.list': { input: z.object({}), output: z.array(unsavedTextSchema) },
};
