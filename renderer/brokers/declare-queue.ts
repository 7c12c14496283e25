import { notify } from '../shell/notices-store.ts';
import { changeBrokers } from './brokers-store.ts';

/** Makes a queue on the embedded broker. Answers whether it is there now. */
export async function declareQueue(name: string): Promise<boolean> {
  const done = await changeBrokers('brokers.declareQueue', { name });
  if (done) notify(`The queue ${name} is there now.`);
  return done;
}
