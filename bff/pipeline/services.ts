import type { AuditStore } from '#bff/audit/store.ts';
import type { DraftStore } from '#bff/people/drafts.ts';
import type { Worlds } from '#bff/lists/world.ts';
import type { Clock, Log } from '#contract/ports.ts';

/** What the pipeline and the routes need beside the caller; one object, built once per process. */
export interface Services {
  clock: Clock;
  log: Log;
  worlds: Worlds;
  audit: AuditStore;
  drafts: DraftStore;
}
