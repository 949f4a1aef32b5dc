import * as z from 'zod/mini';
import type { HealthRecord } from '#contract/reach.ts';

const Summary = z.object({
  pods_ready: z.optional(z.nullable(z.int())),
  pods_total: z.optional(z.nullable(z.int())),
  conditions: z.optional(z.nullable(z.array(z.string()))),
  resources: z.optional(
    z.nullable(
      z.array(
        z.object({
          kind: z.string(),
          name: z.string(),
          namespace: z.string(),
          ready: z.boolean(),
          message: z.optional(z.nullable(z.string())),
        }),
      ),
    ),
  ),
});
const statuses: readonly string[] = ['healthy', 'degraded', 'failing', 'unknown'] satisfies HealthRecord['status'][];
const isStatus = (text: string): text is HealthRecord['status'] => statuses.includes(text);
/** What a person reads of a summary; the rest is left at the broker. */
const most = { conditions: 20, resources: 50, characters: 500, name: 253, part: 63 };
/** Cutting must not leave half a character behind, which no address can carry. */
const cut = (text: string, length = most.characters) => text.slice(0, length).toWellFormed();

interface WireHealth {
  status: string;
  /** JSON as text, in the agent's own form. */
  summary: string | null;
  checked_at: string;
}
/** A health record as people see it, but for its age. A summary that cannot be read takes nothing from the verdict. */
export function healthRecord({ status, summary, checked_at: checkedAt }: WireHealth): Omit<HealthRecord, 'ageMs'> {
  const read = parseSummary(summary);
  const all = (read?.resources ?? []).toSorted((a, b) => Number(a.ready) - Number(b.ready));
  const resources = all.slice(0, most.resources).map(({ kind, name, namespace, ready, message }) => ({
    kind: cut(kind, most.part),
    name: cut(name, most.name),
    namespace: cut(namespace, most.part),
    ready,
    message: message == null ? null : cut(message),
  }));
  return {
    status: isStatus(status) ? status : 'unknown',
    podsReady: read?.pods_ready ?? null,
    podsTotal: read?.pods_total ?? null,
    // The agent keeps no order among them.
    conditions: [...new Set(read?.conditions)]
      .toSorted()
      .slice(0, most.conditions)
      .map((text) => cut(text)),
    resources,
    resourcesLeft: all.length - resources.length,
    checkedAt,
  };
}
function parseSummary(text: string | null): z.infer<typeof Summary> | undefined {
  if (text === null) return undefined;
  try {
    return Summary.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
