import type { Context } from '#bff/pipeline/route.ts';

const most = 200;

/** Who changed one object through the console, newest first. */
export async function historyOf(kind: 'agent' | 'stack', id: string, { services, clock }: Context) {
  return { rows: await services.audit.historyOf({ kind, id }, most), asOf: new Date(clock.now()).toISOString() };
}
