/**
 * The files of a policy and how they reach each other: `require` by kumod's path rules, with the folder
 * of the policy as root (KumoMTA crates/config/src/lib.rs 137-148).
 */
import { readSource, type SourceFile } from './source-file.ts';

export class Program {
  /** By path. */
  readonly files: ReadonlyMap<string, SourceFile>;
  /** Path of the policy that kumod loads. */
  readonly policyFile: string;
  /** Folder of the policy, `''` or ending with `/`: modules are looked up below it. */
  readonly #root: string;

  /** @param policyFile path of the policy that kumod loads; its folder is the root of `require` */
  constructor(files: ReadonlyMap<string, SourceFile>, policyFile: string) {
    this.files = files;
    this.policyFile = policyFile;
    this.#root = policyFile.slice(0, policyFile.lastIndexOf('/') + 1);
  }

  static ofTexts(texts: Readonly<Record<string, string>>, policyFile = 'init.lua'): Program {
    const files = Object.entries(texts).map(
      ([path, text]) => [path, readSource(path, text)] as const,
    );
    return new Program(new Map(files), policyFile);
  }

  /** The workspace's file that `require` runs for a module name. */
  moduleFile(name: string): SourceFile | undefined {
    const path = `${this.#root}${name.replaceAll('.', '/')}`;
    return this.files.get(`${path}.lua`) ?? this.files.get(`${path}/init.lua`);
  }

  /** What `require` can be given for the other files below the policy's folder. */
  moduleNames(from: SourceFile): readonly string[] {
    return [...this.files.keys()].flatMap((path) => {
      if (path === from.path || !path.startsWith(this.#root)) return [];
      const name = path.slice(this.#root.length).replace(/(?:\/init)?\.lua$/, '');
      return name === 'init' || name.includes('.') ? [] : [name.replaceAll('/', '.')];
    });
  }
}
