/** Kubernetes objects as people write them, for made-up revisions. */

export const aConfigMap = (name: string, mode = 'on') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${name}\ndata:\n  MODE: "${mode}"\n`;
export const aDeployment = (name: string, image: string, replicas = 2) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  namespace: ${name}\nspec:\n  replicas: ${String(replicas)}\n  selector:\n    matchLabels:\n      app: ${name}\n  template:\n    metadata:\n      labels:\n        app: ${name}\n    spec:\n      containers:\n        - name: ${name}\n          image: ${image}\n`;

interface Service {
  name: string;
  namespace: string;
  image: string;
  replicas?: number;
  port?: number;
  /** Goes into its ConfigMap. */
  settings?: Readonly<Record<string, string>>;
  streamsLogs?: boolean;
  /** Seconds until it counts as ready. */
  warmUp?: number;
}
const bundle = (...documents: readonly string[]) => documents.map((document) => `${document.trim()}\n`).join('---\n');

/** A service with its settings: ConfigMap, Deployment and Service. */
export function aService({
  name,
  namespace,
  image,
  replicas = 2,
  port = 8080,
  settings = {},
  streamsLogs = false,
  warmUp = 5,
}: Service): string {
  const data = Object.entries({ LOG_LEVEL: 'info', ...settings }).map(([key, value]) => `  ${key}: "${value}"`);
  const annotations = streamsLogs ? `\n      annotations:\n        brokkr.io/stream-logs: "true"` : '';
  return bundle(
    `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}-settings
  namespace: ${namespace}
data:
${data.join('\n')}`,
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app: ${name}
spec:
  replicas: ${String(replicas)}
  selector:
    matchLabels:
      app: ${name}
  strategy:
    rollingUpdate:
      maxUnavailable: 0
      maxSurge: 1
  template:
    metadata:
      labels:
        app: ${name}${annotations}
    spec:
      containers:
        - name: ${name}
          image: ${image}
          envFrom:
            - configMapRef:
                name: ${name}-settings
          ports:
            - name: http
              containerPort: ${String(port)}
          readinessProbe:
            httpGet:
              path: /healthz
              port: http
            initialDelaySeconds: ${String(warmUp)}
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { memory: 256Mi }`,
    `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    app: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http`,
  );
}
/** Something that runs once per revision, before the service it belongs to. */
export const withMigration = (service: string, { name, namespace, image }: Pick<Service, 'name' | 'namespace' | 'image'>) =>
  bundle(
    `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}-migrate
  namespace: ${namespace}
spec:
  backoffLimit: 2
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: migrate
          image: ${image}
          args: ["migrate", "--to", "latest"]`,
    service,
  );
export const aCronJob = ({ name, namespace, image, schedule }: Pick<Service, 'name' | 'namespace' | 'image'> & { schedule: string }) =>
  bundle(
    `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  namespace: ${namespace}`,
    `apiVersion: batch/v1
kind: CronJob
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  schedule: "${schedule}"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:
        spec:
          serviceAccountName: ${name}
          restartPolicy: OnFailure
          containers:
            - name: ${name}
              image: ${image}`,
  );
/** One pod per node, behind a ConfigMap. */
export const aDaemon = ({ name, namespace, image, settings = {} }: Pick<Service, 'name' | 'namespace' | 'image' | 'settings'>) =>
  bundle(
    `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${namespace}
data:
${Object.entries({ workers: 'auto', ...settings })
  .map(([key, value]) => `  ${key}: "${value}"`)
  .join('\n')}`,
    `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      hostNetwork: true
      containers:
        - name: ${name}
          image: ${image}
          ports:
            - containerPort: 443
              hostPort: 443`,
  );
/** Rules and no pods: nothing whose health an agent could tell. */
export const nodeRules = ({ name, maxPods, egress }: { name: string; maxPods: number; egress: readonly string[] }) =>
  bundle(
    `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}`,
    `apiVersion: v1
kind: LimitRange
metadata:
  name: defaults
  namespace: ${name}
spec:
  limits:
    - type: Container
      default: { memory: 256Mi }
      defaultRequest: { cpu: 50m, memory: 64Mi }`,
    `apiVersion: v1
kind: ResourceQuota
metadata:
  name: quota
  namespace: ${name}
spec:
  hard:
    pods: "${String(maxPods)}"`,
    `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: egress
  namespace: ${name}
spec:
  podSelector: {}
  policyTypes: ["Egress"]
  egress:
${egress.map((cidr) => `    - to:\n        - ipBlock:\n            cidr: ${cidr}`).join('\n')}`,
  );
