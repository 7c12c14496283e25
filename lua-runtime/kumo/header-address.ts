/**
 * Address lists in header fields: mailboxes and groups, with display names, quoted strings, comments
 * and encoded words (RFC 5322 section 3.4; KumoMTA crates/message/src/address.rs).
 */

import { decodeEncodedWords } from './header-block.ts';

export interface HeaderAddress {
  readonly name: string | null;
  /** Decoded: without quotes. */
  readonly user: string;
  readonly domain: string;
}
export interface HeaderGroup {
  readonly name: string | null;
  readonly addresses: readonly HeaderAddress[];
}
export type HeaderAddressEntry =
  | { readonly kind: 'address'; readonly address: HeaderAddress }
  | { readonly kind: 'group'; readonly group: HeaderGroup };

type Token =
  | { readonly kind: 'special'; readonly text: string }
  | { readonly kind: 'atom' | 'quoted' | 'literal'; readonly text: string };

// An encoded word may hold what would be special characters outside of it.
const TOKEN =
  /\s+|"((?:[^"\\]|\\[^])*)"|(\[[^\]]*\])|([<>@,:;.])|(=\?[^?\s]+\?[BbQq]\?[^?\s]*\?=|[^\s"<>@,:;.()[\]\\]+)/gy;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const source = withoutComments(text);
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null)
      throw new Error(`\`${source.slice(start)}\` is not part of an address list`);
    const [, quoted, literal, special, atom] = match;
    if (quoted !== undefined) {
      tokens.push({ kind: 'quoted', text: quoted.replace(/\\([^])/g, '$1') });
    } else if (literal !== undefined) tokens.push({ kind: 'literal', text: literal });
    else if (special !== undefined) tokens.push({ kind: 'special', text: special });
    else if (atom !== undefined) tokens.push({ kind: 'atom', text: atom });
  }
  return tokens;
}

/** Comments nest, and do not begin inside quotes. */
function withoutComments(text: string): string {
  let depth = 0;
  let quoted = false;
  let result = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\\') {
      if (depth === 0) result += text.slice(i, i + 2);
      i++;
      continue;
    }
    if (char === '"' && depth === 0) quoted = !quoted;
    if (char === '(' && !quoted) depth++;
    if (depth === 0) result += char;
    if (char === ')' && !quoted && depth > 0) depth--;
  }
  return result;
}

/**
 * Reads the unfolded value of a From, To or similar field.
 * @throws Error when it is no address list.
 */
export function parseAddressList(text: string): HeaderAddressEntry[] {
  const parser = new AddressParser(tokenize(text));
  return parser.list();
}

class AddressParser {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  list(): HeaderAddressEntry[] {
    const entries: HeaderAddressEntry[] = [];
    while (this.at < this.tokens.length) {
      if (this.takeSpecial(',')) continue;
      entries.push(this.entry());
      if (this.at < this.tokens.length && !this.takeSpecial(',')) throw this.unexpected();
    }
    return entries;
  }

  private entry(): HeaderAddressEntry {
    const start = this.at;
    const phrase = this.phrase();
    if (this.takeSpecial(':')) return { kind: 'group', group: this.group(phrase) };
    if (!this.isSpecial('<')) {
      this.at = start;
      return { kind: 'address', address: { name: null, ...this.mailbox() } };
    }
    return { kind: 'address', address: this.angleAddress(phrase) };
  }

  private group(name: string): HeaderGroup {
    const addresses: HeaderAddress[] = [];
    while (!this.takeSpecial(';')) {
      if (this.takeSpecial(',')) continue;
      const member = this.entry();
      if (member.kind === 'group') throw new Error('a group of addresses cannot contain a group');
      addresses.push(member.address);
    }
    return { name: name === '' ? null : name, addresses };
  }

  private angleAddress(name: string): HeaderAddress {
    this.at++;
    const mailbox = this.mailbox();
    if (!this.takeSpecial('>')) throw this.unexpected();
    return { name: name === '' ? null : name, ...mailbox };
  }

  private phrase(): string {
    const words: string[] = [];
    for (;;) {
      const token = this.tokens[this.at];
      if (token === undefined) break;
      if (token.kind === 'special' && token.text === '.' && words.length > 0) {
        words.push(`${words.pop() ?? ''}.`);
      } else if (token.kind === 'atom' || token.kind === 'quoted') words.push(token.text);
      else break;
      this.at++;
    }
    return decodeEncodedWords(words.join(' '));
  }

  private mailbox(): { user: string; domain: string } {
    const user = this.dotted();
    if (!this.takeSpecial('@')) throw this.unexpected();
    return { user, domain: this.dotted() };
  }

  private dotted(): string {
    let text = '';
    do {
      const token = this.tokens[this.at];
      if (token === undefined || token.kind === 'special') throw this.unexpected();
      text += (text === '' ? '' : '.') + token.text;
      this.at++;
    } while (this.takeSpecial('.'));
    return text;
  }

  private isSpecial(text: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'special' && token.text === text;
  }

  private takeSpecial(text: string): boolean {
    if (!this.isSpecial(text)) return false;
    this.at++;
    return true;
  }

  private unexpected(): Error {
    const token = this.tokens[this.at];
    if (token === undefined) return new Error('the address list ends too early');
    return new Error(`\`${token.text}\` is not expected here in an address list`);
  }
}

/** `user@domain`, the user quoted again where it has to be. */
export function headerAddressEmail({ user, domain }: HeaderAddress): string {
  const plain = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\u{10FFFF}.-]+$/u.test(user);
  const localPart = plain ? user : `"${user.replace(/["\\]/g, '\\$&')}"`;
  return `${localPart}@${domain}`;
}
