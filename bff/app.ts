import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { openLedger } from '#bff/audit/ledger.ts';
import { withoutPaks } from '#bff/broker/pak.ts';
import { agentsProbe } from '#bff/health/agents-probe.ts';
import { createHealth } from '#bff/health/health-now.ts';
import { createSampler } from '#bff/health/sampler.ts';
import { createConsoleApp } from '#bff/http/console-app.ts';
import { drainable, type Draining } from '#bff/http/draining.ts';
import { inFlightCap } from '#bff/http/in-flight.ts';
import { openLine } from '#bff/http/send.ts';
import { mintRequestId } from '#bff/http/request-context.ts';
import { createServer } from '#bff/http/server.ts';
import { siteOf } from '#bff/http/site.ts';
import { createWorlds } from '#bff/lists/world.ts';
import { createSignIn } from '#bff/people/create-sign-in.ts';
import { createDrafts } from '#bff/people/drafts.ts';
import { openFingerprint } from '#bff/people/fingerprint.ts';
import { watchKeys } from '#bff/people/key-riders.ts';
import { createSignInLimiter } from '#bff/people/limiter.ts';
import { issueLink, linkUrl } from '#bff/people/links.ts';
import { endWithKey } from '#bff/people/refused-keys.ts';
import { createSessions, sessionLimits } from '#bff/people/sessions.ts';
import { createVault } from '#bff/people/vault.ts';
import { createChanges } from '#bff/pipeline/changes.ts';
import { policyTable } from '#bff/pipeline/policy.ts';
import { tenantScope } from '#bff/pipeline/tenant.ts';
import type { ConsoleFacts, Services } from '#bff/pipeline/services.ts';
import { reachIndexes } from '#bff/reach/indexes.ts';
import { openStore } from '#bff/store/open-store.ts';
import { threadSnapshotHost } from '#bff/store/snapshot-host.ts';
import { scryptHash } from '#bff/store/scrypt.ts';
import type { Credential, Log } from '#contract/ports.ts';
import type { RequestHandler } from 'express';
import { readBuildFacts } from './build-facts.ts';
import { StartFault, type Config } from './config.ts';
import { isLoopback } from './config-values.ts';
import { lockDatabase, prepareDataFolder, sessionKeysOf } from './data-folder.ts';
import { startEmbeddedBroker } from './embedded-simulator.ts';
import { nodeClock as clock, nodeDigest as digest, nodeRandom as random } from './node-world.ts';
import { auditProbe, chainCheck, countChanges, createProcessStatus, healthProbes } from './process-status.ts';
import { routes } from '#bff/routes/index.ts';
import { createReload, reloadUnasked } from './reload.ts';
import { systemEvents } from './system-events.ts';

export interface RunningConsole {
  origin: string;
  /** Creates the first admin; null when there is one, or when accounts are not offered. */
  setupUrl: string | null;
  facts: ConsoleFacts;
  draining: Draining;
  /** Reads the part of the configuration again that may change while it runs. */
  reload(): Promise<void>;
  /** After the server was drained: records the end and gives everything back. */
  close(): Promise<void>;
}

/**
 * The whole console, wired. `page` answers every address outside `/api`. One that `rests` asks the broker nothing that no
 * request stands behind: for whoever counts. @throws StartFault
 */
export async function startConsole(
  config: Config,
  log: Log,
  page: RequestHandler,
  { rests = false, env = process.env } = {},
): Promise<RunningConsole> {
  const folder = prepareDataFolder(config.database);
  const unlock = lockDatabase(config.database);
  const store = await openStore({ file: config.database, clock }).catch((error: unknown) => {
    throw new StartFault(`The database ${config.database} cannot be opened.`, { cause: error });
  });
  const vault = createVault(sessionKeysOf(config), random);
  const ledger = await openLedger({
    rows: store.ledger,
    clock,
    digest,
    mask: withoutPaks,
    isOwner: true,
    log: log.child({ component: 'audit' }),
  }).catch((error: unknown) => {
    throw new StartFault(`The audit log in ${config.database} cannot be written.`, { cause: error });
  });
  const { audit, handled } = countChanges(ledger);
  const record = systemEvents(audit, log);

  const embedded = config.broker.kind === 'embedded' ? await startEmbeddedBroker() : null;
  const { url, pak } = embedded ?? (config.broker as Exclude<Config['broker'], { kind: 'embedded' }>);
  const service: Credential | null = pak === null ? null : { id: 'service', pak };
  const line = openLine(url);
  const peopleLog = log.child({ component: 'people' });
  const watched = watchKeys(
    createSessions({ rows: store.sessions, vault, clock, random, digest, log: peopleLog, serviceCredential: () => service }),
    { clock, left: (credentialId) => worlds.drop(credentialId) },
  );
  const sessions = endWithKey(
    watched,
    (id) => void record('auth.session.revoked', { kind: 'session', id, name: null }, { after: { sessionId: id, why: 'key_refused' } }),
  );
  const snapshotHost = threadSnapshotHost(log.child({ component: 'lists' }));
  const worlds = createWorlds({
    send: line.send,
    clock,
    random,
    digest,
    log,
    snapshotHost,
    snapshotMinMs: config.snapshotMinMs ?? 5_000,
    rhythms: store.rhythms,
    reachOf: reachIndexes({ store: store.reach }),
    isRidden: (id) => watched.isRidden(id) && !sessions.isRefused(id),
    onCredentialRefused(id) {
      sessions.refuse(id);
      worlds.drop(id);
    },
    onOutsideChange: ({ of, id, name, before, after }) =>
      void record('change.external_detected', { kind: of === 'agent' ? 'agent' : 'stack', id, name }, { before, after }),
  });
  const isExploreOffered = embedded !== null && isLoopback(config.host);
  const signIn = await createSignIn({
    accounts: store.accounts,
    sessions,
    clock,
    random,
    digest,
    isExploreOffered,
    limiter: createSignInLimiter({ rows: store.attempts, clock, digest }),
    passwords: scryptHash(),
    fingerprint: await openFingerprint({ rows: store.secrets, vault, random, log: peopleLog }),
    introspect: (key, scope) => worlds.introspect(key, scope),
    ways: config.signIn,
    isProduction: config.environment === 'production',
  });

  const build = readBuildFacts();
  const facts: ConsoleFacts = {
    version: build.version,
    environment: config.environment,
    broker: { kind: config.broker.kind, host: embedded ? '' : new URL(url).host },
    idleMs: sessionLimits.idleMs,
    ways: config.signIn,
    waysNote: service === null ? 'no_service_credential' : null,
    explore: isExploreOffered,
  };
  const own = healthProbes({ worlds, store, folder });
  const health = createHealth(own, clock);
  const isChainBroken = chainCheck(ledger, clock);
  const sampler = createSampler({
    clock,
    log: log.child({ component: 'health' }),
    probes: { ...own, audit: auditProbe(ledger, isChainBroken), ...(service && { agents: agentsProbe(() => worlds.of(service)) }) },
    metrics: (signal) => worlds.metrics({ requestId: mintRequestId(), signal }),
    version: (signal) => worlds.version({ requestId: mintRequestId(), signal }),
  });
  const reload = createReload(config, env, log);
  const services: Services = {
    clock,
    digest,
    log,
    worlds,
    audit,
    sessions,
    signIn,
    policy: policyTable,
    tenantScope,
    endpoints: routes.map(({ endpoint }) => endpoint),
    changes: createChanges(),
    drafts: createDrafts({ rows: store.drafts, vault, clock }),
    facts: () => facts,
    status: createProcessStatus({
      config,
      facts: build,
      clock,
      digest,
      health,
      sessions,
      ledger,
      isChainBroken,
      isDefaultPak: () => sampler.defaultPak(),
      changesHandled: handled,
    }),
    systemHealth: () => sampler.show(),
    reload,
  };

  const site = siteOf(config.publicOrigin, () => ({ host: config.host, port: (server.address() as AddressInfo).port }));
  const probes = { health, sessions, isDraining: () => draining.hasBegun() };
  const server = createServer(createConsoleApp({ routes, services, site, probes, page }), site, log.child({ component: 'http' }), {
    admit: inFlightCap(() => config.limits),
  });
  const draining = drainable(server);
  await once(server.listen(config.port, config.host), 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new StartFault(listenFault(config, error));
  });
  if (rests) worlds.walk(false);
  else sampler.start();
  await record('system.started', { kind: 'console', id: null, name: build.version });

  const firstAdmin = { kind: 'first_admin' } as const;
  const setupUrl = (await signIn.needsSetup())
    ? linkUrl(site.origin(), firstAdmin, await issueLink(firstAdmin, { accounts: store.accounts, clock, random, digest }))
    : null;
  return {
    origin: site.origin(),
    setupUrl,
    facts,
    draining,
    reload: () => reloadUnasked(reload, record),
    async close() {
      await record('system.stopped', { kind: 'console', id: null, name: build.version });
      sampler.close();
      await worlds.close();
      await snapshotHost.close();
      await line.close();
      await ledger.close();
      await store.close();
      await embedded?.close();
      unlock();
    },
  };
}

function listenFault({ host, port }: Config, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${host} is taken: stop what listens there, or choose another PORT (0 picks a free one).`;
  if (code === 'EACCES') return `Port ${port} may not be opened by this user: choose a PORT above 1023.`;
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${host}: see HOST.`;
  return `Cannot listen on ${host}, port ${port}: ${message}`;
}
