import { describe, expect, it } from 'vitest';
import { parseWorkbenchFile } from '../../../../electron/host/language/workbench-file.ts';

describe('workbench.json', () => {
  it('names a release and silenced checks', () => {
    expect(
      parseWorkbenchFile(
        '{"kumomta": "2025.12.02-67ee9e96", "silenced": {"deprecated": "spring"}}',
      ),
    ).toEqual({
      options: { kumomta: '2025.12.02', silenced: { deprecated: 'spring' } },
      problems: [],
    });
  });

  it.each([
    ['{"kumomta": "2025.12.99"}', 0, 12, 'is no release of KumoMTA'],
    ['{\n "silenced": {"depricated": "x"}}', 1, 14, 'Did you mean deprecated?'],
    ['{"silenced": {"deprecated": " "}}', 0, 14, 'say why'],
    ['{"silence": {}}', 0, 1, 'Nothing of the file is used'],
    ['{"silenced": ["deprecated"]}', 0, 1, 'Nothing of the file is used'],
    ['{"kumomta": ', 0, 12, 'This is not JSON'],
  ])('tells what is wrong in %s, on its place', (text, line, character, message) => {
    const { options, problems } = parseWorkbenchFile(text);
    expect(options.silenced).toEqual({});
    expect(options.kumomta).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.range.start).toEqual({ line, character });
  });
});
