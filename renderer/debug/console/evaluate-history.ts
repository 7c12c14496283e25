/** What was asked before, as a shell keeps it: up is older, down is newer, a draft is not lost. */
export class EvaluateHistory {
  private readonly asked: string[] = [];
  private at = 0;
  private draft = '';

  private readonly most: number;

  /** @param most how many are kept */
  constructor(most = 200) {
    this.most = most;
  }

  add(text: string): void {
    if (this.asked.at(-1) !== text) this.asked.push(text);
    if (this.asked.length > this.most) this.asked.shift();
    this.at = this.asked.length;
    this.draft = '';
  }

  /** @param current what stands in the field now; returns what is to stand there */
  older(current: string): string {
    if (this.at === this.asked.length) this.draft = current;
    this.at = Math.max(this.at - 1, 0);
    return this.asked[this.at] ?? current;
  }

  newer(current: string): string {
    if (this.at === this.asked.length) return current;
    this.at += 1;
    return this.at === this.asked.length ? this.draft : (this.asked[this.at] ?? current);
  }
}
