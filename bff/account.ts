import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { openLedger } from '#bff/audit/ledger.ts';
import type { AuditIntent } from '#bff/audit/store.ts';
import { withoutPaks } from '#bff/broker/pak.ts';
import { createLog } from '#bff/http/log.ts';
import { mintRequestId } from '#bff/http/request-context.ts';
import { siteOf } from '#bff/http/site.ts';
import { issueAccountLink } from '#bff/people/account-link.ts';
import { linkUrl } from '#bff/people/links.ts';
import { audited } from '#bff/pipeline/audited.ts';
import type { Observation } from '#bff/pipeline/route.ts';
import { openStore } from '#bff/store/open-store.ts';
import { personName, Role } from '#contract/session.ts';
import { parseConfig, StartFault } from './config.ts';
import { prepareDataFolder } from './data-folder.ts';
import { nodeClock, nodeDigest, nodeRandom } from './node-world.ts';

const usage = 'Use: npm run account -- <name> --role viewer|operator|admin';

/** Prints a one-time link for a person, made if need be. Works beside a running console, and without one. */
async function main(): Promise<void> {
  const { name, role } = argumentsOf(process.argv.slice(2));
  const config = parseConfig(process.env, {
    node: process.versions.node,
    sqlite: process.versions['sqlite'] ?? '',
    execArgv: process.execArgv,
  });
  prepareDataFolder(config.database);
  const store = await openStore({ file: config.database, clock: nodeClock });
  try {
    const log = createLog({ levelOf: () => 'warn', mask: withoutPaks });
    const world = { clock: nodeClock, random: nodeRandom, digest: nodeDigest };
    const ledger = await openLedger({ ...world, rows: store.ledger, log, mask: withoutPaks, isOwner: false });
    const known = await store.accounts.byName(name);
    const asRole = role ?? known?.role;
    if (!asRole) throw new StartFault(`There is no account ${name} yet: say its role\n${usage}`);
    let observed: Observation = {};
    const { account, token } = await audited(
      ledger,
      { intent: intentOf(name, known?.id ?? null), secret: false },
      () => observed,
      async () => {
        const issued = await issueAccountLink(known, { name, role: asRole }, { ...world, ...store });
        const { id, name: called, role: given } = issued.account;
        const before = known && { name: known.name, role: known.role, disabled: known.disabled };
        observed = {
          resource: { kind: 'account', id, name: called },
          ...(before && { before }),
          after: { name: called, role: given, disabled: false },
        };
        return issued;
      },
    );
    process.stdout.write(
      `One-time link for ${account.name} (${account.role}), good for 24 hours; earlier ones are worth nothing now:\n${linkUrl(siteOf(config.publicOrigin, () => config).origin(), { kind: 'account', accountId: account.id }, token)}\n`,
    );
    if (!config.signIn.includes('accounts'))
      process.stderr.write('Note: this configuration offers no sign-in with accounts (SIGN_IN, BROKER_PAK).\n');
  } finally {
    await store.close();
  }
}

function argumentsOf(args: string[]): { name: string; role: Role | undefined } {
  try {
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { role: { type: 'string' } } });
    const name = personName.safeParse(positionals[0]);
    if (positionals.length !== 1 || !name.success)
      throw new StartFault(`A name is needed: 1 to 64 letters, digits, spaces and . _ @ ' -\n${usage}`);
    if (values.role === undefined) return { name: name.data, role: undefined };
    const role = Role.safeParse(values.role);
    if (!role.success) throw new StartFault(`${values.role} is no role\n${usage}`);
    return { name: name.data, role: role.data };
  } catch (error) {
    throw error instanceof StartFault ? error : new StartFault(usage);
  }
}

/** Whoever has a shell on this machine and may read the file. */
function intentOf(name: string, id: string | null): AuditIntent {
  return {
    type: id === null ? 'admin.user.created' : 'admin.user.link_issued',
    person: { id: 'terminal', name: `${userInfo().username} (terminal)`, role: 'admin', verified: false },
    sessionId: null,
    resource: { kind: 'account', id, name },
    method: 'CLI',
    path: 'npm run account',
    reason: null,
    requestId: mintRequestId(),
    ip: null,
    userAgent: null,
  };
}
await main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof StartFault ? error.message : `It did not work: ${error instanceof Error ? error.message : String(error)}`}\n`,
  );
  process.exitCode = 1;
});
