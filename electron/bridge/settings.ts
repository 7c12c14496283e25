import * as z from 'zod';

export const settingsSchema = z.object({
  engine: z.enum(['lua54', 'fengari']),
  theme: z.enum(['system', 'dark', 'light', 'high-contrast']),
  deadlineMs: z.number().int().min(100).max(600_000),
  memoryMb: z.number().int().min(16).max(2048),
  /** Names and values that `os.getenv` answers in this workspace. */
  environment: z.record(z.string(), z.string()),
  fontSize: z.number().int().min(9).max(28),
  /** Lua is written in KumoMTA's style whenever it is saved. */
  formatOnSave: z.boolean(),
  /** Names of parameters and units beside the text. */
  inlayHints: z.boolean(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const engineDifferenceSchema = z.object({
  id: z.string(),
  title: z.string(),
  lua54: z.string(),
  fengari: z.string(),
});
export type EngineDifference = z.infer<typeof engineDifferenceSchema>;

export const settingsCalls = {
  'settings.get': { input: z.object({}), output: settingsSchema },
  'settings.set': { input: settingsSchema.partial(), output: settingsSchema },
  'settings.engineDifferences': { input: z.object({}), output: z.array(engineDifferenceSchema) },
  'about.get': {
    input: z.object({}),
    output: z.object({
      version: z.string(),
      kumomta: z.string(),
      shell: z.enum(['electron', 'browser']),
    }),
  },
};

export const settingsEvents = { settings: settingsSchema };
