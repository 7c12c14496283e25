/** Values in the words of DAP. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Scope, Variable } from '../debugger-contract.ts';
import type { ClientConventions } from './client-conventions.ts';
import type { ReferenceTable } from './reference-table.ts';
import type { RequestArguments } from './request-arguments.ts';

/** How values are to be written: DAP's ValueFormat. */
export interface ValueFormat {
  readonly hex: boolean;
}

export function valueFormatOf(args: RequestArguments): ValueFormat {
  return { hex: args.object('format').flag('hex') };
}

export interface VariableWriting {
  readonly client: Pick<ClientConventions, 'showsTypes'>;
  readonly references: ReferenceTable;
  readonly format: ValueFormat;
  /** The frame that the values were reached from. */
  readonly frame?: number | undefined;
}

type ValueFields = Pick<
  DebugProtocol.Variable,
  'value' | 'type' | 'variablesReference' | 'namedVariables' | 'indexedVariables'
>;

export function valueFields(
  variable: Variable,
  { client, references, format, frame }: VariableWriting,
): ValueFields {
  return {
    value: format.hex && variable.type === 'integer' ? hexadecimal(variable.value) : variable.value,
    ...(client.showsTypes ? { type: variable.type } : {}),
    variablesReference: references.ofValue(variable.ref, frame),
    ...(variable.named === undefined ? {} : { namedVariables: variable.named }),
    ...(variable.indexed === undefined ? {} : { indexedVariables: variable.indexed }),
  };
}

export function variableBody(variable: Variable, writing: VariableWriting): DebugProtocol.Variable {
  return {
    name: variable.name,
    ...valueFields(variable, writing),
    ...(variable.expression === undefined ? {} : { evaluateName: variable.expression }),
    ...presentationOf(variable),
  };
}

/** What `evaluate`, `setExpression` and `setVariable` say of a value beside its text. */
export function presentationOf(
  variable: Variable,
): Pick<DebugProtocol.Variable, 'presentationHint'> {
  return variable.readOnly ? { presentationHint: { attributes: ['readOnly'] } } : {};
}

const SCOPE_HINTS: { readonly [N in Scope['name']]?: string } = {
  Locals: 'locals',
  Arguments: 'arguments',
  Registers: 'registers',
};

export function scopeBody(
  scope: Scope,
  references: ReferenceTable,
  frame: number,
): DebugProtocol.Scope {
  const hint = SCOPE_HINTS[scope.name];
  return {
    name: scope.name,
    ...(hint === undefined ? {} : { presentationHint: hint }),
    variablesReference: references.ofValue(scope.ref, frame),
    namedVariables: scope.count,
    expensive: scope.name === 'Globals',
  };
}

/** As Lua's `%x` writes it: 64 bits, negative numbers as their two's complement. */
function hexadecimal(decimal: string): string {
  if (!/^-?\d+$/.test(decimal)) return decimal;
  return `0x${BigInt.asUintN(64, BigInt(decimal)).toString(16)}`;
}
