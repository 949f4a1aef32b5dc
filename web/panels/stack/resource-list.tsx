import type { ResourceName } from '#contract/revisions.ts';
import { words } from '#web/lib/words/index.ts';
import css from './stack.module.css';

/** Kubernetes objects of a bundle, as an operator calls them. */
export function ResourceList({ resources }: { resources: readonly ResourceName[] }) {
  if (resources.length === 0) return <p className="muted">{words.stack.revision.resourcesNone}</p>;
  return (
    <ul className={css['resources']} aria-label={words.stack.revision.resources}>
      {resources.map(({ apiVersion, kind, namespace, name }, index) => (
        <li key={`${index} ${kind} ${name}`} title={apiVersion}>
          <span className="secondary">{kind}</span> <bdi className="mono">{namespace === null ? name : `${namespace}/${name}`}</bdi>
        </li>
      ))}
    </ul>
  );
}
