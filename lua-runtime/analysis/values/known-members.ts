/** The members of modules, objects and libraries: what the catalogue and Lua itself say of them. */
import { findMethod, findObjectField, namespaceOf, subModules } from '../catalogue/catalogue.ts';
import { LUA_LIBRARIES } from './library-results.ts';
import { valuesOfType } from './type-values.ts';
import { UNKNOWN, type Value, type Values } from './value.ts';

/** A field of a value that no table of the policy is; with `isMethod` looked up as `value:name` would. */
export function knownMember(value: Value, name: string, isMethod: boolean): Values {
  switch (value.kind) {
    case 'module': {
      const { module } = value;
      const sub = subModules(module.name).find((each) => each.name === `${module.name}.${name}`);
      if (sub !== undefined) return [{ kind: 'module', module: sub }];
      const inBetween = namespaceOf(`${module.name}.${name}`);
      if (inBetween !== undefined) return [{ kind: 'module', module: inBetween }];
      const entry = [...module.functions, ...(module.methods ?? [])].find(
        (each) => each.name === name,
      );
      if (entry !== undefined) {
        return [{ kind: 'api-function', fullName: `${module.name}.${name}`, entry }];
      }
      const field = module.fields.find((each) => each.name === name);
      return field === undefined ? UNKNOWN : valuesOfType(field.type);
    }
    case 'object': {
      const method = findMethod(value.object.name, name);
      if (method !== undefined) {
        return [{ kind: 'api-function', fullName: `${value.object.name}:${name}`, entry: method }];
      }
      const field = findObjectField(value.object.name, name);
      return field === undefined ? UNKNOWN : valuesOfType(field.type);
    }
    case 'library':
      return LUA_LIBRARIES.has(value.name)
        ? [{ kind: 'library', name: `${value.name}.${name}` }]
        : UNKNOWN;
    case 'string':
      return isMethod ? [{ kind: 'library', name: `string.${name}` }] : UNKNOWN;
    default:
      return UNKNOWN;
  }
}
