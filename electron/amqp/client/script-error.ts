/** Its message is what the script sees, in kumod's words. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
}
