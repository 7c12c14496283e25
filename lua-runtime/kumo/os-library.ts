/**
 * The `os` library: clock and environment from the host, dates computed here, and nothing that
 * touches files or processes.
 */
import {
  checkInteger,
  checkNumber,
  checkText,
  isNoneOrNil,
  optionalText,
  raise,
  raiseArgumentError,
} from '../vm/lua-arguments.ts';
import { LuaType } from '../vm/lua-vm.ts';
import type { HostFunction, LuaState, LuaVm } from '../vm/lua-vm.ts';
import {
  InvalidConversionSpecifier,
  brokenDownTime,
  formatDate,
  secondsFromFields,
} from './date-format.ts';
import type { BrokenDownTime, CalendarFields } from './date-format.ts';
import type { LibraryContext } from './standard-library.ts';
import { pushLibraryTable, setFunctions } from './library-table.ts';

const PROCESSES = 'a policy under test cannot start or end programs.';
const FILES = 'a policy under test cannot change files.';

export function installOsLibrary(context: LibraryContext): void {
  const { vm, host } = context;
  const offsetMinutes = host.utcOffsetMinutes ?? 0;
  const started = host.now();
  const refused =
    (name: string, reason: string): HostFunction =>
    (L) =>
      context.refuse(L, name, reason);

  pushLibraryTable(vm, 'os');
  setFunctions(vm, {
    clock(L) {
      vm.pushNumber(L, (host.now() - started) / 1000);
      return 1;
    },
    date(L) {
      return date(vm, L, () => Math.floor(host.now() / 1000), offsetMinutes);
    },
    difftime(L) {
      const to = checkNumber(vm, L, 1, 'os.difftime');
      vm.pushNumber(L, to - checkNumber(vm, L, 2, 'os.difftime'));
      return 1;
    },
    execute(L) {
      // Without a command it asks whether there is a shell: there is none.
      if (!isNoneOrNil(vm, L, 1)) return context.refuse(L, 'os.execute', PROCESSES);
      vm.pushBoolean(L, false);
      return 1;
    },
    exit: refused('os.exit', PROCESSES),
    getenv(L) {
      const name = checkText(vm, L, 1, 'os.getenv');
      const value = Object.hasOwn(host.environment, name) ? host.environment[name] : undefined;
      if (value === undefined) vm.pushNil(L);
      else vm.pushText(L, value);
      return 1;
    },
    remove: refused('os.remove', FILES),
    rename: refused('os.rename', FILES),
    setlocale(L) {
      const locale = optionalText(vm, L, 1, 'os.setlocale');
      if (locale === undefined || locale === '' || locale === 'C' || locale === 'POSIX') {
        vm.pushText(L, 'C');
      } else {
        vm.pushNil(L);
      }
      return 1;
    },
    time(L) {
      return time(vm, L, () => Math.floor(host.now() / 1000), offsetMinutes);
    },
    tmpname: refused('os.tmpname', FILES),
  });
  vm.pop(vm.main, 1);
}

function date(vm: LuaVm, L: LuaState, now: () => number, localOffset: number): number {
  const given = optionalText(vm, L, 1, 'os.date') ?? '%c';
  const seconds = isNoneOrNil(vm, L, 2) ? now() : checkInteger(vm, L, 2, 'os.date');
  const isUtc = given.startsWith('!');
  const format = isUtc ? given.slice(1) : given;
  const zone = isUtc
    ? { offsetMinutes: 0, name: 'GMT' }
    : { offsetMinutes: localOffset, name: localOffset === 0 ? 'UTC' : '' };
  const parts = brokenDownTime(seconds, zone.offsetMinutes);
  if (parts === undefined) {
    return raise(vm, L, 'date result cannot be represented in this installation');
  }
  if (format.startsWith('*t')) {
    vm.newTable(L, 0, 9);
    setDateFields(vm, L, parts);
    return 1;
  }
  try {
    vm.pushText(L, formatDate(format, parts, zone));
  } catch (error) {
    if (!(error instanceof InvalidConversionSpecifier)) throw error;
    return raiseArgumentError(vm, L, 1, 'os.date', error.message);
  }
  return 1;
}

function time(vm: LuaVm, L: LuaState, now: () => number, localOffset: number): number {
  if (isNoneOrNil(vm, L, 1)) {
    vm.pushInteger(L, now());
    return 1;
  }
  if (vm.type(L, 1) !== LuaType.table) {
    const got = vm.typeName(vm.type(L, 1));
    return raiseArgumentError(vm, L, 1, 'os.time', `table expected, got ${got}`);
  }
  vm.setTop(L, 1);
  // In the order in which Lua's os_time asks, because the first missing field is the one reported.
  const year = dateField(vm, L, 'year', undefined, 1900);
  const month = dateField(vm, L, 'month', undefined, 1);
  const day = dateField(vm, L, 'day', undefined, 0);
  const hour = dateField(vm, L, 'hour', 12, 0);
  const minute = dateField(vm, L, 'min', 0, 0);
  const second = dateField(vm, L, 'sec', 0, 0);
  const fields: CalendarFields = { year, month, day, hour, minute, second };
  const seconds = secondsFromFields(fields, localOffset);
  const parts = seconds === undefined ? undefined : brokenDownTime(seconds, localOffset);
  if (seconds === undefined || parts === undefined) {
    return raise(vm, L, 'time result cannot be represented in this installation');
  }
  setDateFields(vm, L, parts);
  vm.pushInteger(L, seconds);
  return 1;
}

/** Lua 5.4 loslib.c getfield: an integer that, less `delta`, fits a C int. */
function dateField(
  vm: LuaVm,
  L: LuaState,
  name: string,
  fallback: number | undefined,
  delta: number,
): number {
  const type = vm.getField(L, 1, name);
  const value = vm.toInteger(L, -1);
  vm.pop(L, 1);
  if (value === undefined) {
    if (type !== LuaType.nil) return raise(vm, L, `field '${name}' is not an integer`);
    return fallback ?? raise(vm, L, `field '${name}' missing in date table`);
  }
  const number = Number(value);
  if (Math.abs(number - delta) > 0x7fffffff) {
    return raise(vm, L, `field '${name}' is out-of-bound`);
  }
  return number;
}

/** Sets the fields of `os.date('*t')` in the table on top of the stack. */
function setDateFields(vm: LuaVm, L: LuaState, parts: BrokenDownTime): void {
  const set = (name: string, value: number): void => {
    vm.pushInteger(L, value);
    vm.setField(L, -2, name);
  };
  set('year', parts.year);
  set('month', parts.month);
  set('day', parts.day);
  set('hour', parts.hour);
  set('min', parts.minute);
  set('sec', parts.second);
  set('yday', parts.dayOfYear);
  set('wday', parts.dayOfWeek + 1);
  vm.pushBoolean(L, false);
  vm.setField(L, -2, 'isdst');
}
