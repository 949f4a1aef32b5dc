import { type KubernetesShape, nameKey } from '#contract/kubernetes-shape.ts';
import type { ResourceChange, ResourceDiff } from '#contract/revisions.ts';
import { placedName } from '#web/lib/resource-diff.ts';
import { submit } from '#web/lib/words/en/submit.ts';
import { ResourceTitle } from '#web/ui/resource-diff.tsx';
import css from './facts.module.css';

const say = submit.documents;
const signs: Record<ResourceChange['change'], string> = { added: '+', changed: '~', removed: '−', same: '' };
const mostShown = 100;
const resourceName = (resource: ResourceChange['resource']) => `${resource.kind} ${placedName(resource)}`;

interface DocumentListProps {
  shape: KubernetesShape | undefined;
  /** Undefined while it is of an older text. */
  diff: ResourceDiff | undefined;
  onJump: (line: number) => void;
}
/** The documents of the text with what happens to each, then the objects that are not in it any more; a click leads to the line. */
export function DocumentList({ shape, diff, onJump }: DocumentListProps) {
  const documents = shape?.documents ?? [];
  const changes = new Map((diff?.resources ?? []).map(({ resource, change }) => [nameKey(resource), change]));
  const gone = (diff?.resources ?? []).filter(({ change }) => change === 'removed');
  const hidden = Math.max(0, documents.length - mostShown) + Math.max(0, gone.length - mostShown);
  return (
    <section className={css['part']} aria-label={say.title}>
      <header>
        <h2>{say.title}</h2>
        <span>{documents.length === 0 ? say.none : submit.editor.documents(documents.length)}</span>
      </header>
      <ul className={css['documents']}>
        {documents.slice(0, mostShown).map(({ line, resource }) => {
          const change = resource === null ? undefined : changes.get(nameKey(resource));
          return (
            <li key={line}>
              <button type="button" onClick={() => onJump(line)}>
                <Change change={change} />
                <span className={css['name']} title={resource === null ? undefined : resourceName(resource)}>
                  {resource === null ? <span className="muted">{say.unknown}</span> : <ResourceTitle resource={resource} />}
                </span>
                <span className={css['where']}>{say.jump(line)}</span>
              </button>
            </li>
          );
        })}
        {gone.slice(0, mostShown).map(({ resource }, index) => (
          <li key={`${index} ${nameKey(resource)}`} className={css['gone']}>
            <Change change="removed" />
            <span className={css['name']} title={resourceName(resource)}>
              <ResourceTitle resource={resource} />
            </span>
            <span className={css['where']}>{say.goes}</span>
          </li>
        ))}
      </ul>
      {hidden > 0 && <p className="muted">{say.more(hidden)}</p>}
    </section>
  );
}
function Change({ change }: { change: ResourceChange['change'] | undefined }) {
  return (
    <span className={css[`is-${change}`]} title={change && submit.changes.word[change]}>
      <span aria-hidden="true">{change && signs[change]}</span>
      {change !== undefined && <span className="vh">{submit.changes.word[change]} </span>}
    </span>
  );
}
