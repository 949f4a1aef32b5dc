import { type Bundle, bundleOf, foreignImage, unreachableImage, type Workload } from './manifests.ts';
import type { DeploymentObject, HealthStatus } from './rows.ts';

/** How an agent's cluster takes what it is given. */
export interface Cluster {
  /** The registries whose images it admits; any when absent. */
  registries?: readonly string[];
  /** How pods are, where nothing in the manifest says otherwise. */
  health: HealthStatus;
  /** What becomes of the pods of a bundle that mentions this. */
  trouble?: Verdict & { mentions: string };
}
export interface Verdict {
  status: HealthStatus;
  condition?: string;
  message?: string;
}

const usual: Partial<Record<HealthStatus, Verdict>> = {
  degraded: { status: 'degraded', condition: 'CrashLoopBackOff', message: 'back-off 40s restarting failed container' },
  failing: { status: 'failing', condition: 'PodFailed', message: 'container exited with code 1' },
};
const listedPods = 8;

/** Why a cluster does not take a bundle; undefined when it does. */
export function refusalOf(yaml: string, { registries }: Pick<Cluster, 'registries'>): string | undefined {
  const bundle = bundleOf(yaml);
  if (bundle.fault !== null) return bundle.fault;
  return registries && foreignImage(bundle, registries) !== undefined
    ? 'admission webhook denied the request: image registry not allowed'
    : undefined;
}
/** How an object's pods are; unknown where it has none, as agents tell it. */
export function verdictOf(object: DeploymentObject, { health, trouble }: Cluster): Verdict {
  const bundle = bundleOf(object.yaml_content);
  if (podsOf(bundle) === 0) return { status: 'unknown' };
  if (trouble && object.yaml_content.includes(trouble.mentions)) return trouble;
  const image = unreachableImage(bundle);
  if (image !== undefined) return { status: 'degraded', condition: 'ImagePullBackOff', message: `Back-off pulling image "${image}"` };
  return usual[health] ?? { status: health };
}
const podsOf = ({ workloads }: Bundle) => workloads.reduce((sum, { pods }) => sum + pods, 0);

/** A pod's name as Kubernetes would make it up: the same each time for the same agent and object. */
export const podName = ({ name }: Workload, object: DeploymentObject, agentId: string, index: number) =>
  `${name}-${object.yaml_checksum.slice(0, 9)}-${agentId.slice(index, index + 5).replace('-', 'x')}`;

/** What the agent sums up of an object's pods, as the JSON text that is stored. */
export function summaryOf(object: DeploymentObject, { status, condition, message }: Verdict, agentId: string): string {
  const bundle = bundleOf(object.yaml_content);
  const total = podsOf(bundle);
  if (status === 'unknown' || total === 0) return JSON.stringify({ pods_ready: 0, pods_total: 0, conditions: [] });
  const ready = { healthy: total, degraded: total - 1, failing: 0 }[status];
  const pods = bundle.workloads.flatMap((workload) =>
    Array.from({ length: Math.min(workload.pods, listedPods) }, (_, index) => ({ workload, index })),
  );
  const resources = pods.slice(0, listedPods).map(({ workload, index }, place) => {
    const isReady = place >= total - ready;
    const base = { kind: 'Pod', name: podName(workload, object, agentId, index), namespace: workload.namespace, ready: isReady };
    return isReady || message === undefined ? base : { ...base, message };
  });
  return JSON.stringify({ pods_ready: ready, pods_total: total, conditions: condition === undefined ? [] : [condition], resources });
}
