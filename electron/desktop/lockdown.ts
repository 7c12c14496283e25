/** What keeps a window to its own page. Electron docs/tutorial/security.md, items 2-4, 6, 8-15. */
import type { Session, WebContents, WebPreferences } from 'electron';
import { isPageUrl } from './app-protocol.ts';

/** The only places that a link may open, in the system's browser. */
const externalHosts = ['docs.kumomta.com', 'github.com', 'www.rabbitmq.com', 'www.lua.org'];

export function lockedWebPreferences(preload: string): WebPreferences {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  };
}

/** Refuses every permission but writing to the clipboard, which Copy needs. */
export function denyPermissions(session: Session): void {
  const isAllowed = (permission: string): boolean => permission === 'clipboard-sanitized-write';
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(isAllowed(permission));
  });
  session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
  session.setDevicePermissionHandler(() => false);
}

/** No navigation away from the page, no further windows, no webviews; known links go outside. */
export function lockNavigation(contents: WebContents, openExternal: (url: string) => void): void {
  const stayOnPage = (event: { url: string; preventDefault(): void }): void => {
    if (!isPageUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stayOnPage);
  contents.on('will-redirect', stayOnPage);
  contents.on('will-frame-navigate', stayOnPage);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    if (isExternalLink(url)) openExternal(url);
    return { action: 'deny' };
  });
}

export function isExternalLink(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed?.protocol === 'https:' && parsed.port === '' && externalHosts.includes(parsed.host);
}
