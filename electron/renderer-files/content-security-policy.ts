/**
 * What the page may load, for both shells: only what the workbench itself serves. Inline styles are
 * Monaco's need; scripts are never inline.
 *
 * @param extraConnections more sources for `connect-src`, for example the WebSocket's own address
 */
export function contentSecurityPolicy(extraConnections: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    ['connect-src', "'self'", ...extraConnections].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
