import { nameKey, type Account, type AccountStore, type LinkPurpose } from './accounts.ts';

/** Accounts that live as long as the process. */
export function memoryAccounts(): AccountStore {
  const accounts = new Map<string, Account>();
  const links = new Map<string, { purpose: LinkPurpose; expiresAtMs: number }>();
  const byName = (name: string) => [...accounts.values()].find((account) => nameKey(account.name) === nameKey(name));
  const hasAdmin = () => [...accounts.values()].some(({ role }) => role === 'admin');
  const change = (id: string, facts: Partial<Account>): Account | undefined => {
    const account = accounts.get(id);
    if (!account) return undefined;
    const next = { ...account, ...facts };
    accounts.set(id, next);
    return next;
  };
  const liveLink = (tokenHash: string, nowMs: number) => {
    const link = links.get(tokenHash);
    if (!link || link.expiresAtMs <= nowMs) return undefined;
    return link.purpose.kind === 'first_admin' && hasAdmin() ? undefined : link.purpose;
  };
  return {
    hasAdmin: async () => hasAdmin(),
    byName: async (name) => byName(name),
    byId: async (id) => accounts.get(id),
    create: async (account) => {
      if (byName(account.name)) return undefined;
      accounts.set(account.id, account);
      return account;
    },
    setRole: async (id, role) => void change(id, { role }),
    setDisabled: async (id, disabled) => void change(id, { disabled }),
    putLink: async (tokenHash, purpose, expiresAtMs) => {
      for (const [hash, link] of links) if (JSON.stringify(link.purpose) === JSON.stringify(purpose)) links.delete(hash);
      links.set(tokenHash, { purpose, expiresAtMs });
    },
    readLink: async (tokenHash, nowMs) => liveLink(tokenHash, nowMs),
    spendLink: async (tokenHash, passwordHash, firstAdmin, nowMs) => {
      const purpose = liveLink(tokenHash, nowMs);
      if (!purpose) return { kind: 'spent' };
      let account: Account | undefined;
      if (purpose.kind === 'account') account = change(purpose.accountId, { passwordHash });
      else if (firstAdmin) {
        if (byName(firstAdmin.name)) return { kind: 'name_taken' };
        account = { ...firstAdmin, role: 'admin', disabled: false, passwordHash };
        accounts.set(account.id, account);
      }
      if (!account) return { kind: 'spent' };
      links.delete(tokenHash);
      return { kind: 'done', account };
    },
  };
}
