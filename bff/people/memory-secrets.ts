import type { SecretRows } from './fingerprint.ts';

/** Secrets that live as long as the process. */
export function memorySecrets(): SecretRows {
  const rows = new Map<string, string>();
  return {
    read: async (name) => rows.get(name),
    mint: async (name, sealed) => {
      const kept = rows.get(name) ?? sealed;
      rows.set(name, kept);
      return kept;
    },
    replace: async (name, sealed) => {
      if (rows.has(name)) rows.set(name, sealed);
    },
  };
}
