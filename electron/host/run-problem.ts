/** Ends a run with a sentence for the person: nothing more can be delivered. */
export class RunProblem extends Error {
  override readonly name = 'RunProblem';
}
