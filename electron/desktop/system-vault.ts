/** The system's store for secrets, as Electron's safeStorage has it: Keychain, DPAPI, libsecret, KWallet. */
import { safeStorage } from 'electron';
import type { SecretVault } from '../host/secrets.ts';

export const systemVault: SecretVault = {
  async isAvailable() {
    // Without a keyring Electron would seal with a key that everybody knows: that seals nothing.
    if (
      process.platform === 'linux' &&
      ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
    ) {
      return false;
    }
    return safeStorage.isAsyncEncryptionAvailable();
  },
  async seal(secret) {
    return (await safeStorage.encryptStringAsync(secret)).toString('base64');
  },
  async unseal(sealed) {
    return (await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))).result;
  },
};
