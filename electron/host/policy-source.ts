/** Which policy is run, by what, and within which limits. */
import type { EngineId } from '../../lua-runtime/vm/lua-vm.ts';
import type { PolicyLimits } from './worker/worker-contract.ts';

export interface PolicySource {
  readonly engine: EngineId;
  /** Absolute real path of the folder; scripts read nothing outside. */
  readonly workspaceRoot: string;
  /** Relative to the root. */
  readonly policyFile: string;
  /** What `os.getenv` answers; empty in a restricted folder. */
  readonly environment: { readonly [name: string]: string };
  readonly limits: PolicyLimits;
}
