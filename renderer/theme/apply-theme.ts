import type { Settings } from '../../electron/bridge/contract.ts';

export type ThemeName = 'dark' | 'light' | 'high-contrast';

const rememberedChoice = 'workbench.theme';
const prefersLight = window.matchMedia('(prefers-color-scheme: light)');
const prefersMoreContrast = window.matchMedia('(prefers-contrast: more)');

/** The theme that a choice means on this system. */
function resolveTheme(choice: Settings['theme']): ThemeName {
  if (choice !== 'system') return choice;
  if (prefersMoreContrast.matches) return 'high-contrast';
  return prefersLight.matches ? 'light' : 'dark';
}

let choice = (localStorage.getItem(rememberedChoice) ?? 'system') as Settings['theme'];
const listeners = new Set<(theme: ThemeName) => void>();

/** Puts a theme on the page and tells those who paint by themselves (the editor). */
export function applyTheme(next: Settings['theme'] = choice): void {
  choice = next;
  // Remembered so that the next start paints the right theme before the host has answered.
  localStorage.setItem(rememberedChoice, next);
  const theme = resolveTheme(next);
  if (document.documentElement.dataset.theme === theme) return;
  document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener(theme);
}

/** The theme now on the page. */
export function currentTheme(): ThemeName {
  return resolveTheme(choice);
}

/** Calls `listener` after every change of the theme. Returns the function that stops it. */
export function onThemeChange(listener: (theme: ThemeName) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

prefersLight.addEventListener('change', () => applyTheme());
prefersMoreContrast.addEventListener('change', () => applyTheme());
applyTheme();
