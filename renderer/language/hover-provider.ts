import type { monaco } from '../editor/monaco.ts';
import { rangeOf } from '../problems/markers.ts';
import { askAt, markdown } from './ask-language.ts';

export const hoverProvider: monaco.languages.HoverProvider = {
  async provideHover(model, position, token) {
    const hover = await askAt('hover', model, position, token);
    return hover && { contents: [markdown(hover.contents)], range: rangeOf(hover.range) };
  },
};

export const signatureProvider: monaco.languages.SignatureHelpProvider = {
  signatureHelpTriggerCharacters: ['(', ','],
  async provideSignatureHelp(model, position, token) {
    const help = await askAt('signatureHelp', model, position, token);
    if (help === undefined) return undefined;
    const signatures = help.signatures.map(({ label, documentation, parameters }) => ({
      label,
      ...(documentation === undefined ? {} : { documentation: markdown(documentation) }),
      parameters: parameters.map((parameter) => ({
        label: [...parameter.label] as [number, number],
        ...(parameter.documentation === undefined
          ? {}
          : { documentation: markdown(parameter.documentation) }),
      })),
    }));
    const { activeSignature, activeParameter } = help;
    return { value: { signatures, activeSignature, activeParameter }, dispose: () => undefined };
  },
};
