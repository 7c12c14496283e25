import { existsSync } from 'node:fs';
import { chromium, type Browser } from '@playwright/test';

/** The Chromium that the tests use: the system's where there is one. */
export function launchChromium(): Promise<Browser> {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) =>
    existsSync(file),
  );
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      // Chromium's sandbox does not run as root, as in a container.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
