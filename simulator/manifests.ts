import { parseAllDocuments } from 'yaml';

/** One workload of a bundle: what an agent would watch pods of. */
export interface Workload {
  kind: string;
  name: string;
  namespace: string;
  pods: number;
  images: readonly string[];
  /** Its pods ask for their logs to be sent. */
  streamsLogs: boolean;
}
export interface Bundle {
  /** Why no cluster would take it, whatever it admits. */
  fault: string | null;
  workloads: readonly Workload[];
}

const streams = 'brokkr.io/stream-logs';
const remembered = 64;
const known = new Map<string, Bundle>();

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}
const textAt = (value: unknown, ...path: readonly string[]) => {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
};
/** Where a kind keeps its pod's template. */
const templates: Record<string, readonly string[]> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};
function workloadOf(document: unknown): Workload[] {
  const kind = textAt(document, 'kind') ?? '';
  const path = Object.hasOwn(templates, kind) ? templates[kind] : undefined;
  if (!path) return [];
  const template = at(document, ...path);
  const containers = at(template, 'spec', 'containers');
  const replicas = at(document, 'spec', 'replicas');
  return [
    {
      kind,
      name: textAt(document, 'metadata', 'name') ?? '',
      namespace: textAt(document, 'metadata', 'namespace') ?? 'default',
      pods: typeof replicas === 'number' ? replicas : 1,
      images: Array.isArray(containers) ? containers.flatMap((container: unknown) => textAt(container, 'image') ?? []) : [],
      streamsLogs: at(template, 'metadata', 'annotations', streams) === 'true',
    },
  ];
}
function read(yaml: string): Bundle {
  const parsed = parseAllDocuments(yaml);
  const documents = ('empty' in parsed ? [] : parsed).map((document) => document.toJS() as unknown).filter((document) => document !== null);
  const bad = documents.find((document) => textAt(document, 'apiVersion') === undefined || textAt(document, 'kind') === undefined);
  const missing = textAt(bad, 'apiVersion') === undefined ? 'apiVersion' : 'kind';
  return {
    fault: bad === undefined ? null : `failed to parse the manifest: missing field \`${missing}\``,
    workloads: documents.flatMap(workloadOf),
  };
}
/** A bundle as an agent reads it; the last few are remembered, as many agents are given the same one. */
export function bundleOf(yaml: string): Bundle {
  const bundle = known.get(yaml) ?? read(yaml);
  known.delete(yaml);
  known.set(yaml, bundle);
  const [oldest] = known.keys();
  if (known.size > remembered && oldest !== undefined) known.delete(oldest);
  return bundle;
}

const registryOf = (image: string) => {
  const [host = '', ...rest] = image.split('/');
  return rest.length > 0 && /[.:]|^localhost$/.test(host) ? host : 'docker.io';
};
/** The first image that comes from somewhere else than the admitted registries. */
export const foreignImage = ({ workloads }: Bundle, registries: readonly string[]) =>
  workloads.flatMap(({ images }) => images).find((image) => !registries.includes(registryOf(image)));
/** An image that no cluster can ever pull: its registry is of the domain that never resolves (RFC 2606). */
export const unreachableImage = ({ workloads }: Bundle) =>
  workloads.flatMap(({ images }) => images).find((image) => /\.invalid(:\d+)?$/.test(registryOf(image)));
