import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeliveryCounts, DeliveryRow, Verdict } from '../../../electron/bridge/contract.ts';
import { DeliveryWindow, type FetchWindow } from '../../../renderer/deliveries/delivery-window.ts';

/** The host's side: a growing history and every question that was asked of it. */
class History {
  readonly rows: DeliveryRow[] = [];
  readonly questions: Parameters<FetchWindow>[0][] = [];

  add(count: number, verdict: Verdict = 'acked'): void {
    for (let i = 0; i < count; i++) {
      this.rows.push({
        id: this.rows.length + 1,
        runId: 'r',
        message: 1,
        messageId: 'd7ef',
        at: 0,
        queue: 'amqp',
        attempt: 1,
        exchange: '',
        routingKey: 'logging',
        told: '250 ok',
        verdict,
        publishes: 1,
        recordType: 'Delivery',
        responseCode: 200,
        responseContent: '250 ok',
        size: 1,
      });
    }
  }

  counts(): DeliveryCounts {
    const of = (verdict: string): number => this.rows.filter((r) => r.verdict === verdict).length;
    return {
      total: this.rows.length,
      acked: of('acked'),
      nacked: of('nacked'),
      unroutable: 0,
      unconfirmed: 0,
      failed: 0,
      none: 0,
      silentLoss: 0,
      dropped: 0,
      notRecorded: 0,
    };
  }

  readonly fetch: FetchWindow = async (question) => {
    this.questions.push(question);
    const { filter, offset, limit, upToId } = question;
    const matching = this.rows.filter(
      (row) =>
        (upToId === undefined || row.id <= upToId) &&
        (filter.verdicts.length === 0 || filter.verdicts.includes(row.verdict ?? 'none')),
    );
    const from = Math.min(offset, matching.length);
    return {
      rows: matching.slice(from, from + limit),
      offset: from,
      matching: matching.length,
      counts: this.counts(),
    };
  };
}

let history: History;
let window: DeliveryWindow;

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1000);
}
async function arrive(count: number, verdict: Verdict = 'acked'): Promise<void> {
  history.add(count, verdict);
  window.arrived(history.counts());
  await settle();
}

beforeEach(() => {
  vi.useFakeTimers();
  history = new History();
  window = new DeliveryWindow(history.fetch, (action) => setTimeout(action, 16));
  window.want(0, 30);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('following', () => {
  it('has the newest row at place 0', async () => {
    await arrive(3);
    expect(window.rowAt(0)?.id).toBe(3);
    expect(window.rowAt(2)?.id).toBe(1);
    expect(window.getView().matching).toBe(3);
  });

  it('has the rows of before it followed', async () => {
    history.add(5000);
    window.refresh();
    await settle();
    expect(window.rowAt(0)?.id).toBe(5000);
    expect(window.getView().counts.acked).toBe(5000);
  });

  it('finds the newest rows after more arrived than it expected', async () => {
    await arrive(10);
    history.add(5000);
    window.arrived({ ...history.counts(), total: 20 });
    await settle();
    expect(window.rowAt(0)?.id).toBe(5010);
  });

  it('never asks for more than what is on the screen and a little beyond', async () => {
    for (let i = 0; i < 20; i++) await arrive(5000);
    expect(Math.max(...history.questions.map((question) => question.limit))).toBeLessThan(150);
  });

  it('tells the table about a burst of events once', async () => {
    await arrive(1);
    const told = vi.fn();
    window.subscribe(told);
    for (let i = 0; i < 50; i++) {
      history.add(10);
      window.arrived(history.counts());
    }
    await settle();
    expect(told.mock.calls.length).toBeLessThanOrEqual(2);
    expect(window.rowAt(0)?.id).toBe(501);
  });
});

describe('held', () => {
  it('stands still while rows arrive, and counts them', async () => {
    await arrive(100);
    window.hold();
    await arrive(40);
    expect(window.rowAt(0)?.id).toBe(100);
    expect(window.getView()).toMatchObject({ matching: 100, newRows: 40 });
  });

  it('fetches rows further down of the held history', async () => {
    await arrive(1000);
    window.hold();
    await arrive(500);
    window.want(600, 640);
    await settle();
    expect(window.rowAt(600)?.id).toBe(400);
  });

  it('has rows at hand before they are scrolled to, and asks for none twice', async () => {
    await arrive(1000);
    window.hold();
    window.want(100, 140);
    await settle();
    expect(window.rowAt(250)?.id).toBe(750);
    window.want(130, 170);
    await settle();
    const asked = history.questions.length;
    window.want(190, 230);
    await settle();
    expect(window.rowAt(350)?.id).toBe(650);
    expect(history.questions.length).toBe(asked + 1);
    expect(history.questions.at(-1)?.limit).toBeLessThan(150);
  });

  it('forgets rows that are far away, and fetches them again', async () => {
    await arrive(5000);
    window.hold();
    for (let first = 0; first < 4000; first += 100) {
      window.want(first, first + 40);
      await settle();
    }
    expect(window.rowAt(100)).toBeUndefined();
    window.want(100, 140);
    await settle();
    expect(window.rowAt(100)?.id).toBe(4900);
  });

  it('shows the newest again when it is released', async () => {
    await arrive(100);
    window.hold();
    await arrive(40);
    window.release();
    await settle();
    expect(window.rowAt(0)?.id).toBe(140);
    expect(window.getView()).toMatchObject({ matching: 140, newRows: 0, heldAt: undefined });
  });
});

it('shows only rows that match, also while others arrive', async () => {
  await arrive(50);
  await arrive(2, 'nacked');
  window.setFilter({ text: '', verdicts: ['nacked'] });
  await settle();
  await arrive(50);
  await arrive(1, 'nacked');
  expect(window.getView().matching).toBe(3);
  expect([0, 1, 2].map((place) => window.rowAt(place)?.id)).toEqual([103, 52, 51]);
});

it('is empty after the history was cleared', async () => {
  await arrive(50);
  history.rows.length = 0;
  window.arrived(history.counts());
  await settle();
  expect(window.getView().matching).toBe(0);
  expect(window.rowAt(0)).toBeUndefined();
});
