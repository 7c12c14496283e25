import { topicMatches } from './engine/binding-match.ts';
import { rulesOf } from './faults.ts';
import type { Fault, FaultKind, FaultRule } from './faults.ts';
import { randomNumbers } from './random-numbers.ts';

/** What becomes of one publish. */
export interface PublishFault {
  /** Undefined when the broker does as it should, but for the delay. */
  readonly fault: Exclude<PublishFaultKind, { kind: 'delay' }> | undefined;
  /** How much later the confirm comes; 0 is at once. */
  readonly delayMilliseconds: number;
}

type PublishFaultKind = Exclude<FaultKind, { kind: 'block' | 'refuse' | 'auth' | 'vhost' }>;

interface PublishSite {
  readonly exchange: string;
  readonly routingKey: string;
}

const none: PublishFault = { fault: undefined, delayMilliseconds: 0 };

/** The fault that is set, with what its conditions count: messages, time, random numbers. */
export class ActiveFaults {
  readonly fault: Fault | undefined;
  readonly #rules: readonly ActiveRule[];
  readonly #now: () => number;
  readonly #startedAt: number;

  /** `now` in milliseconds; the time of conditions counts from here. */
  constructor(fault: Fault | undefined, now: () => number = () => performance.now()) {
    this.fault = fault;
    this.#now = now;
    this.#startedAt = now();
    this.#rules = fault === undefined ? [] : rulesOf(fault).map((rule) => new ActiveRule(rule));
  }

  /** Publishers may not go on. */
  get isBlocking(): boolean {
    return this.#holds('block');
  }

  /** The broker does not listen. */
  get isRefusing(): boolean {
    return this.#holds('refuse');
  }

  /** In how many milliseconds `isBlocking` or `isRefusing` may differ; undefined is never. */
  get changesIn(): number | undefined {
    const elapsed = this.#elapsed();
    const edges = this.#rules
      .filter(({ rule: { kind } }) => kind === 'block' || kind === 'refuse')
      .flatMap((active) => active.edges)
      .filter((edge) => edge > elapsed);
    return edges.length === 0 ? undefined : Math.min(...edges) - elapsed;
  }

  /** Counts a publish and says what it meets. Every rule counts it, whichever applies. */
  onPublish(site: PublishSite): PublishFault {
    if (this.#rules.length === 0) return none;
    const elapsed = this.#elapsed();
    let fault: PublishFault['fault'];
    let delayMilliseconds = 0;
    for (const active of this.#rules) {
      const { rule } = active;
      if (!isPublishFault(rule) || !active.applies(elapsed, site)) continue;
      if (rule.kind !== 'delay') fault ??= rule;
      else if (delayMilliseconds === 0) delayMilliseconds = rule.milliseconds;
    }
    return { fault, delayMilliseconds };
  }

  /** Counts a login, right before its password is looked at. */
  refusesLogin(): boolean {
    return this.#appliesToLogin('auth');
  }

  /** Counts a login, right before its virtual host is looked for. */
  hidesVirtualHost(): boolean {
    return this.#appliesToLogin('vhost');
  }

  #appliesToLogin(kind: 'auth' | 'vhost'): boolean {
    const elapsed = this.#elapsed();
    return this.#rules
      .filter((active) => active.rule.kind === kind)
      .map((active) => active.applies(elapsed))
      .includes(true);
  }

  #holds(kind: 'block' | 'refuse'): boolean {
    const elapsed = this.#elapsed();
    return this.#rules.some((active) => active.rule.kind === kind && active.isDue(elapsed));
  }

  #elapsed(): number {
    return this.#now() - this.#startedAt;
  }
}

class ActiveRule {
  readonly rule: FaultRule;
  readonly #random: () => number;
  #count = 0;

  constructor(rule: FaultRule) {
    this.rule = rule;
    this.#random = randomNumbers(rule.when?.seed ?? 1);
  }

  /** When it starts and when it ends, in milliseconds since the fault was set. */
  get edges(): number[] {
    const { after = 0, for: length = Infinity } = this.rule.when ?? {};
    return [after, after + length].filter((edge) => edge !== Infinity);
  }

  isDue(elapsed: number): boolean {
    const { after = 0, for: length = Infinity } = this.rule.when ?? {};
    return elapsed >= after && elapsed < after + length;
  }

  /** In this order: which messages are counted, which of those it is, the time, the chance. */
  applies(elapsed: number, site?: PublishSite): boolean {
    const { when } = this.rule;
    if (when === undefined) return true;
    if (site !== undefined && when.exchange !== undefined && when.exchange !== site.exchange) {
      return false;
    }
    if (site !== undefined && when.key !== undefined && !topicMatches(when.key, site.routingKey)) {
      return false;
    }
    this.#count += 1;
    if (when.n !== undefined && (this.#count < when.n.from || this.#count > when.n.to)) {
      return false;
    }
    if (when.every !== undefined && this.#count % when.every !== 0) return false;
    if (!this.isDue(elapsed)) return false;
    return when.probability === undefined || this.#random() < when.probability;
  }
}

function isPublishFault(rule: FaultRule): rule is PublishFaultKind & FaultRule {
  return !['block', 'refuse', 'auth', 'vhost'].includes(rule.kind);
}
