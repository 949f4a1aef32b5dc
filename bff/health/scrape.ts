import { metricSamples } from '#bff/broker/prometheus.ts';

const names = {
  requests: 'brokkr_http_requests_total',
  durations: 'brokkr_http_request_duration_seconds_bucket',
  messages: 'brokkr_ws_messages_total',
  connected: 'brokkr_ws_connected_agents',
  defaultPak: 'brokkr_default_admin_pak_hash_in_use',
} as const;
const wanted: ReadonlySet<string> = new Set(Object.values(names));

/** One look at the broker's metrics, cut to what is charted. */
export interface Scrape {
  atMs: number;
  /** Every counter by name and labels: one that is lower than before, or gone, tells of a broker that started anew. */
  counters: Map<string, number>;
  requests: number;
  /** Of these, those that the broker itself failed. */
  failed: number;
  messagesIn: number;
  messagesOut: number;
  /** Requests answered within each bound, in seconds, over all endpoints. */
  within: Map<number, number>;
  connected: number | null;
  defaultPak: boolean | null;
}

export function readScrape(text: string, atMs: number): Scrape {
  const scrape: Scrape = {
    atMs,
    counters: new Map(),
    requests: 0,
    failed: 0,
    messagesIn: 0,
    messagesOut: 0,
    within: new Map(),
    connected: null,
    defaultPak: null,
  };
  for (const { name, labels, value } of metricSamples(text, wanted)) {
    if (name === names.connected) scrape.connected = value;
    else if (name === names.defaultPak) scrape.defaultPak = value === 1;
    else {
      scrape.counters.set(`${name} ${JSON.stringify(Object.values(labels))}`, value);
      if (name === names.requests) {
        scrape.requests += value;
        if (labels['status']?.startsWith('5')) scrape.failed += value;
      } else if (name === names.messages) {
        if (labels['direction'] === 'in') scrape.messagesIn += value;
        else scrape.messagesOut += value;
      } else {
        const bound = labels['le'] === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels['le']);
        scrape.within.set(bound, (scrape.within.get(bound) ?? 0) + value);
      }
    }
  }
  return scrape;
}

/** Between these two the broker counted on: no counter fell or vanished. */
export function countsOn(before: Scrape, after: Scrape): boolean {
  for (const [counter, value] of before.counters) if ((after.counters.get(counter) ?? -1) < value) return false;
  return true;
}

/**
 * The time within which a share of the requests between two looks was answered, in milliseconds: even within a bucket, as
 * Prometheus reckons it. Beyond the last bound it is that bound: at least so long. Null when there were none.
 */
export function quantileMs(before: Scrape, after: Scrape, share: number): number | null {
  const bounds = [...after.within.keys()].toSorted((a, b) => a - b);
  const between = (bound: number) => (after.within.get(bound) ?? 0) - (before.within.get(bound) ?? 0);
  const total = between(bounds.at(-1) ?? 0);
  if (total <= 0) return null;
  const rank = share * total;
  let low = 0;
  let below = 0;
  for (const bound of bounds) {
    const reached = between(bound);
    if (reached >= rank) return 1_000 * (Number.isFinite(bound) ? low + ((bound - low) * (rank - below)) / (reached - below) : low);
    low = bound;
    below = reached;
  }
  return null;
}
