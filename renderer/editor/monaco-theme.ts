import { currentTheme, onThemeChange, type ThemeName } from '../theme/apply-theme.ts';
import { monaco } from './monaco.ts';

const base: Record<ThemeName, monaco.editor.BuiltinTheme> = {
  dark: 'vs-dark',
  light: 'vs',
  'high-contrast': 'hc-black',
};

/** `#fff` → `#ffffff`: the build shortens colours, and Monaco takes only the long form. */
function longHex(colour: string): string {
  return colour.length > 5 ? colour : colour.replace(/[0-9a-f]/gi, '$&$&');
}

/** Defines Monaco's theme from the page's tokens, so that no colour is written twice. */
function paint(theme: ThemeName): void {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => longHex(style.getPropertyValue(`--${name}`).trim());
  const code = (name: string): string => token(`code-${name}`).slice(1);

  monaco.editor.defineTheme(`workbench-${theme}`, {
    base: base[theme],
    inherit: true,
    rules: [
      { token: '', foreground: code('text') },
      { token: 'keyword', foreground: code('keyword') },
      { token: 'string', foreground: code('string') },
      { token: 'string.escape', foreground: code('number') },
      { token: 'comment', foreground: code('comment'), fontStyle: 'italic' },
      { token: 'number', foreground: code('number') },
      { token: 'identifier', foreground: code('text') },
      { token: 'delimiter', foreground: code('text') },
      { token: 'function', foreground: code('function') },
      { token: 'method', foreground: code('function') },
      { token: 'parameter', foreground: code('text'), fontStyle: 'italic' },
      { token: 'event', foreground: code('string'), fontStyle: 'bold' },
      { token: 'namespace', foreground: code('text') },
    ],
    colors: {
      'editor.background': token('ground'),
      'editor.foreground': token('code-text'),
      'editor.selectionBackground': token('code-selection'),
      'editor.inactiveSelectionBackground': token('selected'),
      'editor.lineHighlightBackground': token('code-current-line'),
      'editor.lineHighlightBorder': '#00000000',
      'editorLineNumber.foreground': token('code-line-number'),
      'editorLineNumber.activeForeground': token('text'),
      'editorCursor.foreground': token('accent'),
      'editorIndentGuide.background1': token('border'),
      'editorIndentGuide.activeBackground1': token('border-strong'),
      'editorBracketMatch.background': token('selected'),
      'editorBracketMatch.border': token('border-strong'),
      'editorWidget.background': token('raised'),
      'editorWidget.foreground': token('text'),
      'editorWidget.border': token('border-strong'),
      'editorHoverWidget.background': token('raised'),
      'editorHoverWidget.border': token('border-strong'),
      'editorError.foreground': token('fail'),
      'editorWarning.foreground': token('warn'),
      'editorGutter.background': token('ground'),
      'editorOverviewRuler.border': '#00000000',
      'editorSuggestWidget.background': token('raised'),
      'editorSuggestWidget.border': token('border-strong'),
      'editorSuggestWidget.foreground': token('text'),
      'editorSuggestWidget.highlightForeground': token('accent'),
      'editorSuggestWidget.focusHighlightForeground': token('accent'),
      'editorSuggestWidget.selectedBackground': token('selected'),
      'editorSuggestWidget.selectedForeground': token('text'),
      'editorInfo.foreground': token('accent'),
      'editorCodeLens.foreground': token('text-2'),
      'editorLink.activeForeground': token('accent'),
      'editorInlayHint.foreground': token('text-2'),
      'editorInlayHint.background': '#00000000',
      'peekView.border': token('border-strong'),
      'peekViewTitle.background': token('panel'),
      'peekViewTitleLabel.foreground': token('text'),
      'peekViewTitleDescription.foreground': token('text-2'),
      'peekViewEditor.background': token('ground'),
      'peekViewEditorGutter.background': token('ground'),
      'peekViewEditor.matchHighlightBackground': token('selected'),
      'peekViewResult.background': token('panel'),
      'peekViewResult.fileForeground': token('text'),
      'peekViewResult.lineForeground': token('text-2'),
      'peekViewResult.matchHighlightBackground': token('selected'),
      'peekViewResult.selectionBackground': token('selected'),
      'peekViewResult.selectionForeground': token('text'),
      'textLink.foreground': token('accent'),
      'textLink.activeForeground': token('accent'),
      'list.focusBackground': token('selected'),
      'list.focusForeground': token('text'),
      'list.activeSelectionBackground': token('selected'),
      'list.activeSelectionForeground': token('text'),
      'list.hoverBackground': token('hover'),
      'input.background': token('input'),
      'input.border': token('border-strong'),
      'quickInput.background': token('raised'),
      'quickInputList.focusBackground': token('selected'),
      'quickInputList.focusForeground': token('text'),
      'menu.background': token('raised'),
      'menu.foreground': token('text'),
      'menu.selectionBackground': token('selected'),
      'menu.selectionForeground': token('text'),
      'menu.border': token('border-strong'),
      'widget.shadow': token('shadow'),
      focusBorder: token('focus'),
      'scrollbarSlider.background': `${token('border-strong')}99`,
      'scrollbarSlider.hoverBackground': token('border-strong'),
      'scrollbarSlider.activeBackground': token('text-3'),
      'scrollbar.shadow': '#00000000',
    },
  });
  monaco.editor.setTheme(`workbench-${theme}`);
}

/** Keeps Monaco's theme in step with the page's. */
export function followTheme(): void {
  paint(currentTheme());
  onThemeChange(paint);
}
