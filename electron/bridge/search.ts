/** Looking for a text in all files of the workspace. */
import * as z from 'zod';

export const searchQuestionSchema = z.object({
  /** Looked for within lines. */
  text: z.string().max(1_000),
  /** `text` is one of JavaScript; otherwise it is looked for as it is written. */
  regularExpression: z.boolean(),
  matchCase: z.boolean(),
  wholeWord: z.boolean(),
  /** Files with unsaved text in the editor. */
  texts: z.array(z.object({ path: z.string(), text: z.string() })).max(1_000),
});
export type SearchQuestion = z.infer<typeof searchQuestionSchema>;

/** `line` and `column` are 1-based, `previewColumn` is where the place begins in `preview`. */
export const foundPlaceSchema = z.object({
  line: z.number(),
  column: z.number(),
  length: z.number(),
  preview: z.string(),
  previewColumn: z.number(),
});
export type FoundPlace = z.infer<typeof foundPlaceSchema>;

export const foundFileSchema = z.object({ path: z.string(), places: z.array(foundPlaceSchema) });
export type FoundFile = z.infer<typeof foundFileSchema>;

export const searchAnswerSchema = z.object({
  files: z.array(foundFileSchema),
  places: z.number(),
  /** What was looked for, as `RegExp` takes it; absent for a question that asks for nothing. */
  pattern: z.object({ source: z.string(), flags: z.string() }).optional(),
  /** There are more than are told. */
  isCut: z.boolean(),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;

export const searchCalls = {
  'search.files': { input: searchQuestionSchema, output: searchAnswerSchema },
};
