/** Every family the broker has, by its name: what kind it is and how the broker explains it (CONTRACT 7.1). */
const families = {
  brokkr_active_agents: ['gauge', 'Number of active agents'],
  brokkr_agent_heartbeat_age_seconds: ['gauge', 'Time since last heartbeat per agent in seconds'],
  brokkr_default_admin_pak_hash_in_use: [
    'gauge',
    "1 if the broker's admin PAK hash is the publicly-known default shipped in default.toml, 0 otherwise",
  ],
  brokkr_deployment_objects_total: ['gauge', 'Total number of deployment objects'],
  brokkr_fleet_live_subscribers: ['gauge', 'Subscribers on the consumer-facing /api/v1/fleet/live push hub'],
  brokkr_http_request_duration_seconds: ['histogram', 'HTTP request latency distribution in seconds'],
  brokkr_http_requests_total: ['counter', 'Total number of HTTP requests by endpoint and status'],
  brokkr_stacks_total: ['gauge', 'Total number of stacks'],
  brokkr_ws_connected_agents: ['gauge', 'Currently-connected agents on the internal WS channel'],
  brokkr_ws_live_subscribers: ['gauge', 'Total subscribers on the live fan-out hub across all stacks'],
  brokkr_ws_log_eviction_runs_total: ['counter', 'Eviction passes executed by the 6h retention worker'],
  brokkr_ws_messages_total: ['counter', 'WS messages by direction (in/out) and wire-enum variant type'],
  brokkr_ws_telemetry_evicted_total: ['counter', 'Telemetry rows deleted by the 6h retention worker'],
} as const;
/** Without a label a series is there from the start, with one after its first use. */
const bare = [
  'brokkr_active_agents',
  'brokkr_default_admin_pak_hash_in_use',
  'brokkr_deployment_objects_total',
  'brokkr_fleet_live_subscribers',
  'brokkr_stacks_total',
  'brokkr_ws_connected_agents',
  'brokkr_ws_live_subscribers',
  'brokkr_ws_log_eviction_runs_total',
] as const;
const bounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type Family = keyof typeof families;
type Labels = Readonly<Record<string, string>>;
export interface Metrics {
  set(name: Family, value: number, labels?: Labels): void;
  add(name: Family, labels?: Labels, by?: number): void;
  /** Of agents there may be a hundred thousand: their labels are written only when somebody reads. */
  heartbeatAge(agentId: string, agentName: string, seconds: number): void;
  /** One request, with how long it took. */
  request(told: { endpoint: string; method: string; status: number; seconds: number }): void;
  /** Called before each reading, to set what is only known then. */
  beforeReading(measure: () => void): void;
  /** Everything, as Prometheus reads it. */
  text(): string;
}

const escaped = (value: string) => (/["\\\n]/.test(value) ? escape(value) : value);
const escape = (value: string) => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
const labelText = (labels: Labels) => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
};
const byLabels = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : a > b ? 1 : 0);

export function metrics(): Metrics {
  const series = new Map<Family, Map<string, number>>();
  const durations = new Map<string, { buckets: number[]; sum: number; count: number }>();
  const measures: (() => void)[] = [];
  const ages = new Map<string, { name: string; seconds: number }[]>();
  const valuesOf = (name: Family) => {
    const known = series.get(name) ?? new Map<string, number>();
    series.set(name, known);
    return known;
  };
  for (const name of bare) valuesOf(name).set('', 0);

  function histogram(name: Family): string[] {
    return [...durations]
      .toSorted(byLabels)
      .flatMap(([labels, { buckets, sum, count }]) => [
        ...bounds.map((bound, index) => `${name}_bucket{${labels},le="${String(bound)}"} ${String(buckets[index])}`),
        `${name}_bucket{${labels},le="+Inf"} ${String(count)}`,
        `${name}_sum{${labels}} ${String(sum)}`,
        `${name}_count{${labels}} ${String(count)}`,
      ]);
  }
  /** An agent that was renamed has a line under each of its names. */
  const ageLines = (name: Family) =>
    [...ages.keys()]
      .toSorted()
      .flatMap((id) =>
        (ages.get(id) ?? []).map((age) => `${name}{agent_id="${id}",agent_name="${escaped(age.name)}"} ${String(age.seconds)}`),
      );
  function valueLines(name: Family): string[] {
    if (name === 'brokkr_agent_heartbeat_age_seconds') return ageLines(name);
    if (families[name][0] === 'histogram') return histogram(name);
    return [...valuesOf(name)].toSorted(byLabels).map(([labels, value]) => `${name}${labels} ${String(value)}`);
  }
  const it: Metrics = {
    set: (name, value, labels = {}) => void valuesOf(name).set(labelText(labels), value),
    add(name, labels = {}, by = 1) {
      const key = labelText(labels);
      valuesOf(name).set(key, (valuesOf(name).get(key) ?? 0) + by);
    },
    heartbeatAge(agentId, agentName, seconds) {
      const known = ages.get(agentId);
      const age = known?.find(({ name }) => name === agentName);
      if (age) age.seconds = seconds;
      else if (known) known.push({ name: agentName, seconds });
      else ages.set(agentId, [{ name: agentName, seconds }]);
    },
    request({ endpoint, method, status, seconds }) {
      it.add('brokkr_http_requests_total', { endpoint, method, status: String(status) });
      const key = labelText({ endpoint, method }).slice(1, -1);
      const known = durations.get(key) ?? { buckets: bounds.map(() => 0), sum: 0, count: 0 };
      durations.set(key, {
        buckets: known.buckets.map((seen, index) => (seconds <= (bounds[index] ?? 0) ? seen + 1 : seen)),
        sum: known.sum + seconds,
        count: known.count + 1,
      });
    },
    beforeReading: (measure) => void measures.push(measure),
    text() {
      for (const measure of measures) measure();
      const lines = (Object.keys(families) as Family[]).flatMap((name) => {
        const [kind, help] = families[name];
        const values = valueLines(name);
        return values.length === 0 ? [] : [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...values];
      });
      return `${lines.join('\n')}\n`;
    },
  };
  return it;
}

/** The path as the broker counts it: ids and numbers are told together, other free text is not. */
export const endpointOf = (path: string) =>
  path
    .split('/')
    .map((segment) => (/^\d+$/.test(segment) || (segment.length === 36 && segment.split('-').length === 5) ? ':id' : segment))
    .join('/');
