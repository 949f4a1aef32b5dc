import type { AuditStore } from '#bff/audit/store.ts';
import type { DraftStore } from '#bff/people/drafts.ts';
import type { Sessions } from '#bff/people/sessions.ts';
import type { SignIn } from '#bff/people/sign-in.ts';
import type { Worlds } from '#bff/lists/world.ts';
import type { ConfigurationChange } from '#contract/configuration.ts';
import type { Endpoint } from '#contract/endpoint.ts';
import type { Clock, Digest, Log } from '#contract/ports.ts';
import type { SignedOut } from '#contract/session.ts';
import type { Status } from '#contract/status.ts';
import type { SystemHealth } from '#contract/system-health.ts';
import type { Changes } from './changes.ts';
import type { PolicyTable } from './policy.ts';
import type { TenantScope } from './tenant.ts';

/** What `GET /api/session` says to everybody; the wiring knows it. */
export type ConsoleFacts = Omit<SignedOut, 'signedIn' | 'now' | 'needsSetup'>;

export type ProcessStatus = Omit<Status, 'activeAgents' | 'lastHeartbeatAgeMs'>;

/** What the pipeline and the routes need beside the caller; one object, built once per process. */
export interface Services {
  clock: Clock;
  digest: Digest;
  log: Log;
  policy: PolicyTable;
  /** The wall between tenants, beside the one between roles. */
  tenantScope: TenantScope;
  /** Every endpoint that is mounted: from it the page learns what its person may do. */
  endpoints: readonly Endpoint[];
  worlds: Worlds;
  audit: AuditStore;
  changes: Changes;
  drafts: DraftStore;
  sessions: Sessions;
  /** Null where identity is given rather than proven (the demo). */
  signIn: SignIn | null;
  facts(): ConsoleFacts;
  /** The last hour of what the console stands on. */
  systemHealth(): Promise<SystemHealth>;
  /** What this process knows about itself; the fleet's figures come from the caller's own world. */
  status(): Promise<ProcessStatus>;
  /** Reads again what of the configuration may change. @throws `configuration_faulty` */
  reload(): ConfigurationChange;
}
